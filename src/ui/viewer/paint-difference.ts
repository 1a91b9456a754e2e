import { NEUTRAL_DISPLAY } from '../../core/inspect/displayTransform.ts';
import { type DifferenceSettings, differenceInPlace } from '../inspect/difference.ts';
import { editSheet, readSheet, sheetOf } from '../inspect/sheet.ts';
import { type ShownAs, showInPlace } from '../inspect/showAs.ts';
import type { Surface } from '../inspect/values.ts';
import { type Layer, paintLayer } from './layer.ts';
import { type Rect, seenPart } from './viewport.ts';

/** Two pictures, and how their difference is to be seen. */
export interface Pair {
  readonly layers: readonly [Layer, Layer];
  readonly settings: DifferenceSettings;
  readonly channel: ShownAs['channel'];
  readonly smooth: boolean;
}

/** What a whole difference may cost while a hand moves the picture, in ms: half of a frame. */
const MOST_MS = 8;
/** Of so many pixels a side one is compared where that is too slow: a quarter of the work. */
const COARSE = 2;

/** What the last whole difference cost. */
let cost = 0;

/**
 * Draws the difference of two pictures as they stand on the screen: at this zoom, within what is seen.
 * @param moving while a hand moves them, fewer pixels are compared on a machine that is not fast
 *   enough for all of them; what rests is whole
 */
export function paintDifference(surface: Surface, pair: Pair, moving: boolean): void {
  if (moving && cost > MOST_MS) {
    drawDifference(surface, pair, COARSE);
    return;
  }
  const start = performance.now();
  drawDifference(surface, pair, 1);
  cost = performance.now() - start;
}

/**
 * Draws a difference, or of every so many pixels of the screen one, as large as they all. Taken, not
 * averaged: noise must not look less while the picture moves.
 * @param step pixels a side, 1 for all
 */
export function drawDifference(surface: Surface, pair: Pair, step: number): void {
  const { context, pane, place } = surface;
  const size = { width: Math.ceil(pane.width / step), height: Math.ceil(pane.height / step) };
  const seen = seenPart(place, pane);
  const part = seen && dividedBy(seen, step);
  const [first, second] = pair.layers.map((layer, i) => {
    const sheet = sheetOf(`side ${i}`, size, 'srgb');
    if (!sheet) return null;
    sheet.setTransform(1 / step, 0, 0, 1 / step, 0, 0);
    paintLayer(sheet, pane, place, layer, {
      smooth: pair.smooth,
      colorSpace: 'srgb',
      taken: step > 1,
    });
    sheet.resetTransform();
    return sheet;
  });
  if (!part || !first || !second) return;
  const before = readSheet(first, part);
  editSheet(second, part, (after) => {
    // A channel, or luma, is compared alone and shown as grey.
    const alone = { ...NEUTRAL_DISPLAY, channel: pair.channel, clipping: false };
    if (pair.channel !== 'rgb') for (const side of [before, after]) showInPlace(side, alone);
    differenceInPlace(before, after, pair.settings);
  });
  context.imageSmoothingEnabled = false;
  context.drawImage(second.canvas, 0, 0, size.width * step, size.height * step);
}

/** The pixels that are taken of a part of the screen. */
function dividedBy({ x, y, width, height }: Rect, step: number): Rect {
  const [left, top] = [Math.floor(x / step), Math.floor(y / step)];
  const [right, bottom] = [Math.ceil((x + width) / step), Math.ceil((y + height) / step)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
