import { reducedSource } from './minify.ts';
import { containIn, type Rect, type Size, visiblePart } from './viewport.ts';

/** What one picture looks like in one pane. */
export interface Layer {
  readonly bitmap: ImageBitmap;
  /** A stand-in for a picture that is still being made. */
  readonly dimmed: boolean;
  /** Colours that stand for values: no exposure or channel is to change them. */
  readonly map: boolean;
  /** Fills the frame whatever its own size: the preview of a picture that will have the frame's. */
  readonly stretched?: true;
  /** The pixels that a shifted picture reaches; left out where that is all of them. */
  readonly reach?: Rect;
}

export interface LayerLook {
  readonly smooth: boolean;
  readonly colorSpace: PredefinedColorSpace;
  /** Pixels are taken as they come, not averaged, whatever `smooth` says. */
  readonly taken?: boolean;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** What lies over a stand-in, so that nobody takes it for the result. */
const VEIL = 'rgb(0 0 0 / 62%)';

/** Draws a picture into the frame's place, as far as it is seen in a pane of `pane` device pixels. */
export function paintLayer(
  context: Context,
  pane: Size,
  frame: Rect,
  layer: Layer,
  { smooth, ...look }: LayerLook,
): void {
  const place = layer.stretched ? frame : containIn(frame, layer.bitmap);
  const isSmooth = smooth || layer.stretched === true;
  drawBitmap(context, pane, place, layer.bitmap, { ...look, smooth: isSmooth });
  if (!layer.dimmed) return;
  context.fillStyle = VEIL;
  context.fillRect(place.x, place.y, place.width, place.height);
}

/**
 * Draws a bitmap that fills `place`, only what is seen of it: at 64:1 the whole picture would be wider
 * than a canvas may be. Shown smaller than it is, single pixels would alias into patterns that are not
 * in the picture, so it is smoothed whatever `smooth` says.
 */
export function drawBitmap(
  context: Context,
  pane: Size,
  place: Rect,
  bitmap: ImageBitmap,
  { smooth, colorSpace, taken = false }: LayerLook,
): void {
  const isReduced = Math.round(place.width) < bitmap.width;
  const at = isReduced ? onWholePixels(place) : place;
  const source = isReduced ? reducedSource(bitmap, at.width, colorSpace) : bitmap;
  const part = visiblePart(at, source, pane);
  if (!part) return;
  const scaleX = at.width / source.width;
  const scaleY = at.height / source.height;
  context.imageSmoothingEnabled = !taken && (smooth || isReduced);
  // The copies are near in size: more than bilinear costs three times as much and is not seen.
  context.imageSmoothingQuality = 'low';
  context.drawImage(
    source,
    part.x,
    part.y,
    part.width,
    part.height,
    at.x + part.x * scaleX,
    at.y + part.y * scaleY,
    part.width * scaleX,
    part.height * scaleY,
  );
}

/** So that a small picture looks the same wherever it is moved to. */
function onWholePixels({ x, y, width, height }: Rect): Rect {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  };
}
