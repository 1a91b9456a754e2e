import { linearToSrgb, srgbToLinear } from '../colour/srgb.ts';
import type { Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';

/** Linear light of the 256 levels, 0..1. */
export const LINEAR_LIGHT: Float64Array<ArrayBuffer> = Float64Array.from({ length: 256 }, (_, i) =>
  srgbToLinear(i / 255),
);

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
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 1) {
    const before = LINEAR_LIGHT[data[i] ?? 0] ?? 0;
    const after = LINEAR_LIGHT[restored.data[i] ?? 0] ?? 0;
    const light = before * (1 - strength) + after * strength;
    result[i] = i % 4 === 3 ? 255 : levelOf(linearToSrgb(light));
  }
  return { width, height, data: result };
}
