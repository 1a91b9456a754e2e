import type { OverlayView } from '../../app/model.ts';
import { reducedSource } from './minify.ts';
import { type OverlayStyle, paintOverlay } from './overlay.ts';
import {
  containIn,
  frameRect,
  type Rect,
  type Size,
  type Viewport,
  visiblePart,
} from './viewport.ts';

/** What one picture looks like in one pane. */
export interface Layer {
  readonly bitmap: ImageBitmap;
  /** A stand-in for a picture that is still being made. */
  readonly dimmed: boolean;
}

/** Everything a pane's drawing depends on, collected before the frame in which it is drawn. */
export interface Scene {
  readonly frame: Size;
  readonly viewport: Viewport;
  readonly smooth: boolean;
  /** Of the canvas: wide where the screen and one of the pictures are. */
  readonly colorSpace: PredefinedColorSpace;
  /** One layer fills the pane; of two, the second begins at `splitAt` (0..1 of the width). */
  readonly layers: readonly (Layer | null)[];
  readonly splitAt: number;
  readonly overlay: OverlayView | null;
  readonly overlayStyle: OverlayStyle;
}

/** Draws a scene into a context whose canvas has `pane` device pixels. */
export function paintScene(
  context: CanvasRenderingContext2D,
  pane: Size,
  scene: Scene,
  devicePixelRatio: number,
): void {
  context.clearRect(0, 0, pane.width, pane.height);
  const place = frameRect(scene.viewport, scene.frame, pane);
  const [first, second] = scene.layers;
  const seam = scene.layers.length > 1 ? Math.round(scene.splitAt * pane.width) : pane.width;
  if (first) paintLayer(context, pane, place, first, scene, [0, seam]);
  if (second) paintLayer(context, pane, place, second, scene, [seam, pane.width]);
  if (scene.overlay && (first || second)) {
    paintOverlay(context, scene.overlay, place, scene.overlayStyle, devicePixelRatio);
  }
}

/** What lies over a stand-in, so that nobody takes it for the result. */
const VEIL = 'rgb(0 0 0 / 62%)';

function paintLayer(
  context: CanvasRenderingContext2D,
  pane: Size,
  frame: Rect,
  layer: Layer,
  { smooth, colorSpace }: Pick<Scene, 'smooth' | 'colorSpace'>,
  [from, to]: readonly [number, number],
): void {
  const place = containIn(frame, layer.bitmap);
  const part = visiblePart(place, layer.bitmap, pane);
  if (!part || to <= from) return;
  const reduced = Math.round(place.width) < layer.bitmap.width;
  context.save();
  context.beginPath();
  context.rect(from, 0, to - from, pane.height);
  context.clip();
  // Below 1:1 single pixels would alias into patterns that are not in the picture.
  context.imageSmoothingEnabled = smooth || reduced;
  context.imageSmoothingQuality = 'high';
  if (reduced) drawReduced(context, layer.bitmap, place, colorSpace);
  else drawPart(context, layer.bitmap, part, place);
  if (layer.dimmed) {
    context.fillStyle = VEIL;
    context.fillRect(place.x, place.y, place.width, place.height);
  }
  context.restore();
}

/** On whole pixels, so that a reduced copy looks no different from the picture itself. */
function drawReduced(
  context: CanvasRenderingContext2D,
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
  context: CanvasRenderingContext2D,
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
