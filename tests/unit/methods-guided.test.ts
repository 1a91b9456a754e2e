import { describe, expect, it } from 'vitest';
import { areaThumbnail } from '../../src/core/image/thumbnail.ts';
import {
  coarseSize,
  guidedFilterFor,
  guidedUpsample,
  guideOf,
  type SoftMask,
} from '../../src/core/methods/guidedFilter.ts';
import { flat, picture } from '../helpers/pictures.ts';

/** The shipped mask network's parameters. */
const REFINE = { radius: 8, epsilon: 1e-3, subsample: 2 };

/** A bright disc on a dark ground. */
const SIDE = 96;
const isInside = (x: number, y: number) => Math.hypot(x - 47.5, y - 47.5) < 30;
const disc = picture(SIDE, SIDE, (i) => {
  const pixel = i >> 2;
  return isInside(pixel % SIDE, Math.floor(pixel / SIDE)) ? 190 + (pixel % 5) : 40 + (pixel % 7);
});

/** The disc's area share in each of 12 × 12 cells: a coarse, soft mask. */
const coarseMask: SoftMask = {
  width: 12,
  height: 12,
  data: Float32Array.from({ length: 144 }, (_, cell) => {
    let inside = 0;
    for (let k = 0; k < 64; k += 1) {
      const x = (cell % 12) * 8 + (k % 8);
      const y = Math.floor(cell / 12) * 8 + (k >> 3);
      inside += isInside(x, y) ? 1 / 64 : 0;
    }
    return inside;
  }),
};

/** The steepest step from one pixel to the next along the middle row, in levels. */
function steepest(data: Uint8Array): number {
  const row = data.subarray(48 * SIDE, 49 * SIDE);
  return row.reduce((most, level, x) => Math.max(most, Math.abs(level - (row[x - 1] ?? level))), 0);
}

/** The share of pixels that threshold ½ puts on the wrong side of the disc's edge. */
function wrongSide(data: Uint8Array): number {
  const wrong = data.filter(
    (level, i) => level >= 128 !== isInside(i % SIDE, Math.floor(i / SIDE)),
  );
  return wrong.length / data.length;
}

describe('guided upsampling', () => {
  const guide = guideOf(areaThumbnail(disc, 8, 8));
  const params = { radius: 12, epsilon: 1e-4, subsample: 1, guide };

  it('follows an edge of the picture that the mask only hints at', () => {
    const plain = guidedUpsample(coarseMask, flat(SIDE, SIDE, 128), { ...params, radius: 0 });
    const guided = guidedUpsample(coarseMask, disc, params);
    expect(steepest(plain.data)).toBeLessThan(40);
    expect(steepest(guided.data)).toBeGreaterThan(120);
    expect(wrongSide(guided.data)).toBeLessThan(wrongSide(plain.data));
    expect(wrongSide(guided.data)).toBeLessThan(0.002);
  });

  it('keeps the edge where coefficients are computed at a quarter of the size', () => {
    const fast = guidedUpsample(coarseMask, disc, { ...params, subsample: 4 });
    expect(steepest(fast.data)).toBeGreaterThan(100);
    expect(wrongSide(fast.data)).toBeLessThan(0.002);
  });

  it.each([0, 0.25, 1])('keeps a constant mask of %f', (value) => {
    const mask = { width: 3, height: 2, data: new Float32Array(6).fill(value) };
    const { data } = guidedUpsample(mask, disc, { ...guidedFilterFor(SIDE, SIDE, REFINE), guide });
    expect(new Set(data)).toEqual(new Set([Math.round(value * 255)]));
  });

  it('averages the mask where the picture shows nothing', () => {
    const mask = { width: 2, height: 1, data: Float32Array.of(0.2, 1) };
    const params = { radius: 40, epsilon: 1e-3, subsample: 1, guide };
    const { data } = guidedUpsample(mask, flat(20, 4, 90), params);
    expect(new Set(data)).toEqual(new Set([153]));
  });
});

it('filters a dark picture as a bright one', () => {
  const darker = picture(SIDE, SIDE, (i) => (disc.data[i] ?? 0) / 4);
  const refined = (guided: typeof disc) => {
    const guide = guideOf(areaThumbnail(guided, 8, 8));
    return guidedUpsample(coarseMask, guided, { ...REFINE, epsilon: 1e-4, guide }).data;
  };
  const [bright, dark] = [refined(disc), refined(darker)];
  expect(wrongSide(dark)).toBeLessThan(wrongSide(bright) + 2e-3);
  expect(steepest(dark)).toBeGreaterThan(0.8 * steepest(bright));
});

describe('parameters', () => {
  it('stand for windows of the full-size picture', () => {
    expect(coarseSize(1001, 500, { radius: 20, epsilon: 1, subsample: 4 })).toEqual({
      width: 251,
      height: 125,
      radius: 5,
    });
  });

  it('keep the coarse size at 512 or below', () => {
    for (const side of [100, 513, 6000, 16_384]) {
      const { width } = coarseSize(side, 10, guidedFilterFor(side, 10, REFINE));
      expect(width).toBeLessThanOrEqual(512);
    }
  });

  it.each([
    { radius: -1, epsilon: 1e-3, subsample: 1 },
    { radius: 1, epsilon: 0, subsample: 1 },
    { radius: 1, epsilon: 1e-3, subsample: 0.5 },
    { radius: Number.NaN, epsilon: 1e-3, subsample: 1 },
  ])('are refused out of range: %o', (params) => {
    expect(() => coarseSize(10, 10, params)).toThrow(RangeError);
  });
});
