import type { Rgba8 } from '../../core/image/types.ts';
import type { Rect, Size } from '../viewer/viewport.ts';
import { readSheet, sheetOf } from './sheet.ts';

/** Statistics do not become visibly better with more pixels than these. */
const MOST_PIXELS = 1_000_000;

/** The size of a sample: the picture's own, or its shape with so many pixels at most. */
export function sampleSize({ width, height }: Size, most = MOST_PIXELS): Size {
  const scale = Math.min(1, Math.sqrt(most / (width * height)));
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}

/**
 * Pixels of a picture or of a part of it, evenly spread: taken, not averaged, so that no level comes up
 * that the picture does not have. Null where the browser has no canvas to spare.
 */
export function sampleOf(bitmap: ImageBitmap, part?: Rect, most = MOST_PIXELS): Rgba8 | null {
  const { x, y, width, height } = part ?? {
    x: 0,
    y: 0,
    width: bitmap.width,
    height: bitmap.height,
  };
  const size = sampleSize({ width, height }, most);
  const sheet = sheetOf('sample', size, 'srgb');
  if (!sheet) return null;
  sheet.imageSmoothingEnabled = false;
  sheet.drawImage(bitmap, x, y, width, height, 0, 0, size.width, size.height);
  return readSheet(sheet, { x: 0, y: 0, ...size });
}
