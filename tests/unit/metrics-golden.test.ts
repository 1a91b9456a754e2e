import { describe, expect, it } from 'vitest';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { niqe } from '../../src/core/metrics/niqe/niqe.ts';
import { RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { GOLDEN_TOLERANCE, type GoldenCase, goldenValue } from '../helpers/golden.ts';
import { decodeGolden, GOLDEN_CASES } from '../helpers/goldenNode.ts';

/** What other programs than the challenge's say of the same pictures. */
interface CitedCase extends GoldenCase {
  /** scikit-image's `structural_similarity` with the paper's settings, on unrounded luma. */
  readonly ssim_skimage_wang2004_luma?: number | null;
  /** BasicSR's NIQE with MATLAB's resizing. */
  readonly niqe_matlab_style?: { readonly gt: number; readonly output: number };
}

const CITED: readonly CitedCase[] = GOLDEN_CASES;
const WITH_NIQE = CITED.flatMap((golden) =>
  golden.niqe_matlab_style ? [{ golden, expected: golden.niqe_matlab_style }] : [],
);

function expectNear(
  value: number | null,
  expected: number | null,
  tolerance: number,
  what: string,
) {
  const where = `${what}: ${value} instead of ${expected}`;
  if (value === null || expected === null) expect(value, where).toBe(expected);
  else expect(Math.abs(value - expected), where).toBeLessThan(tolerance);
}

describe('float64 references agree with the RAIM 2026 scoring program', () => {
  it('on 19 cases', () => {
    expect(GOLDEN_CASES).toHaveLength(19);
  });

  it.each(GOLDEN_CASES)('$id: $what', async (golden) => {
    const { output, groundTruth, mask } = await decodeGolden(golden);
    expect([output.width, output.height]).toEqual([golden.width, golden.height]);
    const values = measureReference(output, groundTruth, mask);
    for (const metric of RAIM_METRIC_IDS) {
      for (const region of REGION_IDS) {
        const expected = goldenValue(golden, metric, region);
        const what = `${metric} ${region}`;
        expectNear(values[metric][region], expected, GOLDEN_TOLERANCE[metric], what);
      }
    }
  });
});

describe('float64 references agree with what others measure', () => {
  it.each(CITED)('SSIM (Wang 2004), ΔE76 and ΔE2000 of $id', async (golden) => {
    const { output, groundTruth, mask } = await decodeGolden(golden);
    const ids = ['ssim-wang', 'deltae76', 'deltae2000'] as const;
    const values = measureReference(output, groundTruth, mask, ids);
    const ssim = golden.ssim_skimage_wang2004_luma ?? null;
    expectNear(values['ssim-wang'].global, ssim, 1e-8, 'SSIM');
    for (const region of REGION_IDS) {
      if (mask === null && region !== 'global') continue;
      const numbers = golden.regions[region];
      const [cie76, cie2000] = [numbers.deltae76_float_d65, numbers.deltae2000_float_d65];
      expectNear(values.deltae76[region], cie76 ?? null, 2e-6, `ΔE76 ${region}`);
      expectNear(values.deltae2000[region], cie2000 ?? null, 2e-6, `ΔE2000 ${region}`);
    }
  });

  it('NIQE on four cases', () => {
    expect(WITH_NIQE.map(({ golden }) => golden.id)).toEqual(['001', '002', '010', '015']);
  });

  it.each(WITH_NIQE)(
    'NIQE of $golden.id to 0.1 %',
    async ({ golden, expected }) => {
      const { output, groundTruth } = await decodeGolden(golden);
      for (const [result, wanted] of [
        [niqe(groundTruth), expected.gt],
        [niqe(output), expected.output],
      ] as const) {
        expect(Math.abs((result.value ?? Number.NaN) / wanted - 1)).toBeLessThan(1e-3);
        expect(result.blocks).toBe(Math.floor(golden.width / 96) * Math.floor(golden.height / 96));
      }
    },
    60_000,
  );
});
