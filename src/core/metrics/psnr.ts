import { byPixel, ofDifferences } from './perPixel.ts';
import type { RegionSum } from './regions.ts';

/** Peak signal-to-noise ratio where there is no error at all (RAIM 2026 scoring program). */
export const PSNR_IDENTICAL = 100;

/**
 * PSNR in dB from an exact integer: the sum over the region's pixels of the squared differences of
 * the 8-bit R, G and B values. `20 log10(1 / sqrt(MSE))`, MSE the mean over pixels and channels of
 * the squared difference of values in [0, 1]; MSE 0 gives 100. Whatever adds the integers up, this
 * one formula finishes them, so that all back ends agree to the last bit.
 */
export function psnrFromSquaredErrors({ sum, pixels }: RegionSum): number {
  if (sum === 0) return PSNR_IDENTICAL;
  const meanSquaredError = sum / (pixels * 3 * 255 * 255);
  return 20 * Math.log10(1 / Math.sqrt(meanSquaredError));
}

/** Sum over R, G and B of the squared differences of the 8-bit values, 0..195075. */
export const squaredErrorAt = ofDifferences(
  (red, green, blue) => red * red + green * green + blue * blue,
);

/** PSNR over RGB in float64, by region; literal reference of the RAIM 2026 definition. */
export const psnrReference = byPixel(squaredErrorAt, psnrFromSquaredErrors);
