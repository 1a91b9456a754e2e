import { editSheet, sheetOf } from '../inspect/sheet.ts';
import { type ShownAs, showInPlace } from '../inspect/showAs.ts';
import type { Surface } from '../inspect/values.ts';
import { type Layer, type LayerLook, paintLayer } from './layer.ts';
import { coarsePart, coarseSize } from './pace.ts';
import { intersectionOf, type Rect, seenPart } from './viewport.ts';

/** A picture that display settings change, and how it is drawn. */
export interface ShownPicture {
  readonly layer: Layer;
  readonly look: LayerLook;
  readonly shownAs: ShownAs;
}

/**
 * Draws a picture in a part of the pane as the display settings show it.
 * @param step see `makePace`
 */
export function drawShownAs(
  { context, pane, place }: Surface,
  { layer, look, shownAs }: ShownPicture,
  within: Rect,
  step: number,
): void {
  const part = intersectionOf(seenPart(place, pane), within);
  const size = coarseSize(pane, step);
  const sheet = sheetOf('first', size, look.colorSpace);
  if (!part || !sheet) return;
  const own = coarsePart(part, step);
  sheet.save();
  sheet.beginPath();
  sheet.rect(own.x, own.y, own.width, own.height);
  sheet.clip();
  sheet.scale(1 / step, 1 / step);
  paintLayer(sheet, pane, place, layer, { ...look, taken: step > 1 });
  sheet.restore();
  editSheet(sheet, own, (pixels) => showInPlace(pixels, shownAs));
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet.canvas, 0, 0, size.width * step, size.height * step);
}
