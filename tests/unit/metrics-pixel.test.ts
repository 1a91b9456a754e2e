import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lumaPlane } from '../../src/core/colour/luma.ts';
import type { Plane, Rgba8 } from '../../src/core/image/types.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { MS_SSIM_MIN_SIDE, msSsim } from '../../src/core/metrics/msSsim.ts';
import { PSNR_IDENTICAL, squaredErrorAt } from '../../src/core/metrics/psnr.ts';
import { sumByRegion } from '../../src/core/metrics/regions.ts';
import { METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { bits, cyclic, flat, levels, maskOf, picture, sides } from '../helpers/pictures.ts';

const global = (a: Rgba8, b: Rgba8) => {
  const values = measureReference(a, b, null, METRIC_IDS);
  return Object.fromEntries(METRIC_IDS.map((id) => [id, values[id].global]));
};

/** A picture with texture at every scale, the same for the same seed. */
const textured = (width: number, height: number, seed: number) => {
  let state = seed;
  return picture(width, height, (i) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    const wave = 60 * Math.sin(i / 37) + 40 * Math.sin(i / (width * 4 * 7));
    return 128 + wave + (state % 41) - 20;
  });
};

describe('identical pictures', () => {
  it('are as alike as each metric can say', () => {
    const same = textured(180, 177, 5);
    expect(global(same, same)).toEqual({
      psnr: PSNR_IDENTICAL,
      'psnr-y': PSNR_IDENTICAL,
      mae: 0,
      rmse: 0,
      ssim: 1,
      'ssim-wang': 1,
      'ms-ssim': 1,
      deltae: 0,
      deltae76: 0,
      deltae2000: 0,
    });
  });
});

describe('a constant offset', () => {
  it.each([
    [100, 101],
    [10, 0],
    [0, 255],
  ])('from %i to %i is known in closed form', (a, b) => {
    const values = global(flat(176, 176, a), flat(176, 176, b));
    const offset = Math.abs(a - b);
    const C1 = 2.55 ** 2;
    const luminance = (2 * a * b + C1) / (a * a + b * b + C1);
    expect(values.mae).toBe(offset);
    expect(values.rmse).toBe(offset);
    expect(values.psnr).toBeCloseTo(20 * Math.log10(255 / offset), 10);
    expect(values['psnr-y']).toBeCloseTo(20 * Math.log10(255 / offset), 10);
    // Flat windows differ in nothing but their mean.
    expect(values['ssim-wang']).toBeCloseTo(luminance, 9);
    expect(values['ms-ssim']).toBeCloseTo(luminance ** 0.1333, 9);
  });

  it('of white against black is the whole lightness axis', () => {
    const { deltae76, deltae2000 } = global(flat(2, 2, 255), flat(2, 2, 0));
    expect(deltae76).toBeCloseTo(100, 2);
    expect(deltae2000).toBeCloseTo(100, 2);
  });

  it('of one channel counts in luma by that channel’s weight', () => {
    const black = flat(4, 4, 0);
    const green = picture(4, 4, (i) => (i % 4 === 1 ? 100 : 0));
    const values = global(green, black);
    expect(values['psnr-y']).toBeCloseTo(20 * Math.log10(255 / 58.7), 12);
    expect(values.mae).toBeCloseTo(100 / 3, 12);
    expect(values.rmse).toBeCloseTo(100 / Math.sqrt(3), 12);
  });
});

