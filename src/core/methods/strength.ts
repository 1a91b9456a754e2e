import { linearToSrgb, srgbToLinear } from '../colour/srgb.ts';
import type { Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';

/** Linear light of the 256 levels, 0..1. */
export const LINEAR_LIGHT: Float64Array<ArrayBuffer> = Float64Array.from({ length: 256 }, (_, i) =>
  srgbToLinear(i / 255),
);

/** The mixture of every pair of levels: `table[before × 256 + after]`. */
function mixtures(strength: number): Uint8Array {
  const table = new Uint8Array(256 * 256);
  LINEAR_LIGHT.forEach((before, row) => {
    LINEAR_LIGHT.forEach((after, column) => {
      const light = before * (1 - strength) + after * strength;
      table[row * 256 + column] = levelOf(linearToSrgb(light));
    });
  });
  return table;
}

/**
 * A picture mixed with what a method made of it, in linear light:
 * `encode((1 - strength) decode(picture) + strength decode(restored))`, 8 bits, rounded half up.
 * Strength 0 gives the picture's bytes, strength 1 the restored picture's.
 * @param strength 0..1
 * @throws RangeError when the sizes differ
 */
export function mixByStrength(picture: Rgba8, restored: Rgba8, strength: number): Rgba8 {
  const { width, height, data } = picture;
  if (restored.width !== width || restored.height !== height) {
    throw new RangeError(`A picture of ${width}×${height} cannot be mixed with another size.`);
  }
  const table = mixtures(strength);
  const result = new Uint8ClampedArray(data.length).fill(255);
  for (let i = 0; i < data.length; i += 1) {
    if (i % 4 === 3) continue;
    result[i] = table[((data[i] ?? 0) << 8) | (restored.data[i] ?? 0)] ?? 0;
  }
  return { width, height, data: result };
}
