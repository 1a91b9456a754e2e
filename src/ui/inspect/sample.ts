import type { Rgba8 } from '../../core/image/types.ts';
import { readSheet, sheetOf } from './sheet.ts';

/** Statistics do not become visibly better with more pixels than these. */
const MOST_PIXELS = 1_000_000;

/** The size of a sample: the picture's own, or its shape with a million pixels at most. */
export function sampleSize({ width, height }: Pick<ImageBitmap, 'width' | 'height'>) {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}

/**
 * Pixels of a picture, evenly spread: taken, not averaged, so that no level comes up that the picture
 * does not have. Null where the browser has no canvas to spare.
 */
export function sampleOf(bitmap: ImageBitmap): Rgba8 | null {
  const size = sampleSize(bitmap);
  const sheet = sheetOf('sample', size, 'srgb');
  if (!sheet) return null;
  sheet.imageSmoothingEnabled = false;
  sheet.drawImage(bitmap, 0, 0, size.width, size.height);
  return readSheet(sheet, { x: 0, y: 0, ...size });
}
