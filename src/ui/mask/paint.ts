import type { Gray8 } from '../../core/image/types.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { type Rect, seenPart } from '../viewer/viewport.ts';
import type { MaskSession } from './session.ts';
import { paneTint } from './tint.ts';

/**
 * Draws a whole mask into its place in a pane.
 * @param place in device pixels
 */
export function paintTint(
  context: CanvasRenderingContext2D,
  { mask, tint }: Pick<MaskSession, 'mask' | 'tint'>,
  place: Rect,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  if (!tint) {
    paintPart(context, mask, place, { x: 0, y: 0, width: mask.width, height: mask.height });
    return;
  }
  tint.freshen();
  const size = (place.width / mask.width) * tint.step;
  context.imageSmoothingEnabled = size < 1;
  context.imageSmoothingQuality = 'medium';
  const { canvas } = tint;
  context.drawImage(canvas, place.x, place.y, canvas.width * size, canvas.height * size);
}

/**
 * Draws a part of a mask anew, and no other pixel of the pane.
 * @param part in pixels of the mask
 */
export function paintPart(
  context: CanvasRenderingContext2D,
  mask: Gray8,
  place: Rect,
  part: Rectangle,
): void {
  const scale = place.width / mask.width;
  const box = {
    x: place.x + part.x * scale,
    y: place.y + part.y * scale,
    width: part.width * scale,
    height: part.height * scale,
  };
  const seen = seenPart(box, context.canvas);
  if (seen) context.putImageData(paneTint(mask, place, seen), seen.x, seen.y);
}