describe('small pictures', () => {
  it('of 1 to 8 pixels a side have finite values, the same both ways, or none', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, mask) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const region = maskOf(width, height, mask);
        const values = measureReference(output, truth, region, METRIC_IDS);
        const swapped = measureReference(truth, output, region, METRIC_IDS);
        for (const id of METRIC_IDS) {
          for (const part of REGION_IDS) {
            const value = values[id][part];
            expect(value === null || Number.isFinite(value)).toBe(true);
            if (value === null) expect(swapped[id][part]).toBeNull();
            else expect(swapped[id][part]).toBeCloseTo(value, 9);
          }
        }
        expect(values['ssim-wang'].global).toBeNull();
        expect(values['ms-ssim'].global).toBeNull();
      }),
    );
  });

  it('have an SSIM from 11 pixels a side on, of the one window', () => {
    expect(global(flat(10, 40, 9), flat(10, 40, 90))['ssim-wang']).toBeNull();
    expect(global(flat(40, 10, 9), flat(40, 10, 90))['ssim-wang']).toBeNull();
    expect(global(textured(11, 11, 1), textured(11, 11, 2))['ssim-wang']).toBeTypeOf('number');
  });

  it('have an MS-SSIM from 176 pixels a side on', () => {
    expect(MS_SSIM_MIN_SIDE).toBe(176);
    expect(global(flat(175, 300, 9), flat(175, 300, 90))['ms-ssim']).toBeNull();
    expect(global(flat(300, 175, 9), flat(300, 175, 90))['ms-ssim']).toBeNull();
  });
});

describe('regions', () => {
  it('person and background squared errors add up to the global ones exactly', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, mask) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const pixels = width * height;
        const region = maskOf(width, height, mask);
        const error = squaredErrorAt(output, truth);
        const { person, background } = sumByRegion(pixels, region, error);
        const whole = sumByRegion(pixels, null, error).background;
        expect(person.sum + background.sum).toBe(whole.sum);
        expect(person.pixels + background.pixels).toBe(whole.pixels);
        const parts = measureReference(output, truth, region, ['psnr', 'psnr-y']);
        const all = measureReference(output, truth, null, ['psnr', 'psnr-y']);
        expect(parts.psnr.global).toBe(all.psnr.global);
        expect(parts['psnr-y'].global).toBe(all['psnr-y'].global);
      }),
    );
  });

  it('person and background change places with the mask’s complement', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, mask) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const region = maskOf(width, height, mask);
        const complement = { ...region, data: region.data.map((bit) => 1 - bit) };
        const values = measureReference(output, truth, region, METRIC_IDS);
        const turned = measureReference(output, truth, complement, METRIC_IDS);
        for (const id of METRIC_IDS) {
          expect(turned[id].person).toBe(values[id].background);
          expect(turned[id].background).toBe(values[id].person);
        }
      }),
    );
  });

  it('SSIM counts the windows whose centre a region holds', () => {
    const [output, truth] = [textured(30, 20, 3), textured(30, 20, 4)];
    const border = maskOf(30, 20, [0]);
    // Only pixels that no window has its centre on: the outermost five.
    border.data.forEach((_, i) => {
      const [x, y] = [i % 30, Math.floor(i / 30)];
      if (x < 5 || y < 5 || x >= 25 || y >= 15) border.data[i] = 1;
    });
    const whole = measureReference(output, truth, null, ['ssim-wang'])['ssim-wang'].global;
    const values = measureReference(output, truth, border, ['ssim-wang'])['ssim-wang'];
    expect(values.person).toBeNull();
    expect(values.background).toBe(whole);
  });

  it('MS-SSIM has a value of the whole only', () => {
    const values = measureReference(textured(180, 180, 1), textured(180, 180, 2), null, [
      'ms-ssim',
    ]);
    const masked = measureReference(
      textured(180, 180, 1),
      textured(180, 180, 2),
      maskOf(180, 180, [1, 0]),
      ['ms-ssim'],
    );
    expect(values['ms-ssim'].global).toBeGreaterThan(0);
    expect(masked['ms-ssim']).toEqual(values['ms-ssim']);
    expect(masked['ms-ssim'].person).toBeNull();
  });
});

type Level = (x: number, y: number) => number;

