import type { Rgba8 } from '../core/image/types.ts';

/** Side of the black and the white square in the lower corners. */
const SQUARE = 8;

/**
 * A small dim scene for dry runs and parity checks: a soft light in the middle, edges, fine texture and
 * three different channels, so that a swapped axis or channel does not go unseen; black and white in
 * the lower corners, where networks divide by nothing or leave their range.
 */
export function trialPicture(width: number, height: number): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const across = x / width - 0.5;
      const down = y / height - 0.4;
      const light = 18 + 90 * Math.exp(-(across ** 2 + down ** 2) * 9);
      const edge = (x >> 3) % 4 === 0 ? 14 : 0;
      const texture = 5 * Math.sin(x * 0.9) * Math.cos(y * 0.7);
      const corner = y >= height - SQUARE && (x < SQUARE || x >= width - SQUARE);
      if (corner) {
        data.set(x < SQUARE ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * width + x) * 4);
        continue;
      }
      const level = light + edge + texture;
      data.set([level, level * 0.78, level * 0.6 + 6, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
