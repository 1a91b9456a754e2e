import { opencvLab8 } from '../colour/opencvLab8.ts';
import type { Rgba8 } from '../image/types.ts';
import { atPixel, byPixel, type PixelQuantity } from './perPixel.ts';

/** Euclidean distance of a pixel's OpenCV 8-bit Lab colours. */
export function deltaEAt(output: Rgba8, groundTruth: Rgba8): PixelQuantity {
  return (pixel) => {
    const p = atPixel(output, pixel, opencvLab8);
    const q = atPixel(groundTruth, pixel, opencvLab8);
    return Math.sqrt((p.L - q.L) ** 2 + (p.a - q.a) ** 2 + (p.b - q.b) ** 2);
  };
}

/**
 * Mean Euclidean distance of OpenCV 8-bit Lab colours, in float64, by region; literal reference of
 * the RAIM 2026 definition. Not CIE76: L is stretched by 2.55 and everything is rounded to integers.
 */
export const deltaEReference = byPixel(deltaEAt);
