import type { Rectangle } from '../metrics/regionRule.ts';
import type { BinaryMask, Gray8, Rgba8 } from './types.ts';

/** Rows of a part that lies within the picture, `channels` samples a pixel. @throws RangeError where it does not */
function cropSamples<T extends Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>>(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: T },
  part: Rectangle,
  channels: number,
  target: T,
): T {
  if (part.x < 0 || part.y < 0 || part.x + part.width > width || part.y + part.height > height) {
    throw new RangeError(`A part at ${part.x}, ${part.y} lies outside of ${width}×${height}.`);
  }
  for (let row = 0; row < part.height; row += 1) {
    const start = ((part.y + row) * width + part.x) * channels;
    target.set(data.subarray(start, start + part.width * channels), row * part.width * channels);
  }
  return target;
}

/** A part of a picture, in whole pixels within it. @throws RangeError where it lies outside */
export function cropPicture(picture: Rgba8, part: Rectangle): Rgba8 {
  const { width, height } = part;
  const data = cropSamples(picture, part, 4, new Uint8ClampedArray(width * height * 4));
  return { width, height, data };
}

/** A part of a mask or a grey picture. @throws RangeError where it lies outside */
export function cropGrey<T extends Gray8 | BinaryMask>(grey: T, part: Rectangle): T {
  const { width, height } = part;
  const data = cropSamples(grey, part, 1, new Uint8Array(width * height));
  return { ...grey, width, height, data };
}
