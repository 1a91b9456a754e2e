import type { Rgba8 } from '../core/image/types.ts';

/** A picture as the canvas draws it. */
export function toBitmap({ data, width, height }: Rgba8): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(data, width, height));
}
