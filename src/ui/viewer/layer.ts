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
}

export interface LayerLook {
  readonly smooth: boolean;
  readonly colorSpace: PredefinedColorSpace;
}

/** What lies over a stand-in, so that nobody takes it for the result. */
const VEIL = 'rgb(0 0 0 / 62%)';

/** Draws a picture into the frame's place, as far as it is seen in a pane of `pane` device pixels. */
export function paintLayer(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  pane: Size,
  frame: Rect,
  layer: Layer,
  { smooth, colorSpace }: LayerLook,
): void {
  const place = layer.stretched ? frame : containIn(frame, layer.bitmap);
  const part = visiblePart(place, layer.bitmap, pane);
  if (!part) return;
  const reduced = Math.round(place.width) < layer.bitmap.width;
  // Below 1:1 single pixels would alias into patterns that are not in the picture.
  context.imageSmoothingEnabled = smooth || reduced || layer.stretched === true;
  context.imageSmoothingQuality = 'high';
  if (reduced) drawReduced(context, layer.bitmap, place, colorSpace);
  else drawPart(context, layer.bitmap, part, place);
  if (!layer.dimmed) return;
  context.fillStyle = VEIL;
  context.fillRect(place.x, place.y, place.width, place.height);
}

/** On whole pixels, so that a reduced copy looks no different from the picture itself. */
function drawReduced(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  place: Rect,
  colorSpace: PredefinedColorSpace,
): void {
  const width = Math.max(1, Math.round(place.width));
  const height = Math.max(1, Math.round(place.height));
  const source = reducedSource(bitmap, width, height, colorSpace);
  context.drawImage(source, Math.round(place.x), Math.round(place.y), width, height);
}

/** Only what is seen: at 64:1 the whole picture would be wider than a canvas may be. */
function drawPart(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  part: Rect,
  place: Rect,
): void {
  const scaleX = place.width / bitmap.width;
  const scaleY = place.height / bitmap.height;
  context.drawImage(
    bitmap,
    part.x,
    part.y,
    part.width,
    part.height,
    place.x + part.x * scaleX,
    place.y + part.y * scaleY,
    part.width * scaleX,
    part.height * scaleY,
  );
}
