import { type Bytes, hexOf } from '../core/bytes.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { BrowserDecoder } from './decodeFile.ts';
import { makeOpaque } from './opaque.ts';

/*
 * What only a browser can do; all of it works in a worker.
 */

/** Draws a bitmap on an sRGB canvas and reads it back: its pixels in sRGB, alpha as it is. */
function canvasPixels(bitmap: ImageBitmap): Rgba8 {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!context) throw new Error('The browser gave no 2-D canvas.');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
  return { width, height, data };
}

/** A bitmap's pixels in sRGB, alpha set to 255. */
export function srgbPixels(bitmap: ImageBitmap): Rgba8 {
  const pixels = canvasPixels(bitmap);
  makeOpaque(pixels);
  return pixels;
}

/** The browser's own decoder for formats that are not measured to the byte. */
export const decodeInBrowser: BrowserDecoder = async (file, mimeType, colours) => {
  const bitmap = await createImageBitmap(new Blob([file], { type: mimeType }), {
    colorSpaceConversion: colours === 'raw' ? 'none' : 'default',
    premultiplyAlpha: 'none',
    imageOrientation: 'from-image',
  });
  try {
    return canvasPixels(bitmap);
  } finally {
    bitmap.close();
  }
};

/** A bitmap that shows exactly these pixels, taken as sRGB. */
export function bitmapOfPixels({ width, height, data }: Rgba8): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(data, width, height), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
}

/** A bitmap of an image file, its embedded profile and orientation honoured. */
export function bitmapOfFile(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file, { imageOrientation: 'from-image' });
}

/** Hex SHA-256. Needs a secure context: https or localhost. */
export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
