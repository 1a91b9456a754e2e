import { NEUTRAL_DISPLAY } from '../../core/inspect/displayTransform.ts';
import { type DifferenceSettings, differenceInPlace } from '../inspect/difference.ts';
import { editSheet, readSheet, sheetOf } from '../inspect/sheet.ts';
import { type ShownAs, showInPlace } from '../inspect/showAs.ts';
import type { Surface } from '../inspect/values.ts';
import { type Layer, paintLayer } from './layer.ts';
import { coarsePart, coarseSize } from './pace.ts';
import { seenPart } from './viewport.ts';

/** Two pictures, and how their difference is to be seen. */
export interface Pair {
  readonly layers: readonly [Layer, Layer];
  readonly settings: DifferenceSettings;
  readonly channel: ShownAs['channel'];
  readonly smooth: boolean;
}

/**
 * Draws the difference of two pictures as they stand on the screen: at this zoom, within what is seen.
 * @param step see `makePace`
 */
export function drawDifference(surface: Surface, pair: Pair, step: number): void {
  const { context, pane, place } = surface;
  const size = coarseSize(pane, step);
  const seen = seenPart(place, pane);
  const part = seen && coarsePart(seen, step);
  const [first, second] = pair.layers.map((layer, i) => {
    const sheet = sheetOf(`side ${i}`, size, 'srgb');
    if (!sheet) return null;
    sheet.save();
    sheet.scale(1 / step, 1 / step);
    paintLayer(sheet, pane, place, layer, {
      smooth: pair.smooth,
      colorSpace: 'srgb',
      taken: step > 1,
    });
    sheet.restore();
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
