import { bitmapOfFile } from '../codecs/browser.ts';
import { encodePng } from '../codecs/png/encode.ts';
import { isDisplayP3 } from '../codecs/profile/embedded.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { DecodedPicture } from '../protocol/codec.ts';

/**
 * A picture as the canvas draws it.
 * @param profile what its code values mean; null: sRGB
 */
export async function toBitmap(
  picture: Rgba8,
  profile: DecodedPicture['profile'] = null,
): Promise<ImageBitmap> {
  const { data, width, height } = picture;
  if (!profile) return createImageBitmap(new ImageData(data, width, height));
  if (isDisplayP3(profile.icc)) {
    const pixels = new ImageData(data, width, height, { colorSpace: 'display-p3' });
    // Browsers that do not know the setting ignore it.
    if (pixels.colorSpace === 'display-p3') return createImageBitmap(pixels);
  }
  return bitmapOfFile(new Blob([await encodePng(picture, profile.icc)], { type: 'image/png' }));
}
