import type { Rgba8 } from './types.ts';

/** The picture's bytes as RGB interleaved, rows top to bottom: what OpenCV calls an RGB image. */
export function rgbBytes(picture: Rgba8): Uint8Array<ArrayBuffer> {
  const { data } = picture;
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return rgb;
}
