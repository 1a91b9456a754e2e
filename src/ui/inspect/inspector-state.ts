import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { PictureView } from '../../app/model.ts';
import { type PixelFacts, pixelFacts } from '../../core/inspect/pixelFacts.ts';
import type { PaneKey } from '../viewer/panes.ts';
import { containIn, frameRect, type Point, type Size, type Viewport } from '../viewer/viewport.ts';
import { pixelsOf } from './values.ts';

/** What lies under the pointer, in every picture of the case. */
export interface InspectorTool {
  readonly inspecting: Accessor<boolean>;
  readonly toggleInspector: () => void;
  /** @param point device pixels in a pane; null: the pointer has left, the view's middle is looked at */
  readonly pointAt: (point: Point | null) => void;
  /** The place that is looked at, 0..1 on each axis of the frame; null while nothing is inspected. */
  readonly inspected: Accessor<Point | null>;
  readonly readings: Accessor<readonly Reading[]>;
}

/** One picture's pixel at the inspected place. */
export interface Reading {
  readonly pane: PaneKey;
  readonly x: number;
  readonly y: number;
  readonly facts: PixelFacts;
}

interface Surroundings {
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly viewport: Accessor<Viewport>;
  readonly panes: Accessor<readonly PaneKey[]>;
  readonly picture: (pane: PaneKey) => Pick<PictureView, 'bitmap'> | null;
}

/** Where in the frame a point of a pane lies; null beside the frame. */
export function placeInFrame(point: Point, view: Viewport, frame: Size, pane: Size): Point | null {
  const place = frameRect(view, frame, pane);
  const [x, y] = [(point.x - place.x) / place.width, (point.y - place.y) / place.height];
  return x >= 0 && y >= 0 && x < 1 && y < 1 ? { x, y } : null;
}

/** The pixel of a picture, centred in the frame, at a place of the frame; null beside the picture. */
export function pixelAt(place: Point, frame: Size, picture: Size): Point | null {
  const own = containIn({ x: 0, y: 0, ...frame }, picture);
  const x = Math.floor(((place.x * frame.width - own.x) * picture.width) / own.width);
  const y = Math.floor(((place.y * frame.height - own.y) * picture.height) / own.height);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}

export function createInspector(around: Surroundings): InspectorTool {
  const [inspecting, setInspecting] = createSignal(false);
  const [pointer, setPointer] = createSignal<Point | null>(null);
  const inspected = createMemo(() => {
    const frame = around.frame();
    if (!inspecting() || !frame || around.paneSize().width === 0) return null;
    const { viewport, paneSize } = around;
    const middle = { x: paneSize().width / 2, y: paneSize().height / 2 };
    return placeInFrame(pointer() ?? middle, viewport(), frame, paneSize());
  });
  const read = (pane: PaneKey): Reading | null => {
    const [place, frame] = [inspected(), around.frame()];
    const bitmap = around.picture(pane)?.bitmap;
    const pixel = place && frame && bitmap ? pixelAt(place, frame, bitmap) : null;
    const picture = pixel && bitmap ? pixelsOf(bitmap, { ...pixel, width: 1, height: 1 }) : null;
    const facts = picture && pixelFacts(picture, 0, 0);
    return pixel && facts && { pane, ...pixel, facts };
  };
  return {
    inspecting,
    toggleInspector: () => setInspecting(!inspecting()),
    pointAt: (point) => inspecting() && setPointer(point),
    inspected,
    readings: createMemo(() => around.panes().flatMap((pane) => read(pane) ?? [])),
  };
}
