import { areaThumbnail } from './thumbnail.ts';
import type { Rgba8 } from './types.ts';

/**
 * A picture averaged down until its longer side is `side` pixels, 8 bits, rounded half up; a smaller
 * one stays as it is.
 */
export function shrinkTo(picture: Rgba8, side: number): Rgba8 {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const planes = areaThumbnail(picture, width, height);
  const pixels = width * height;
  const data = new Uint8ClampedArray(pixels * 4).fill(255);
  for (let i = 0; i < pixels; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[i * 4 + channel] = Math.floor((planes[channel * pixels + i] ?? 0) * 255 + 0.5);
    }
  }
  return { width, height, data };
}
