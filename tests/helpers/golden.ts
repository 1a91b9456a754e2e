import type { RaimMetricId, RegionId } from '../../src/core/metrics/types.ts';

/*
 * What the RAIM 2026 scoring program computes for the golden pictures, and how closely a back end
 * has to agree with it. Free of Node and DOM, so that tests in Node and in a browser share it.
 */

type Numbers = Readonly<Record<string, number | null>>;

/** One case of `tests/fixtures/golden/expected.json`. */
export interface GoldenCase {
  readonly id: string;
  readonly what: string;
  readonly width: number;
  readonly height: number;
  /** Paths below `tests/fixtures/golden/`. */
  readonly gt: string;
  readonly output: string;
  readonly mask: string | null;
  readonly decoded_rgb_sha256: { readonly gt: string; readonly output: string };
  readonly mask_pixels: number | null;
  readonly regions: Readonly<Record<RegionId, Numbers>>;
}

/** The metric's name in expected.json. */
const GOLDEN_NAMES: Readonly<Record<RaimMetricId, string>> = {
  psnr: 'psnr',
  ssim: 'ssim_official_5x5',
  deltae: 'deltae76_opencv8',
};

/** The scoring program works in float32; this is how far float64 may be from it. */
export const GOLDEN_TOLERANCE: Readonly<Record<RaimMetricId, number>> = {
  psnr: 1e-4,
  ssim: 2e-5,
  deltae: 1e-4,
};

/**
 * The expected value. Where a case has no mask, the scoring program repeats the global value for
 * person and background; Loupe has no value there.
 */
export function goldenValue(
  golden: GoldenCase,
  metric: RaimMetricId,
  region: RegionId,
): number | null {
  if (golden.mask === null && region !== 'global') return null;
  return golden.regions[region][GOLDEN_NAMES[metric]] ?? null;
}
