import type { Rgba8 } from '../../core/image/types.ts';
import type { Rect, Size } from '../viewer/viewport.ts';

/** A canvas off the screen. */
export type Sheet = OffscreenCanvasRenderingContext2D;

const sheets = new Map<string, Sheet>();

/**
 * An empty sheet whose pixels are read, kept in main memory, where reading is cheap. It is the same one
 * for the same name and colour space: nothing on it lasts longer than one drawing.
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
  return sheet.getImageData(part.x, part.y, part.width, part.height) as Rgba8;
}

/** Changes what is drawn in a part of the sheet, pixel by pixel. */
export function editSheet(sheet: Sheet, part: Rect, edit: (pixels: Rgba8) => void): void {
  const image = sheet.getImageData(part.x, part.y, part.width, part.height);
  edit(image as Rgba8);
  sheet.putImageData(image, part.x, part.y);
}
