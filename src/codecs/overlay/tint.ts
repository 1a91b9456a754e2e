import type { Gray8 } from '../../core/image/types.ts';
import type { Samples8 } from '../png/encode.ts';

/** White with the mask as alpha: the viewer gives it its colour. */
export function tintOf(mask: Gray8): Samples8 {
  const data = new Uint8Array(mask.data.length * 2);
  for (let i = 0; i < mask.data.length; i += 1) {
    data[2 * i] = 255;
    data[2 * i + 1] = mask.data[i] ?? 0;
  }
  return { width: mask.width, height: mask.height, channels: 2, data };
}
