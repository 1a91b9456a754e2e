import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opencvLab8 } from '../../src/core/colour/opencvLab8.ts';
import { rgbBytes } from '../../src/core/image/rgb.ts';
import { autoGamma } from '../../src/core/methods/autoGamma.ts';
import { applyClahe, clahe } from '../../src/core/methods/clahe.ts';
import {
  applyClassical,
  CLASSICAL_METHODS,
  type ClassicalMethodId,
} from '../../src/core/methods/classical.ts';
import { globalTone } from '../../src/core/methods/globalTone.ts';
import { levelHistogram, percentileLevel } from '../../src/core/methods/histogram.ts';
import { opencvRgb8 } from '../../src/core/methods/opencvRgb8.ts';
import { percentileStretch } from '../../src/core/methods/percentileStretch.ts';
import { noisyPicture } from '../helpers/methodPictures.ts';
import { flat, picture } from '../helpers/pictures.ts';

const ids = Object.keys(CLASSICAL_METHODS) as ClassicalMethodId[];
const run = (id: ClassicalMethodId, source: ReturnType<typeof picture>) =>
  applyClassical(source, CLASSICAL_METHODS[id].plan(source));

describe('percentiles', () => {
  it('are numpy’s, linear between neighbours', () => {
    const counts = levelHistogram(picture(5, 1, (i) => [10, 20, 30, 40, 60][i >> 2] ?? 0));
    // Each level three times: of 15 values, place .5 · 14 = 7 and .99 · 14 = 13.86.
    expect(percentileLevel(counts, 50)).toBe(30);
    expect(percentileLevel(counts, 99)).toBe(60);
    expect(percentileLevel(counts, 80)).toBeCloseTo(40 + 0.2 * 20, 10);
    expect(percentileLevel(counts, 0)).toBe(10);
  });
});

describe('auto gamma', () => {
  it('brings a flat field to .42 and keeps black and white', () => {
    const { red, green, blue } = autoGamma(flat(4, 4, 30));
    expect([red[0], red[30], red[255]]).toEqual([0, 107, 255]);
    expect([green, blue]).toEqual([red, red]);
  });

  it.each([0, 255])('leaves a picture of level %i alone', (level) => {
    expect(run('auto-gamma', flat(3, 3, level))).toEqual(flat(3, 3, level));
  });
});

describe('percentile stretch', () => {
  it('puts the 1st percentile at black and the 99th at white, to the power .75', () => {
    const ramp = picture(101, 1, (i) => 20 + (i >> 2));
    const { red } = percentileStretch(ramp);
    expect([red[20], red[21], red[119], red[120]]).toEqual([0, 0, 255, 255]);
    expect(red[70]).toBe(Math.round(255 * 0.5 ** 0.75));
  });

  it('leaves a flat picture alone', () => {
    expect(run('percentile-stretch', flat(3, 3, 90))).toEqual(flat(3, 3, 90));
  });
});

describe('global tone', () => {
  it('lifts a dark picture and keeps the order of levels', () => {
    const dark = picture(64, 64, (i) => 4 + ((i >> 2) % 64) / 2);
    const { red, green, blue } = globalTone(dark);
    expect(red[20]).toBeGreaterThan(80);
    for (const curve of [red, green, blue]) {
      expect([...curve]).toEqual([...curve].sort((a, b) => a - b));
    }
  });

  it('hardly touches a picture that is exposed well', () => {
    // Log-average luminance .125, a hundredth white: nothing is to be done.
    const { red, green, blue } = globalTone(picture(64, 64, (i) => (i >> 2 < 41 ? 255 : 98)));
    expect(Math.abs((red[98] ?? 0) - 98)).toBeLessThanOrEqual(3);
    expect(Math.abs((red[180] ?? 0) - 180)).toBeLessThanOrEqual(6);
    expect([green, blue]).toEqual([red, red]);
  });

  it('takes a part of a cast away and never turns it round', () => {
    const warm = picture(32, 32, (i) => [60, 40, 20, 255][i % 4] ?? 0);
    const { data } = run('global-tone', warm);
    const [red = 0, green = 0, blue = 0] = data;
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
    expect(red / blue).toBeLessThan(60 / 20);
  });

  it.each([0, 255])('gives numbers for a picture of level %i', (level) => {
    const { data } = run('global-tone', flat(2, 2, level));
    expect(data[0]).toBe(level);
  });
});

describe('8-bit Lab back to RGB', () => {
  it('equals OpenCV for all 2^24 triples of bytes', () => {
    const hash = createHash('sha256');
    for (let L = 0; L < 256; L += 1) {
      const plane = new Uint8Array(256 * 256 * 3);
      for (let i = 0; i < 256 * 256; i += 1) plane.set(opencvRgb8(L, i >> 8, i & 255), i * 3);
      hash.update(plane);
    }
    // Of cv2.cvtColor(..., COLOR_LAB2RGB) over L, a, b ascending, b fastest.
    expect(hash.digest('hex')).toBe(
      'fe94a44a1fb178c1b5041a43095c4d99f4d37fb7b32258da356d8bd63bba9b0d',
    );
  });

  it('is the inverse of the way there up to 8-bit rounding', () => {
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(level, level, level, (r, g, b) => {
        const { L, a, b: yellow } = opencvLab8(r, g, b);
        const back = opencvRgb8(L, a, yellow);
        const again = opencvLab8(...back);
        expect(Math.abs(again.L - L)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('CLAHE', () => {
  it.each<[number, number]>([
    [72, 56],
    [69, 56],
  ])('equals OpenCV but for ties between two levels of L: %i × %i', (width, height) => {
    const file = join(import.meta.dirname, `../fixtures/methods/clahe-${width}x${height}.rgb`);
    const wanted = readFileSync(file);
    const source = noisyPicture(width, height);
    const actual = rgbBytes(applyClahe(source, clahe(source)));
    const apart = actual.map((level, i) => Math.abs(level - (wanted[i] ?? 0)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(2);
    expect(apart.filter((d) => d > 0).length / apart.length).toBeLessThan(0.01);
  });

  it('leaves no pixel without a tile at the edges and in tiny pictures', () => {
    for (const [width, height] of [
      [1, 1],
      [7, 3],
      [9, 17],
    ] as const) {
      const { data } = run('clahe', noisyPicture(width, height));
      expect(data.length).toBe(width * height * 4);
      expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    }
  });
});

describe('classical methods', () => {
  it.each(ids)('%s has a title, a sentence and a version', (id) => {
    const { title, description, version } = CLASSICAL_METHODS[id];
    expect(title).not.toBe('');
    expect(description).toMatch(/\.$/);
    expect(version).toBeGreaterThan(0);
  });
});
