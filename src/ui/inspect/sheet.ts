import type { Rgba8 } from '../../core/image/types.ts';
import type { Rect, Size } from '../viewer/viewport.ts';

/** A canvas off the screen whose pixels are read: kept in main memory, where reading is cheap. */
export type Sheet = OffscreenCanvasRenderingContext2D;

const sheets = new Map<string, Sheet>();

/**
 * An empty sheet of the size, the same one for the same name and colour space: nothing on it lasts
 * longer than one drawing.
 */
export function sheetOf(name: string, size: Size, colorSpace: PredefinedColorSpace): Sheet | null {
  const key = `${name} ${colorSpace}`;
  const known = sheets.get(key);
  if (known && known.canvas.width === size.width && known.canvas.height === size.height) {
    known.clearRect(0, 0, size.width, size.height);
    return known;
  }
  const canvas = new OffscreenCanvas(Math.max(1, size.width), Math.max(1, size.height));
  const sheet = canvas.getContext('2d', { colorSpace, willReadFrequently: true });
  if (sheet) sheets.set(key, sheet);
  return sheet;
}

/** What is drawn in a part of the sheet. */
export function readSheet(sheet: Sheet, part: Rect): Rgba8 {
  const { width, height, data } = sheet.getImageData(part.x, part.y, part.width, part.height);
  return { width, height, data: new Uint8ClampedArray(data) };
}

export function writeSheet(sheet: Sheet, picture: Rgba8, part: Rect): void {
  const image = sheet.createImageData(part.width, part.height);
  image.data.set(picture.data);
  sheet.putImageData(image, part.x, part.y);
}
