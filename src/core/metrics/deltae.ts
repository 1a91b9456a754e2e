import { opencvLab8 } from '../colour/opencvLab8.ts';
import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { meanOf, sumByRegion, valuesOf } from './regions.ts';
import type { RegionValues } from './types.ts';

/**
 * Mean Euclidean distance of OpenCV 8-bit Lab colours, in float64, by region; literal reference of
 * the RAIM 2026 definition. Not CIE76: L is stretched by 2.55 and everything is rounded to integers.
 */
export function deltaEReference(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
): RegionValues {
  const labAt = (picture: Rgba8, i: number) =>
    opencvLab8(picture.data[i] ?? 0, picture.data[i + 1] ?? 0, picture.data[i + 2] ?? 0);
  const sums = sumByRegion(output.width * output.height, mask, (pixel) => {
    const p = labAt(output, pixel * 4);
    const q = labAt(groundTruth, pixel * 4);
    return Math.sqrt((p.L - q.L) ** 2 + (p.a - q.a) ** 2 + (p.b - q.b) ** 2);
  });
  return valuesOf(sums, mask !== null, meanOf);
}
