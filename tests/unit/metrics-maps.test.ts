import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import { colourIndex, colourise } from '../../src/core/metrics/colourise.ts';
import {
  dataRange,
  MAP_IDS,
  MAPS,
  mapReference,
  type ScalarMap,
} from '../../src/core/metrics/maps.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { cyclic, flat, levels, maskOf, picture, sides } from '../helpers/pictures.ts';

const mapOf = (values: readonly number[]): ScalarMap => ({
  width: values.length,
  height: 1,
  data: Float32Array.from(values),
});

const mean = (map: ScalarMap) => map.data.reduce((sum, value) => sum + value, 0) / map.data.length;

describe('maps', () => {
  it('average to the metrics', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, (width, height, a, b) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const ids = ['deltae', 'deltae2000', 'ssim', 'mae'] as const;
        const values = measureReference(output, truth, null, ids);
        for (const [map, id] of [
          ['deltae', 'deltae'],
          ['deltae2000', 'deltae2000'],
          ['ssim', 'ssim'],
          ['absolute-error', 'mae'],
        ] as const) {
          const value = values[id].global ?? Number.NaN;
          const average = mean(mapReference(map, output, truth));
          expect(Math.abs(average - value)).toBeLessThan(1e-6 * Math.max(1, value));
        }
      }),
    );
  });

  it('the luminance error is output minus ground truth', () => {
    const truth = picture(3, 1, () => 100);
    const output = picture(
      3,
      1,
      (i) => [110, 100, 100, 0, 100, 90, 100, 0, 100, 100, 100, 0][i] ?? 0,
    );
    const map = mapReference('signed-luma', output, truth);
    expect([...map.data]).toEqual([2.99, -5.87, 0].map(Math.fround));
    expect(mapReference('signed-luma', truth, output).data).toEqual(map.data.map((v) => 0 - v));
  });

  it('the absolute error is the mean over the channels', () => {
    const output = picture(1, 1, (i) => [7, 20, 33][i] ?? 0);
    expect([...mapReference('absolute-error', output, flat(1, 1, 10)).data]).toEqual([
      Math.fround((3 + 10 + 23) / 3),
    ]);
  });

  it.each(MAP_IDS)('%s of equal pictures says that nothing is wrong', (id) => {
    const map = mapReference(id, flat(6, 5, 70), flat(6, 5, 70));
    expect([map.width, map.height]).toEqual([6, 5]);
    expect(new Set(map.data)).toEqual(new Set([MAPS[id].lowIsBad ? 1 : 0]));
    expect(MAPS[id].id).toBe(id);
    expect(MAPS[id].range.min).toBeLessThan(MAPS[id].range.max);
  });

  it('of pictures of different size are refused', () => {
    expect(() => mapReference('ssim', flat(2, 3, 0), flat(3, 2, 0))).toThrow(RangeError);
  });
});

describe('data-driven scale', () => {
  it('is not stretched by single pixels', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 3 ? 500 + i : i / 1000));
    expect(dataRange('deltae', mapOf(values), null).max).toBeCloseTo(0.998, 2);
    const signed = mapOf(values.map((value, i) => (i % 2 === 0 ? value : -value)));
    expect(dataRange('signed-luma', signed, null).max).toBeCloseTo(0.998, 2);
  });

  it('is about the same where a map has more values than are looked at', () => {
    const data = Float32Array.from({ length: 3_000_000 }, (_, i) => ((i * 7919) % 10_007) / 10_007);
    const { min, max } = dataRange('deltae', { width: 3000, height: 1000, data }, null);
    expect(min).toBeCloseTo(0.005, 3);
    expect(max).toBeCloseTo(0.995, 3);
  });

  it('of few values runs from the least to the greatest of the region', () => {
    const map = mapOf([4, 1, 9, 100]);
    expect(dataRange('deltae', map, null)).toEqual({ min: 1, max: 100 });
    expect(dataRange('deltae', map, maskOf(4, 1, [1, 0, 1, 0]))).toEqual({ min: 4, max: 9 });
  });

  it('has zero in the middle of a diverging map', () => {
    expect(dataRange('signed-luma', mapOf([-7, 2]), null)).toEqual({ min: -7, max: 7 });
  });

  it('is the fixed one where the values leave no width', () => {
    expect(dataRange('deltae', mapOf([3, 3]), null)).toEqual(MAPS.deltae.range);
    expect(dataRange('signed-luma', mapOf([0, 0]), null)).toEqual(MAPS['signed-luma'].range);
    for (const id of MAP_IDS) {
      expect(dataRange(id, mapOf([1, 2]), maskOf(2, 1, [0]))).toEqual(MAPS[id].range);
    }
  });
});

describe('colours of a map', () => {
  const { magma, diverging } = COLOUR_MAPS;

  it('follow the scale and stop at its ends', () => {
    const range = { min: 10, max: 20 };
    expect([-5, 10, 15, 20, 99].map((value) => colourIndex(value, range))).toEqual([
      0, 0, 128, 255, 255,
    ]);
    expect([10, 20].map((value) => colourIndex(value, { min: 20, max: 10 }))).toEqual([255, 0]);
  });

  it('are those of the colour map, opaque', () => {
    const picture = colourise(mapOf([0, 5, 10]), { min: 0, max: 10 }, magma);
    expect([picture.width, picture.height]).toEqual([3, 1]);
    expect([...picture.data]).toEqual([
      0,
      0,
      4,
      255,
      ...magma.table.slice(384, 387),
      255,
      252,
      253,
      191,
      255,
    ]);
  });

  it('fade to dark grey outside the region and nowhere else', () => {
    const map = mapOf([-64, -64, 64, 64]);
    const range = MAPS['signed-luma'].range;
    const plain = colourise(map, range, diverging);
    const faded = colourise(map, range, diverging, maskOf(4, 1, [1, 0]));
    expect(faded.data.slice(0, 4)).toEqual(plain.data.slice(0, 4));
    expect(faded.data.slice(8, 12)).toEqual(plain.data.slice(8, 12));
    for (const channel of [4, 5, 6]) {
      const level = plain.data[channel] ?? 0;
      expect(Math.abs((faded.data[channel] ?? 0) - (0.2 * level + 0.8 * 32))).toBeLessThanOrEqual(
        0.5,
      );
    }
    expect(faded.data[7]).toBe(255);
  });

  it('need a scale with two ends', () => {
    expect(() => colourise(mapOf([1]), { min: 3, max: 3 }, magma)).toThrow(RangeError);
  });
});
