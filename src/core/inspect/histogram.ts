import { lumaThousandths } from '../colour/luma.ts';
import type { BinaryMask, Rgba8 } from '../image/types.ts';

/** How many pixels have each of the 256 levels, a channel each; every table adds up to `pixels`. */
export interface Histogram {
  readonly red: Float64Array<ArrayBuffer>;
  readonly green: Float64Array<ArrayBuffer>;
  readonly blue: Float64Array<ArrayBuffer>;
  /** BT.601 luma, rounded half up. */
  readonly luma: Float64Array<ArrayBuffer>;
  readonly pixels: number;
}

/** BT.601 luma of 8-bit R'G'B' as a level 0..255, rounded half up. */
export function lumaLevel(red: number, green: number, blue: number): number {
  return Math.floor((lumaThousandths(red, green, blue) + 500) / 1000);
}

const tally = (counts: Float64Array, level: number) => {
  counts[level] = (counts[level] ?? 0) + 1;
};

/**
 * Histogram of a picture or of a part of it.
 * @param region of the picture's size; null: the whole picture
 */
export function histogramOf({ data }: Rgba8, region: BinaryMask | null = null): Histogram {
  const [red, green, blue, luma] = Array.from({ length: 4 }, () => new Float64Array(256)) as [
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
  ];
  let pixels = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (region !== null && region.data[i >> 2] !== 1) continue;
    const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    tally(red, r);
    tally(green, g);
    tally(blue, b);
    tally(luma, lumaLevel(r, g, b));
    pixels += 1;
  }
  return { red, green, blue, luma, pixels };
}
