import type { OverlayView, ViewSettings } from '../../app/model.ts';
import { drawBitmap } from './layer.ts';
import { reducedSource } from './minify.ts';
import type { Rect, Size } from './viewport.ts';

/**
 * The overlay's one colour. Skin, hair and warm rooms are what lies beneath, so it is the hue
 * furthest from all of them; the viewer puts it on the picture only while the overlay is on.
 */
export const OVERLAY_RGB = [0, 214, 220] as const;
const OVERLAY_COLOUR = `rgb(${OVERLAY_RGB.join(', ')})`;

/** Painted around the line so that it is seen on a picture of its own colour too. */
const LINE_SHADOW = 'rgb(0, 0, 0)';

export type OverlayStyle = Pick<ViewSettings, 'overlayStyle' | 'overlayOpacity'>;

const tints = new WeakMap<ImageBitmap, ImageBitmap>();
const lines = new WeakMap<ImageBitmap, ImageBitmap>();

/** The pane that a mask is drawn in, and the picture's place there. */
interface OverlayPlace {
  readonly pane: Size;
  readonly place: Rect;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly smooth: boolean;
}

/** Draws the mask of a picture that fills `place`. Opacity is that of the tint; a line stays a line. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  overlay: OverlayView,
  { pane, place, ratio, smooth }: OverlayPlace,
  style: OverlayStyle,
): void {
  const look = { smooth: true, colorSpace: 'srgb' } as const;
  if (style.overlayStyle === 'cut-out') {
    // What lies outside the mask becomes as if it had not been drawn: the stage is seen there.
    context.globalCompositeOperation = 'destination-in';
    drawBitmap(context, pane, place, overlay.tint, { ...look, smooth });
    context.globalCompositeOperation = 'source-over';
    return;
  }
  if (style.overlayStyle !== 'contour') {
    context.globalAlpha = style.overlayOpacity;
    drawBitmap(context, pane, place, tintOf(overlay.tint), look);
    context.globalAlpha = 1;
  }
  if (style.overlayStyle !== 'tint') {
    drawBitmap(context, pane, place, lineOf(overlay.contour, place.width, ratio), look);
  }
}

/** The shape in the overlay's colour, made once. */
function tintOf(shape: ImageBitmap): ImageBitmap {
  const before = tints.get(shape);
  if (before) return before;
  const tint = made(shape, (context) => fillWith(context, shape, OVERLAY_COLOUR)) ?? shape;
  tints.set(shape, tint);
  return tint;
}

/** CSS pixels by which the dark edge, and the line itself, are wider than what is drawn. */
const SHADOW_REACH = 1;
const LINE_REACH = 0;
/** The same in a halved copy, which is shown up to two times smaller. */
const HALVED_SHADOW_REACH = 2;
const HALVED_LINE_REACH = 1;

/**
 * The line in the overlay's colour between dark edges, made once for every halving of the picture: a
 * thin line fades when a large picture is shown small; drawn around its place it stays a line.
 */
function lineOf(contour: ImageBitmap, width: number, ratio: number): ImageBitmap {
  const shape = reducedSource(contour, width, 'srgb');
  const before = lines.get(shape);
  if (before) return before;
  const drawn = made(shape, (context) => {
    const shadow = made(shape, (inner) => fillWith(inner, shape, LINE_SHADOW)) ?? shape;
    const line = made(shape, (inner) => fillWith(inner, shape, OVERLAY_COLOUR)) ?? shape;
    const isHalved = shape !== contour;
    const reach = (css: number) => Math.round(css * ratio);
    widen(context, shadow, reach(isHalved ? HALVED_SHADOW_REACH : SHADOW_REACH));
    widen(context, line, reach(isHalved ? HALVED_LINE_REACH : LINE_REACH));
  });
  lines.set(shape, drawn ?? shape);
  return drawn ?? shape;
}

type Sheet = OffscreenCanvasRenderingContext2D;

/** A bitmap of the shape's size, in main memory like the pictures themselves. */
function made(shape: ImageBitmap, draw: (context: Sheet) => void): ImageBitmap | null {
  const canvas = new OffscreenCanvas(shape.width, shape.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  draw(context);
  return canvas.transferToImageBitmap();
}

function fillWith(context: Sheet, shape: ImageBitmap, colour: string): void {
  context.drawImage(shape, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, shape.width, shape.height);
}

function widen(context: Sheet, line: ImageBitmap, reach: number): void {
  for (const [dx, dy] of [
    [-reach, 0],
    [reach, 0],
    [0, -reach],
    [0, reach],
    [0, 0],
  ] as const) {
    context.drawImage(line, dx, dy);
  }
}
