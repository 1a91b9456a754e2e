import { labFromRgb } from '../colour/lab.ts';
import type { Rgba8 } from '../image/types.ts';
import { atPixel, byPixel, type PixelQuantity } from './perPixel.ts';

/** CIE 1976 colour difference of a pixel: Euclidean distance in L*a*b* (D65). */
function deltaE76At(output: Rgba8, groundTruth: Rgba8): PixelQuantity {
  return (pixel) => {
    const p = atPixel(output, pixel, labFromRgb);
    const q = atPixel(groundTruth, pixel, labFromRgb);
    return Math.sqrt((p.L - q.L) ** 2 + (p.a - q.a) ** 2 + (p.b - q.b) ** 2);
  };
}

/** Mean CIE 1976 colour difference on float64 L*a*b* (D65), by region. Source: CIE 15:2004, 8.2.1. */
export const deltaE76Reference = byPixel(deltaE76At);
