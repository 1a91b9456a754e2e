import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { meanOf, type RegionSum, sumByRegion, valuesOf } from './regions.ts';
import type { RegionValues } from './types.ts';

/** A quantity of one pixel, by its index in row order. */
export type PixelQuantity = (pixel: number) => number;
export type PixelMeasure = (output: Rgba8, groundTruth: Rgba8) => PixelQuantity;

/** The reference of a metric that sums a quantity over a region's pixels and finishes the sum. */
export function byPixel(measure: PixelMeasure, finish: (region: RegionSum) => number = meanOf) {
  return (output: Rgba8, groundTruth: Rgba8, mask: BinaryMask | null): RegionValues => {
    const pixels = output.width * output.height;
    const sums = sumByRegion(pixels, mask, measure(output, groundTruth));
    return valuesOf(sums, mask !== null, finish);
  };
}

/** R, G and B of a pixel, 0..255, handed to `take`. */
export function atPixel<T>(
  { data }: Rgba8,
  pixel: number,
  take: (red: number, green: number, blue: number) => T,
): T {
  const i = pixel * 4;
  return take(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
}

/** `reduce` of the differences output - ground truth of R, G and B, each -255..255. */
export function ofDifferences(reduce: (red: number, green: number, blue: number) => number) {
  return (output: Rgba8, groundTruth: Rgba8): PixelQuantity => {
    const a = output.data;
    const b = groundTruth.data;
    return (pixel) => {
      const i = pixel * 4;
      return reduce(
        (a[i] ?? 0) - (b[i] ?? 0),
        (a[i + 1] ?? 0) - (b[i + 1] ?? 0),
        (a[i + 2] ?? 0) - (b[i + 2] ?? 0),
      );
    };
  };
}