/** Means of contrast times structure and of SSIM, window by window in two dimensions. */
function slowSimilarities(a: Level, b: Level, side: number): readonly [number, number] {
  const weight = (v: number, h: number) => Math.exp(-(v * v + h * h) / (2 * 1.5 * 1.5));
  const taps = Array.from(
    { length: 121 },
    (_, i) => [Math.floor(i / 11) - 5, (i % 11) - 5] as const,
  );
  const total = taps.reduce((sum, [v, h]) => sum + weight(v, h), 0);
  const [sums, C1, C2] = [{ structure: 0, ssim: 0, windows: 0 }, 6.5025, 58.5225];
  for (let y = 5; y < side - 5; y += 1) {
    for (let x = 5; x < side - 5; x += 1) {
      const mean = (of: Level) =>
        taps.reduce((sum, [v, h]) => sum + weight(v, h) * of(x + h, y + v), 0) / total;
      const [p, q] = [mean(a), mean(b)];
      const covariance = (f: Level, m: number, g: Level, n: number) =>
        mean((i, j) => (f(i, j) - m) * (g(i, j) - n));
      const structure =
        (2 * covariance(a, p, b, q) + C2) / (covariance(a, p, a, p) + covariance(b, q, b, q) + C2);
      sums.structure += structure;
      sums.ssim += (structure * (2 * p * q + C1)) / (p * p + q * q + C1);
      sums.windows += 1;
    }
  }
  return [sums.structure / sums.windows, sums.ssim / sums.windows];
}

describe('MS-SSIM', () => {
  it('is the product of five scales, each measured window by window', () => {
    const side = 176;
    const planeOf = (seed: number) => lumaPlane(textured(side, side, seed));
    const [a, b] = [planeOf(8), planeOf(9)];
    const level =
      (plane: Plane): Level =>
      (x, y) =>
        plane.data[y * side + x] ?? Number.NaN;
    const halved =
      (of: Level): Level =>
      (x, y) =>
        (of(2 * x, 2 * y) +
          of(2 * x + 1, 2 * y) +
          of(2 * x, 2 * y + 1) +
          of(2 * x + 1, 2 * y + 1)) /
        4;
    let [p, q] = [level(a), level(b)];
    let expected = 1;
    [0.0448, 0.2856, 0.3001, 0.2363, 0.1333].forEach((weight, scale) => {
      const [structure, ssim] = slowSimilarities(p, q, side >> scale);
      expected *= (scale === 4 ? ssim : structure) ** weight;
      [p, q] = [halved(p), halved(q)];
    });
    expect(expected).toBeLessThan(0.98);
    expect(msSsim(a, b)).toBeCloseTo(expected, 9);
  }, 60_000);

  it('does not see a fine checkerboard as coarse difference', () => {
    const parity = (pixel: number) => (pixel + Math.floor(pixel / 192)) % 2;
    const board = picture(192, 192, (i) => (parity(i >> 2) === 0 ? 140 : 116));
    const grey = flat(192, 192, 128);
    const values = global(board, grey);
    expect(values['ms-ssim'] ?? 0).toBeCloseTo(0.289 ** 0.0448, 3);
    expect(values['ssim-wang']).toBeCloseTo(0.289, 3);
  });

  it('of a picture and its negative is 0, not the power of a negative number', () => {
    const a = {
      width: 180,
      height: 180,
      data: Float64Array.from({ length: 180 * 180 }, (_, i) => 128 + 90 * Math.sin(i * i)),
    };
    const b = { ...a, data: a.data.map((v) => 256 - v) };
    expect(msSsim(a, b)).toBe(0);
  });

  it('averages an odd last row and column with themselves', () => {
    const odd = (level: number) => flat(181, 179, level);
    expect(global(odd(60), odd(60))['ms-ssim']).toBe(1);
    const C1 = 2.55 ** 2;
    const luminance = (2 * 60 * 90 + C1) / (60 * 60 + 90 * 90 + C1);
    expect(global(odd(60), odd(90))['ms-ssim']).toBeCloseTo(luminance ** 0.1333, 9);
  });
});
