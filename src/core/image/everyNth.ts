import type { Rgba8 } from './types.ts';

/**
 * Every nth pixel of every nth row, with the largest n that leaves a longer side of at least `side`:
 * fast and aliased, for statistics only.
 */
export function everyNth(picture: Rgba8, side: number): Rgba8 {
  const step = Math.floor(Math.max(picture.width, picture.height) / side);
  if (step <= 1) return picture;
  const width = Math.ceil(picture.width / step);
  const height = Math.ceil(picture.height / step);
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset);
  const words = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = y * step * picture.width;
    for (let x = 0; x < width; x += 1) words[y * width + x] = from[row + x * step] ?? 0;
  }
  return { width, height, data: new Uint8ClampedArray(words.buffer) };
}
