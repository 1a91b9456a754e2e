import { byPixel, ofDifferences } from './perPixel.ts';
import { meanOf } from './regions.ts';

/** Sum over R, G and B of the absolute differences of the 8-bit values, 0..765. */
export const absoluteErrorAt = ofDifferences(
  (red, green, blue) => Math.abs(red) + Math.abs(green) + Math.abs(blue),
);

/** Mean absolute difference over pixels, R, G and B on the 8-bit scale, in float64, by region. */
export const maeReference = byPixel(absoluteErrorAt, (region) => meanOf(region) / 3);
