import type { OverlayView, ViewSettings } from '../../app/model.ts';
import type { Rect } from './viewport.ts';

/**
 * The overlay's one colour. Skin, hair and warm rooms are what lies beneath, so it is the hue
 * furthest from all of them; the viewer puts it on the picture only while the overlay is on.
 */
export const OVERLAY_RGB = [0, 214, 220] as const;
const OVERLAY_COLOUR = `rgb(${OVERLAY_RGB.join(', ')})`;

/** Painted around the line so that it is seen on a picture of its own colour too. */
const LINE_SHADOW = 'rgb(0, 0, 0)';

const coloured = new WeakMap<ImageBitmap, Map<string, OffscreenCanvas>>();

/** The bitmap's shape in one colour, made once for every bitmap and colour. */
function inColour(shape: ImageBitmap, colour: string): OffscreenCanvas {
  let variants = coloured.get(shape);
  if (!variants) {
    variants = new Map();
    coloured.set(shape, variants);
  }
  const known = variants.get(colour);
  if (known) return known;
  const canvas = new OffscreenCanvas(shape.width, shape.height);
  const context = canvas.getContext('2d');
  if (context) {
    context.drawImage(shape, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = colour;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  variants.set(colour, canvas);
  return canvas;
}

export type OverlayStyle = Pick<ViewSettings, 'overlayStyle' | 'overlayOpacity'>;

/** Draws the mask of a picture that fills `place`. Opacity is that of the tint; a line stays a line. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  overlay: OverlayView,
  place: Rect,
  style: OverlayStyle,
  devicePixelRatio: number,
): void {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  if (style.overlayStyle !== 'contour') {
    context.globalAlpha = style.overlayOpacity;
    draw(context, inColour(overlay.tint, OVERLAY_COLOUR), place, 0, 0);
    context.globalAlpha = 1;
  }
  if (style.overlayStyle !== 'tint') {
    strengthen(context, inColour(overlay.contour, LINE_SHADOW), place, devicePixelRatio * 1.25);
    strengthen(context, inColour(overlay.contour, OVERLAY_COLOUR), place, devicePixelRatio * 0.5);
  }
}

/** A thin line fades when a large picture is shown small; drawn around its place it stays a line. */
function strengthen(
  context: CanvasRenderingContext2D,
  line: OffscreenCanvas,
  place: Rect,
  reach: number,
): void {
  for (const [dx, dy] of [
    [-reach, 0],
    [reach, 0],
    [0, -reach],
    [0, reach],
    [0, 0],
  ] as const) {
    draw(context, line, place, dx, dy);
  }
}

function draw(
  context: CanvasRenderingContext2D,
  image: OffscreenCanvas,
  place: Rect,
  dx: number,
  dy: number,
): void {
  context.drawImage(image, place.x + dx, place.y + dy, place.width, place.height);
}
