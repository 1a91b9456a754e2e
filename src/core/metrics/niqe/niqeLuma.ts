import type { Plane, Rgba8 } from '../../image/types.ts';

/** Sides of NIQE's blocks at full size; at half size they are half as long. */
export const BLOCK = 96;

/**
 * BT.601 luma in studio range, `16 + (65.481 R + 128.553 G + 24.966 B) / 255` rounded to whole levels
 * 16..235, as MATLAB's `rgb2ycbcr` gives it; cut at the right and at the bottom to whole blocks.
 */
export function niqeLuma({ width, height, data }: Rgba8): Plane {
  const cutWidth = width - (width % BLOCK);
  const cutHeight = height - (height % BLOCK);
  const luma = new Float64Array(cutWidth * cutHeight);
  for (let y = 0, i = 0; y < cutHeight; y += 1) {
    for (let x = 0, j = y * width * 4; x < cutWidth; x += 1, i += 1, j += 4) {
      const sum =
        65.481 * (data[j] ?? 0) + 128.553 * (data[j + 1] ?? 0) + 24.966 * (data[j + 2] ?? 0);
      luma[i] = Math.round(16 + sum / 255);
    }
  }
  return { width: cutWidth, height: cutHeight, data: luma };
}
