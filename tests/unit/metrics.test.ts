import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METRICS, NO_REFERENCE_METRICS } from '../../src/core/metrics/definitions.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { psnrFromSquaredErrors } from '../../src/core/metrics/psnr.ts';
import {
  METRIC_IDS,
  NO_REFERENCE_METRIC_IDS,
  RAIM_METRIC_IDS,
  type RaimValues,
  REGION_IDS,
} from '../../src/core/metrics/types.ts';
import { bits, cyclic, flat, levels, maskOf, picture, sides } from '../helpers/pictures.ts';

function everyValue(values: RaimValues): (number | null)[] {
  return RAIM_METRIC_IDS.flatMap((metric) => REGION_IDS.map((region) => values[metric][region]));
}

describe('identity', () => {
  it('is exactly 100, 1 and 0 in every region that has pixels', () => {
    fc.assert(
      fc.property(sides, sides, levels, bits, (width, height, values, mask) => {
        const same = picture(width, height, cyclic(values));
        const region = maskOf(width, height, mask);
        const person = region.data.some((bit) => bit === 1);
        const background = region.data.some((bit) => bit === 0);
        const result = measureReference(same, same, region);
        for (const [metric, ideal] of [
          ['psnr', 100],
          ['ssim', 1],
          ['deltae', 0],
        ] as const) {
          expect(result[metric]).toEqual({
            person: person ? ideal : null,
            background: background ? ideal : null,
            global: ideal,
          });
        }
      }),
    );
  });
});

describe('regions', () => {
  it('have no value without a mask, but the whole picture has', () => {
    const values = measureReference(flat(3, 2, 10), flat(3, 2, 20), null);
    for (const metric of RAIM_METRIC_IDS) {
      expect(values[metric].person).toBeNull();
      expect(values[metric].background).toBeNull();
      expect(values[metric].global).toBeTypeOf('number');
    }
  });

  it('average to the whole, weighted by their pixels', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, mask) => {
        const region = maskOf(width, height, mask);
        const inside = region.data.reduce((sum, bit) => sum + bit, 0);
        const outside = region.data.length - inside;
        const output = picture(width, height, cyclic(a));
        const values = measureReference(output, picture(width, height, cyclic(b)), region);
        for (const metric of ['ssim', 'deltae'] as const) {
          const { person, background, global } = values[metric];
          const mean = (inside * (person ?? 0) + outside * (background ?? 0)) / (inside + outside);
          expect(mean).toBeCloseTo(global ?? Number.NaN, 10);
        }
      }),
    );
  });
});

describe('properties', () => {
  it('every value is finite or absent, and swapping the pictures changes none', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, mask) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const region = maskOf(width, height, mask);
        const values = everyValue(measureReference(output, truth, region));
        expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
        const swapped = everyValue(measureReference(truth, output, region));
        swapped.forEach((value, i) => {
          expect(value ?? 0).toBeCloseTo(values[i] ?? 0, 12);
        });
      }),
    );
  });

  it('alpha counts for nothing', () => {
    const output = flat(2, 2, 9);
    const transparent = { ...output, data: output.data.map((v, i) => (i % 4 === 3 ? 0 : v)) };
    const truth = flat(2, 2, 30);
    expect(measureReference(transparent, truth, null)).toEqual(
      measureReference(output, truth, null),
    );
  });
});

describe('values that can be worked out by hand', () => {
  it('PSNR of a constant error', () => {
    expect(measureReference(flat(4, 4, 0), flat(4, 4, 255), null).psnr.global).toBe(0);
    expect(psnrFromSquaredErrors({ sum: 3 * 51 * 51, pixels: 1 })).toBeCloseTo(13.9794, 4);
  });

  it('SSIM of a single pixel is weighed by the middle of the window alone', () => {
    const [a, b] = [100 / 255, 150 / 255];
    const w = 36 / 256;
    const luminance = (2 * w * w * a * b + 1e-4) / (w * w * (a * a + b * b) + 1e-4);
    const structure = (2 * (w - w * w) * a * b + 9e-4) / ((w - w * w) * (a * a + b * b) + 9e-4);
    const { ssim } = measureReference(flat(1, 1, 100), flat(1, 1, 150), null);
    expect(ssim.global).toBeCloseTo(luminance * structure, 12);
  });

  it('ΔE of white against black is the stretched lightness', () => {
    expect(measureReference(flat(2, 1, 255), flat(2, 1, 0), null).deltae.global).toBe(255);
  });
});

describe('pictures of different size', () => {
  it('are refused with both sizes', () => {
    expect(() => measureReference(flat(3, 2, 0), flat(2, 3, 0), null)).toThrow(
      new RangeError('The output is 3×2 pixels, the ground truth 2×3.'),
    );
    expect(() => measureReference(flat(3, 2, 0), flat(3, 2, 0), maskOf(3, 3, [1]))).toThrow(
      new RangeError('The output is 3×2 pixels, the mask 3×3.'),
    );
  });
});

describe('definitions', () => {
  it.each([
    ...METRIC_IDS.map((id) => [id, METRICS[id]] as const),
    ...NO_REFERENCE_METRIC_IDS.map((id) => [id, NO_REFERENCE_METRICS[id]] as const),
  ])('%s says what it means and where it comes from', (id, metric) => {
    expect(metric.id).toBe(id);
    expect(metric.definition).toMatch(/\.$/);
    expect(metric.definition).toMatch(/no value/);
    expect(metric.source).not.toBe('');
    expect(metric.version).toBeGreaterThanOrEqual(1);
    expect(Object.keys(metric.parameters)).not.toHaveLength(0);
  });

  it('the default set is that of the scoring program', () => {
    for (const id of RAIM_METRIC_IDS) expect(METRICS[id].source).toContain('RAIM');
  });

  it('every metric of two pictures needs a reference, and no other does', () => {
    for (const id of METRIC_IDS) expect(METRICS[id].needs.reference).toBe(true);
    for (const id of NO_REFERENCE_METRIC_IDS) {
      expect(NO_REFERENCE_METRICS[id].needs.reference).toBe(false);
    }
  });
});
