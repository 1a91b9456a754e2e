import type { Plane, Rgba8 } from '../image/types.ts';

/**
 * BT.601 luma of 8-bit R'G'B' in thousandths of a level: `299 R + 587 G + 114 B`, 0..255000. Being
 * whole numbers, squares of its differences add up exactly in any order.
 */
export function lumaThousandths(red: number, green: number, blue: number): number {
  return 299 * red + 587 * green + 114 * blue;
}

/** Unrounded BT.601 luma `0.299 R + 0.587 G + 0.114 B` of every pixel on the 8-bit scale, 0..255. */
export function lumaPlane({ width, height, data }: Rgba8): Plane {
  const luma = new Float64Array(width * height);
  for (let i = 0, j = 0; i < luma.length; i += 1, j += 4) {
    luma[i] = lumaThousandths(data[j] ?? 0, data[j + 1] ?? 0, data[j + 2] ?? 0) / 1000;
  }
  return { width, height, data: luma };
}
