import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUBE_ROOT_TABLE, LINEAR_TABLE, opencvLab8 } from '../../src/core/colour/opencvLab8.ts';
import { linearToSrgb, srgbToLinear } from '../../src/core/colour/srgb.ts';

/** SHA-256 of the table as little-endian 16-bit words. */
function sha256(table: Uint16Array): string {
  const bytes = Buffer.alloc(table.length * 2);
  table.forEach((value, i) => {
    bytes.writeUInt16LE(value, i * 2);
  });
  return createHash('sha256').update(bytes).digest('hex');
}

const levels = fc.integer({ min: 0, max: 255 });

describe('sRGB transfer function', () => {
  it('knows its fixed points', () => {
    expect(srgbToLinear(0)).toBe(0);
    expect(srgbToLinear(1)).toBe(1);
    expect(srgbToLinear(0.5)).toBeCloseTo(0.21404114, 8);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        // The standard's two pieces meet only to about 3e-8.
        expect(Math.abs(linearToSrgb(srgbToLinear(value)) - value)).toBeLessThan(1e-7);
      }),
    );
  });
});

describe("OpenCV's 8-bit Lab", () => {
  it('has the tables OpenCV has', () => {
    expect(sha256(LINEAR_TABLE)).toBe(
      '8bfeace00785402e67e5c7d4c53961990e4987ccd31692c42d4b080aeb6dc153',
    );
    expect(CUBE_ROOT_TABLE).toHaveLength(2041);
    expect(sha256(CUBE_ROOT_TABLE)).toBe(
      '538714614f5ac1253c8a3b3977cdee3268287eaa3584c586b8ca91e38057d67e',
    );
  });

  it.each([
    [255, 0, 0, 136, 208, 195],
    [200, 150, 120, 169, 143, 151],
    [0, 0, 0, 0, 128, 128],
    [255, 255, 255, 255, 128, 128],
  ])('converts (%i, %i, %i)', (red, green, blue, L, a, b) => {
    expect(opencvLab8(red, green, blue)).toEqual({ L, a, b });
  });

  it('is OpenCV’s for all 2^24 colours', () => {
    // SHA-256 of cv2.cvtColor(…, COLOR_RGB2LAB), L a b interleaved, red slowest, blue fastest.
    const hash = createHash('sha256');
    const labs = new Uint8Array(256 * 256 * 3);
    for (let red = 0; red < 256; red += 1) {
      for (let i = 0; i < 256 * 256; i += 1) {
        const { L, a, b } = opencvLab8(red, i >> 8, i & 255);
        labs[i * 3] = L;
        labs[i * 3 + 1] = a;
        labs[i * 3 + 2] = b;
      }
      hash.update(labs);
    }
    expect(hash.digest('hex')).toBe(
      'b3067516fa862bb008af4ffb4da5555722524a70776bf7ffd523a90f4331480c',
    );
  });

  it('stays within a byte', () => {
    fc.assert(
      fc.property(levels, levels, levels, (red, green, blue) => {
        for (const value of Object.values(opencvLab8(red, green, blue))) {
          expect(value).toBe(Math.min(255, Math.max(0, value)));
        }
      }),
    );
  });
});
