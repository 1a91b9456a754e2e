import { ciede2000 } from '../colour/ciede2000.ts';
import { labFromRgb } from '../colour/lab.ts';
import type { Rgba8 } from '../image/types.ts';
import { atPixel, byPixel, type PixelQuantity } from './perPixel.ts';

/** CIEDE2000 colour difference of a pixel on L*a*b* (D65). */
export function deltaE2000At(output: Rgba8, groundTruth: Rgba8): PixelQuantity {
  return (pixel) =>
    ciede2000(atPixel(output, pixel, labFromRgb), atPixel(groundTruth, pixel, labFromRgb));
}

/** Mean CIEDE2000 colour difference on float64 L*a*b* (D65), by region. */
export const deltaE2000Reference = byPixel(deltaE2000At);
