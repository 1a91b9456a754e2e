import type { OverlayView } from '../../app/model.ts';
import type { DifferenceSettings } from '../inspect/difference.ts';
import { isPlain, type ShownAs } from '../inspect/showAs.ts';
import { paintGrid, paintValues, type Surface } from '../inspect/values.ts';
import { type Layer, type LayerLook, paintLayer } from './layer.ts';
import { type OverlayStyle, paintOverlay } from './overlay.ts';
import { makePace } from './pace.ts';
import { drawDifference } from './paint-difference.ts';
import { drawShownAs } from './paint-shown.ts';
import {
  frameRect,
  type Point,
  type Rect,
  type Size,
  seenPart,
  type Viewport,
} from './viewport.ts';

/** How several pictures share one pane. */
export type Mix =
  /** Side by side or beneath each other; the lines between them ascend, 0..1 of what is seen of the frame. */
  | {
      readonly kind: 'split';
      readonly lines: readonly number[];
      readonly into: 'columns' | 'rows';
    }
  /** The second lies over the first, 0..1. */
  | { readonly kind: 'onion'; readonly opacity: number }
  | { readonly kind: 'difference'; readonly settings: DifferenceSettings };

/** Everything a pane's drawing depends on, collected before the frame in which it is drawn. */
export interface Scene extends LayerLook {
  readonly frame: Size;
  readonly viewport: Viewport;
  /** One layer fills the pane; several share it as `mix` says. */
  readonly layers: readonly (Layer | null)[];
  readonly mix: Mix;
  readonly shownAs: ShownAs;
  /** A hand is moving it: what takes long may be drawn coarser until it rests. */
  readonly moving?: boolean;
  /** Where pixels may be looked into: grid and values when zoomed in, and the inspected place. */
  readonly instruments?: {
    /** 0..1 on each axis of the frame. */
    readonly mark: Point | null;
  };
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
  paintPictures({ context, pane, place, ratio: devicePixelRatio }, scene);
  if (scene.overlay && scene.layers.some((layer) => layer !== null)) {
    const at = { pane, place, ratio: devicePixelRatio, smooth: scene.smooth };
    paintOverlay(context, scene.overlay, at, scene.overlayStyle);
  }
  const mark = scene.instruments?.mark;
  if (mark) paintMark(context, place, mark, scene, devicePixelRatio);
}

/** Whether pictures are drawn pixel by pixel, and so perhaps coarser while they move. */
export const goesByPixels = (mix: Mix, shownAs: ShownAs): boolean =>
  mix.kind === 'difference' || !isPlain(shownAs);

const pace = makePace();

function paintPictures(surface: Surface, scene: Scene): void {
  const [first, second] = scene.layers;
  const { canvas } = surface.context;
  const { mix, smooth, shownAs, moving = false } = scene;
  if (mix.kind === 'difference' && scene.layers.length > 1) {
    if (!first || !second || first.dimmed || second.dimmed) return;
    const pair = {
      layers: [first, second],
      settings: mix.settings,
      channel: shownAs.channel,
    } as const;
    pace(canvas, moving, (step) => drawDifference(surface, { ...pair, smooth }, step));
  } else if (isPlain(shownAs)) paintParts(surface, scene, 1);
  else pace(canvas, moving, (step) => paintParts(surface, scene, step));
}

/** @param step see {@link makePace} */
function paintParts(surface: Surface, scene: Scene, step: number): void {
  const { context, pane } = surface;
  const { mix } = scene;
  if (mix.kind === 'onion') {
    const [first, second] = scene.layers;
    const whole = { x: 0, y: 0, width: pane.width, height: pane.height };
    if (first) paintPart(surface, first, scene, whole, step);
    context.globalAlpha = mix.opacity;
    if (second) paintPart(surface, second, scene, whole, step);
    context.globalAlpha = 1;
    return;
  }
  const parts = partsOf(surface, scene.layers.length, mix);
  scene.layers.forEach((layer, i) => {
    const part = parts[i];
    if (layer && part) paintPart(surface, layer, scene, part, step);
  });
}

/** The part of the pane that each picture of a split has, in whole device pixels. */
function partsOf({ pane, place }: Surface, count: number, mix: Mix): readonly Rect[] {
  const lines = mix.kind === 'split' ? mix.lines : [];
  const rows = mix.kind === 'split' && mix.into === 'rows';
  const seen = seenPart(place, pane) ?? { x: 0, y: 0, ...pane };
  const [from, length] = rows ? [seen.y, seen.height] : [seen.x, seen.width];
  const seams = lines.slice(0, count - 1).map((at) => Math.round(from + at * length));
  const ends = [0, ...seams, rows ? pane.height : pane.width];
  return ends.slice(1).map((to, i) => {
    const start = ends[i] ?? 0;
    return rows
      ? { x: 0, y: start, width: pane.width, height: to - start }
      : { x: start, y: 0, width: to - start, height: pane.height };
  });
}

/** One picture in a part of the pane, as the display settings show it. */
function paintPart(surface: Surface, layer: Layer, scene: Scene, part: Rect, step: number): void {
  if (part.width <= 0 || part.height <= 0) return;
  const { context, pane, place } = surface;
  context.save();
  context.beginPath();
  context.rect(part.x, part.y, part.width, part.height);
  context.clip();
  if (isPlain(scene.shownAs) || layer.map) paintLayer(context, pane, place, layer, scene);
  else drawShownAs(surface, { layer, look: scene, shownAs: scene.shownAs }, part, step);
  // A small picture that is fitted is looked at as a picture, not as pixels; a preview has other pixels.
  if (scene.instruments && !scene.viewport.fit && !layer.stretched) {
    paintGrid(surface, layer);
    const mixed = scene.layers.length > 1 && scene.mix.kind === 'onion';
    if (!layer.map && !mixed) paintValues(surface, layer, scene.shownAs);
  }
  context.restore();
}

/** CSS pixels. */
const LEAST_MARK = 9;

/** A box around the inspected pixel of the frame, white between black: seen on any picture. */
function paintMark(
  context: CanvasRenderingContext2D,
  place: Rect,
  mark: Point,
  { frame }: Pick<Scene, 'frame'>,
  ratio: number,
): void {
  const cell = place.width / frame.width;
  const side = Math.max(cell, LEAST_MARK * ratio);
  const x = place.x + (Math.floor(mark.x * frame.width) + 0.5) * cell - side / 2;
  const y = place.y + (Math.floor(mark.y * frame.height) + 0.5) * cell - side / 2;
  for (const [colour, width] of [
    ['#000', 3],
    ['#fff', 1],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width * ratio;
    context.strokeRect(x, y, side, side);
  }
}
