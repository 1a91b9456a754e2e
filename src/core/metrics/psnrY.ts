import { lumaThousandths } from '../colour/luma.ts';
import { byPixel, ofDifferences } from './perPixel.ts';
import { PSNR_IDENTICAL } from './psnr.ts';
import type { RegionSum } from './regions.ts';

/** Squared luma levels from squared thousandths. */
const SQUARED_THOUSAND = 1e6;

/**
 * PSNR of luma in dB from the sum over the region's pixels of the squared luma differences in
 * thousandths of a level: `10 log10(255² / MSE)`; MSE 0 gives 100, as the PSNR of the RAIM set does.
 */
export function psnrYFromSquaredErrors({ sum, pixels }: RegionSum): number {
  if (sum === 0) return PSNR_IDENTICAL;
  const meanSquaredError = sum / (pixels * SQUARED_THOUSAND);
  return 10 * Math.log10(255 ** 2 / meanSquaredError);
}

/** Squared difference of unrounded BT.601 luma in thousandths of an 8-bit level: a whole number. */
const squaredLumaErrorAt = ofDifferences(
  (red, green, blue) => lumaThousandths(red, green, blue) ** 2,
);

/** PSNR of unrounded full-range BT.601 luma, peak 255, in float64, by region. */
export const psnrYReference = byPixel(squaredLumaErrorAt, psnrYFromSquaredErrors);
