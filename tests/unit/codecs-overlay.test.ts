import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contourOf, contourWidth } from '../../src/codecs/overlay/contour.ts';
import { partOf } from '../../src/codecs/overlay/part.ts';
import { tintOf } from '../../src/codecs/overlay/tint.ts';
import type { Gray8 } from '../../src/core/image/types.ts';

const maskOf = (
  width: number,
  height: number,
  levelAt: (x: number, y: number) => number,
): Gray8 => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) =>
    levelAt(i % width, Math.floor(i / width)),
  ),
});

/** One row of a grey-and-alpha picture as pairs. */
function rowOf(samples: { width: number; data: Uint8Array }, y: number): [number, number][] {
  return Array.from({ length: samples.width }, (_, x) => {
    const at = (y * samples.width + x) * 2;
    return [samples.data[at] ?? -1, samples.data[at + 1] ?? -1];
  });
}

describe('the tint', () => {
  it('is white with the mask as alpha', () => {
    const tint = tintOf(maskOf(3, 1, (x) => [0, 100, 255][x] ?? 0));
    expect(rowOf(tint, 0)).toEqual([
      [255, 0],
      [255, 100],
      [255, 255],
    ]);
    expect([tint.width, tint.height, tint.channels]).toEqual([3, 1, 2]);
  });
});

describe('the parts of a mask', () => {
  const soft = maskOf(6, 1, (x) => [0, 0, 100, 200, 255, 255][x] ?? 0);

  it('are itself, what it leaves out, and a band along its edge', () => {
    expect(partOf(soft, { kind: 'inside' })).toBe(soft);
    expect([...partOf(soft, { kind: 'outside' }).data]).toEqual([255, 255, 155, 55, 0, 0]);
    // The edge of the binarised mask lies between the third and the fourth pixel.
    expect([...partOf(soft, { kind: 'band', radius: 1 }).data]).toEqual([0, 0, 255, 255, 0, 0]);
    expect([...partOf(soft, { kind: 'band', radius: 2 }).data]).toEqual([0, 255, 255, 255, 255, 0]);
  });

  it('of a mask without an edge have no band', () => {
    const all = maskOf(4, 4, () => 255);
    expect(Math.max(...partOf(all, { kind: 'band', radius: 3 }).data)).toBe(0);
    expect(Math.max(...partOf(all, { kind: 'outside' }).data)).toBe(0);
  });
});

describe('the contour', () => {
  it('is a white line of two pixels on a hard edge, dark beside it, nothing further out', () => {
    const row = rowOf(contourOf(maskOf(16, 3, (x) => (x < 8 ? 0 : 255))), 1);
    // The edge lies between columns 7 and 8.
    expect(row[7]).toEqual([255, 255]);
    expect(row[8]).toEqual([255, 255]);
    for (const x of [6, 9]) {
      expect(row[x]?.[0]).toBeLessThan(30);
      expect(row[x]?.[1]).toBeGreaterThan(100);
    }
    for (const x of [0, 4, 11, 15]) expect(row[x]).toEqual([0, 0]);
  });

  it('follows the level between pixels of a soft mask', () => {
    // 0, 100, 200: level 127.5 is passed at 1.275.
    const row = rowOf(contourOf(maskOf(9, 1, (x) => Math.min(255, x * 100))), 0);
    expect(row[1]).toEqual([255, 255]);
    expect(row[2]?.[1]).toBeGreaterThan(row[3]?.[1] ?? 255);
    expect(row[0]?.[0]).toBeLessThan(row[2]?.[0] ?? 0);
  });

  it('does not exist where the mask never passes 128', () => {
    for (const level of [0, 127, 128, 255]) {
      const contour = contourOf(maskOf(5, 4, () => level));
      expect(contour.data.every((value) => value === 0)).toBe(true);
    }
  });

  it('is on both sides of every edge of the binarised mask', () => {
    const masks = fc.record({
      width: fc.integer({ min: 2, max: 9 }),
      levels: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }),
    });
    fc.assert(
      fc.property(masks, ({ width, levels }) => {
        const level = (x: number, y: number) => levels[(y * width + x) % levels.length] ?? 0;
        const contour = contourOf(maskOf(width, 6, level));
        for (let y = 0; y < 6; y += 1) {
          for (let x = 0; x + 1 < width; x += 1) {
            if (level(x, y) < 128 === level(x + 1, y) < 128) continue;
            const row = rowOf(contour, y);
            expect(Math.max(row[x]?.[1] ?? 0, row[x + 1]?.[1] ?? 0)).toBe(255);
          }
        }
      }),
    );
  });

  it('grows with the picture, within bounds', () => {
    const widthOf = (side: number) =>
      contourWidth({ width: side, height: 1, data: new Uint8Array(0) });
    expect([100, 1024, 2048, 16384].map(widthOf)).toEqual([2, 2, 4, 12]);
  });
});
