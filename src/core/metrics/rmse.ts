import { byPixel } from './perPixel.ts';
import { squaredErrorAt } from './psnr.ts';
import { meanOf } from './regions.ts';

/**
 * Root of the mean squared difference over pixels, R, G and B on the 8-bit scale, in float64, by
 * region: PSNR's error before the logarithm.
 */
export const rmseReference = byPixel(squaredErrorAt, (region) => Math.sqrt(meanOf(region) / 3));
