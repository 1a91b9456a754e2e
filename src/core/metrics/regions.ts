import type { BinaryMask } from '../image/types.ts';
import type { RegionValues } from './types.ts';

/** Sum of a per-pixel quantity and the number of pixels it was summed over. */
export interface RegionSum {
  readonly sum: number;
  readonly pixels: number;
}

export interface RegionSums {
  readonly person: RegionSum;
  readonly background: RegionSum;
}

/**
 * Adds up `valueAt(pixel)` inside and outside the mask, pixels in row order, in float64. Without a
 * mask everything is background (`valuesOf` then reports the whole picture only).
 */
export function sumByRegion(
  pixels: number,
  mask: BinaryMask | null,
  valueAt: (pixel: number) => number,
): RegionSums {
  let inside = 0;
  let outside = 0;
  let insidePixels = 0;
  for (let i = 0; i < pixels; i += 1) {
    if (mask?.data[i] === 1) {
      inside += valueAt(i);
      insidePixels += 1;
    } else {
      outside += valueAt(i);
    }
  }
  return {
    person: { sum: inside, pixels: insidePixels },
    background: { sum: outside, pixels: pixels - insidePixels },
  };
}

/**
 * A metric's value in every region. A region without pixels has no value (null); without a mask
 * there is no person and no background.
 */
export function valuesOf(
  sums: RegionSums,
  hasMask: boolean,
  finish: (region: RegionSum) => number,
): RegionValues {
  const { person, background } = sums;
  const whole = {
    sum: person.sum + background.sum,
    pixels: person.pixels + background.pixels,
  };
  const finished = (region: RegionSum) => (region.pixels === 0 ? null : finish(region));
  return {
    person: hasMask ? finished(person) : null,
    background: hasMask ? finished(background) : null,
    global: finished(whole),
  };
}

/** The mean: how every metric but PSNR is finished. */
export function meanOf(region: RegionSum): number {
  return region.sum / region.pixels;
}
