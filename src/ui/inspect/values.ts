import type { Rgba8 } from '../../core/image/types.ts';
import { lumaLevel } from '../../core/inspect/histogram.ts';
import type { Layer } from '../viewer/layer.ts';
import {
  containIn,
  intersectionOf,
  type Rect,
  type Size,
  visiblePart,
} from '../viewer/viewport.ts';
import { readSheet, sheetOf } from './sheet.ts';
import { type ShownAs, showAs } from './showAs.ts';

/** Where pictures are drawn: the canvas, its size in device pixels, and the frame's place on it. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly pane: Size;
  readonly place: Rect;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** Device pixels a picture's pixel is wide when the lines between pixels come. */
const GRID_FROM = 8;
/** CSS pixels it is wide when one number, and when three of them can be read in it. */
const LUMA_FROM = 22;
const RGB_FROM = 34;
/** CSS pixels. */
const FONT_SIZE = 9.5;

const THIN_LINE = ['rgb(128 128 128 / 45%)'] as const;
/** Dark beside light, so that lines are seen on pixels of any level, mid-grey too. */
const LINE = ['rgb(0 0 0 / 40%)', 'rgb(255 255 255 / 20%)'] as const;
/** Device pixels a picture's pixel is wide when both have room. */
const LINE_FROM = 16;

/** Which numbers fit into a pixel that is `cell` CSS pixels wide. */
export function numbersIn(cell: number): 'none' | 'luma' | 'rgb' {
  if (cell < LUMA_FROM) return 'none';
  return cell < RGB_FROM ? 'luma' : 'rgb';
}

type Pixels = Pick<Layer, 'bitmap' | 'reach'>;

/** The pixels that the picture has in the pane; null where it has none. */
function pixelsIn(pane: Size, own: Rect, { bitmap, reach }: Pixels): Rect | null {
  const part = visiblePart(own, bitmap, pane);
  return reach ? intersectionOf(part, reach) : part;
}

/** The lines between a picture's pixels, from 800 % on. */
export function paintGrid({ context, pane, place }: Surface, picture: Pixels): void {
  const own = containIn(place, picture.bitmap);
  const cell = own.width / picture.bitmap.width;
  const part = pixelsIn(pane, own, picture);
  if (cell < GRID_FROM || !part) return;
  const [left, right] = [own.x + part.x * cell, own.x + (part.x + part.width) * cell];
  const [top, bottom] = [own.y + part.y * cell, own.y + (part.y + part.height) * cell];
  (cell < LINE_FROM ? THIN_LINE : LINE).forEach((colour, i) => {
    context.fillStyle = colour;
    for (let x = part.x; x <= part.x + part.width; x += 1) {
      context.fillRect(Math.round(own.x + x * cell) + i, top, 1, bottom - top);
    }
    for (let y = part.y; y <= part.y + part.height; y += 1) {
      context.fillRect(left, Math.round(own.y + y * cell) + i, right - left, 1);
    }
  });
}

/**
 * The code values of the pixels in the pixels: the picture's own, whatever exposure shows them with.
 * As much as can be read: red, green and blue beneath each other, or luma, or nothing.
 */
export function paintValues(surface: Surface, picture: Pixels, shownAs: ShownAs): void {
  const { context, pane, place, ratio } = surface;
  const { bitmap } = picture;
  const own = containIn(place, bitmap);
  const cell = own.width / bitmap.width;
  const numbers = numbersIn(cell / ratio);
  const part = pixelsIn(pane, own, picture);
  if (numbers === 'none' || !part) return;
  const pixels = pixelsOf(bitmap, part);
  if (!pixels) return;
  const shown = showAs(pixels, { ...shownAs, clipping: false });
  context.font = `${FONT_SIZE * ratio}px ui-monospace, monospace`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let i = 0; i < part.width * part.height; i += 1) {
    const x = own.x + (part.x + (i % part.width) + 0.5) * cell;
    const y = own.y + (part.y + Math.floor(i / part.width) + 0.5) * cell;
    context.fillStyle = lumaOf(shown, i) > 127 ? '#000' : '#fff';
    const lines = numbers === 'luma' ? [lumaOf(pixels, i)] : rgbOf(pixels, i);
    lines.forEach((value, line) => {
      const offset = line - (lines.length - 1) / 2;
      context.fillText(String(value), x, y + offset * FONT_SIZE * ratio);
    });
  }
}

const rgbOf = ({ data }: Rgba8, i: number): readonly [number, number, number] => [
  data[i * 4] ?? 0,
  data[i * 4 + 1] ?? 0,
  data[i * 4 + 2] ?? 0,
];

const lumaOf = (picture: Rgba8, i: number): number => lumaLevel(...rgbOf(picture, i));

/** A part of a picture as sRGB values; null where the browser has no canvas to spare. */
export function pixelsOf(bitmap: ImageBitmap, part: Rect): Rgba8 | null {
  const { x, y, width, height } = part;
  const sheet = sheetOf('part', { width, height }, 'srgb');
  if (!sheet) return null;
  sheet.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  return readSheet(sheet, { x: 0, y: 0, width, height });
}
