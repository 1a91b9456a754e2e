import { describe, expect, it } from 'vitest';
import type { Plane } from '../../src/core/image/types.ts';
import { fitAggd } from '../../src/core/metrics/niqe/aggd.ts';
import { blockFeatures } from '../../src/core/metrics/niqe/features.ts';
import { halfSize } from '../../src/core/metrics/niqe/halfSize.ts';
import { mscn } from '../../src/core/metrics/niqe/mscn.ts';
import { NATURAL_COVARIANCE, NATURAL_MEAN } from '../../src/core/metrics/niqe/naturalModel.ts';
import { NIQE_MIN_BLOCKS, niqe } from '../../src/core/metrics/niqe/niqe.ts';
import { niqeLuma } from '../../src/core/metrics/niqe/niqeLuma.ts';
import { flat, picture } from '../helpers/pictures.ts';

/** Numbers in [0, 1), the same for the same seed (Marsaglia's 32-bit xorshift). */
function makeRandom(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const noise = (width: number, height: number, seed: number) => {
  const random = makeRandom(seed);
  return picture(width, height, () => 40 + Math.floor(170 * random()));
};

const plane = (width: number, height: number, at: (x: number, y: number) => number): Plane => ({
  width,
  height,
  data: Float64Array.from({ length: width * height }, (_, i) =>
    at(i % width, Math.floor(i / width)),
  ),
});

describe('NIQE', () => {
  it('has no value below two blocks', () => {
    for (const [width, height, blocks] of [
      [95, 400, 0],
      [1, 1, 0],
      [191, 191, 1],
    ] as const) {
      const result = niqe(noise(width, height, 1));
      expect(result).toMatchObject({ value: null, blocks });
      expect(result.flags).toContain('few-blocks');
    }
  });

  it('counts whole blocks only: what is left over changes nothing', () => {
    const whole = noise(192, 96, 7);
    const more = picture(230, 130, (i) => {
      const [x, y] = [Math.floor(i / 4) % 230, Math.floor(i / 920)];
      return x < 192 && y < 96 ? (whole.data[(y * 192 + x) * 4 + (i % 4)] ?? 0) : 255;
    });
    expect(niqe(more)).toEqual(niqe(whole));
    expect(niqe(whole)).toMatchObject({ blocks: 2, usableBlocks: 2, flags: ['few-blocks'] });
    expect(niqe(whole).value).toBeGreaterThan(5);
  });

  it('marks a flat picture, which has no value', () => {
    expect(niqe(flat(768, 576, 90))).toEqual({
      value: null,
      blocks: 48,
      usableBlocks: 0,
      flags: ['flat', 'few-blocks'],
    });
  });

  it('marks a picture that is flat for the most part, and still measures the rest', () => {
    const random = makeRandom(3);
    const mostly = picture(768, 576, (i) =>
      Math.floor(i / 4) % 768 < 288 ? Math.floor(256 * random()) : 30,
    );
    const result = niqe(mostly);
    expect(result.flags).toEqual(['flat', 'few-blocks']);
    expect(result.usableBlocks).toBeGreaterThanOrEqual(18);
    expect(result.usableBlocks).toBeLessThan(NIQE_MIN_BLOCKS);
    expect(result.value).toBeTypeOf('number');
  });

  it('marks nothing on a picture with structure and enough blocks', () => {
    const result = niqe(noise(96 * 8, 96 * 5, 9));
    expect(result).toMatchObject({ blocks: 40, usableBlocks: 40, flags: [] });
  });
});

describe('the parts of NIQE', () => {
  it('natural pictures have 36 features', () => {
    expect(NATURAL_MEAN).toHaveLength(36);
    expect(NATURAL_COVARIANCE).toHaveLength((36 * 37) / 2);
  });

  it('luma is studio range, in whole levels, cut to whole blocks', () => {
    const luma = niqeLuma(picture(100, 97, (i) => (i < 400 ? 255 : 0)));
    expect([luma.width, luma.height]).toEqual([96, 96]);
    expect(luma.data[0]).toBe(235);
    expect(luma.data[96]).toBe(16);
    expect(niqeLuma(picture(96, 96, (i) => (i % 4 === 0 ? 255 : 0))).data[0]).toBe(81);
  });

  it('half the size keeps constants and lies between the pixels of a ramp', () => {
    expect(new Set(halfSize(plane(8, 6, () => 7)).data)).toEqual(new Set([7]));
    const ramp = halfSize(plane(24, 8, (x, y) => 10 * x + y));
    expect([ramp.width, ramp.height]).toEqual([12, 4]);
    // Far from the border a symmetric kernel takes a ramp at 2 x + 1/2.
    expect(ramp.data[12 * 1 + 5]).toBeCloseTo(10 * 10.5 + 2.5, 1);
    expect((ramp.data[6] ?? 0) - (ramp.data[5] ?? 0)).toBeCloseTo(20, 10);
  });

  it('half the size mirrors the border with its edge pixel', () => {
    const edge = halfSize(plane(16, 4, (x) => (x === 0 ? 1 : 0)));
    const weight = (t: number) =>
      t <= 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2;
    // Pixel 0 lies at 1/2: the edge pixel is half a pixel off, its mirror image one and a half.
    expect(edge.data[0]).toBeCloseTo((weight(0.25) + weight(0.75)) / 2, 12);
  });

  it('coefficients are exactly zero where it is flat, also next to the border', () => {
    const step = mscn(plane(40, 20, (x) => (x < 20 ? 16.1 : 235.7)));
    for (const x of [0, 5, 16, 23, 39]) expect(step.data[40 * 9 + x]).toBe(0);
    expect(step.data[40 * 9 + 19]).toBeLessThan(0);
    expect(step.data[40 * 9 + 20]).toBeCloseTo(-(step.data[40 * 9 + 19] ?? 0), 12);
  });

  it('finds the shape of a Gaussian and of a Laplacian distribution', () => {
    const random = makeRandom(11);
    const normal = Float64Array.from({ length: 40_000 }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      return radius * Math.cos(2 * Math.PI * random());
    });
    expect(fitAggd(normal).alpha).toBeCloseTo(2, 0);
    expect(fitAggd(normal).left).toBeCloseTo(Math.SQRT2, 1);
    // Where the scale is three times as large there is three times as much of it.
    const laplace = normal.map((_, i) => (i % 4 === 0 ? 1 : -3) * -Math.log(1 - random()));
    const fitted = fitAggd(laplace);
    expect(Math.abs(fitted.alpha - 1)).toBeLessThan(0.1);
    expect(fitted.left / fitted.right).toBeCloseTo(3, 0);
  });

  it('has no scale for values on one side of zero only', () => {
    const { alpha, left, right } = fitAggd(Float64Array.from([0, 1, 2]));
    expect(alpha).toBe(0.2);
    expect(left).toBeNaN();
    expect(right).toBeGreaterThan(0);
  });

  it('pairs a coefficient with its neighbours around the block', () => {
    const features = blockFeatures(Float64Array.from([1, -2, 3, -4]), 2);
    expect(features).toHaveLength(18);
    const pairs = fitAggd(Float64Array.from([1 * -2, -2 * 1, 3 * -4, -4 * 3]));
    expect(features[2]).toBe(pairs.alpha);
    expect(features[4]).toBe(pairs.left);
    const diagonal = fitAggd(Float64Array.from([-4, -6, -6, -4]));
    expect(features[12]).toBe(diagonal.left);
  });
});
