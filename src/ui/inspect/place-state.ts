import { type Accessor, createMemo, createSignal } from 'solid-js';
import {
  containIn,
  frameRect,
  type Point,
  type Rect,
  type Size,
  type Viewport,
} from '../viewer/viewport.ts';

/** The place of the scene that instruments look at: under the pointer, or where keys have put it. */
export interface PlaceTool {
  /** @param point device pixels in a pane; null: the pointer has left, the view's middle is looked at */
  readonly pointAt: (point: Point | null) => void;
  /** Moves the place by whole pixels of the frame; it then stays until the pointer moves. */
  readonly movePlace: (by: Point) => void;
  /** The place that is looked at, 0..1 on each axis of the frame; null while nothing looks. */
  readonly inspected: Accessor<Point | null>;
}

/** Where pictures stand: the part of the viewer's state that instruments are laid over. */
export interface Stand {
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly viewport: Accessor<Viewport>;
}

/** Where in the frame a point of a pane lies; null beside the frame. */
export function placeInFrame(point: Point, view: Viewport, frame: Size, pane: Size): Point | null {
  const place = frameRect(view, frame, pane);
  const [x, y] = [(point.x - place.x) / place.width, (point.y - place.y) / place.height];
  return x >= 0 && y >= 0 && x < 1 && y < 1 ? { x, y } : null;
}

/** Where a picture lies in the frame, in pixels of the frame: centred, or all over it. */
export function standIn(frame: Size, picture: Size, stretched: boolean): Rect {
  const whole = { x: 0, y: 0, ...frame };
  return stretched ? whole : containIn(whole, picture);
}

/**
 * The pixel of a picture at a place of the frame; null beside the picture.
 * @param stretched whether the picture fills the frame whatever its own shape
 */
export function pixelAt(place: Point, frame: Size, picture: Size, stretched = false): Point | null {
  const own = standIn(frame, picture, stretched);
  const x = Math.floor(((place.x * frame.width - own.x) * picture.width) / own.width);
  const y = Math.floor(((place.y * frame.height - own.y) * picture.height) / own.height);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : null;
}

/** A place moved by pixels of the frame, onto the middle of a pixel within it. */
export function movedPlace(place: Point, by: Point, frame: Size): Point {
  const move = (at: number, step: number, length: number) =>
    (Math.min(length - 1, Math.max(0, Math.floor(at * length) + step)) + 0.5) / length;
  return { x: move(place.x, by.x, frame.width), y: move(place.y, by.y, frame.height) };
}

type Held = { readonly point: Point } | { readonly place: Point } | null;

/** @param wanted whether an instrument looks at a place at all */
export function createPlace(stand: Stand, wanted: Accessor<boolean>): PlaceTool {
  const [held, setHeld] = createSignal<Held>(null);
  const inspected = createMemo(() => {
    const frame = stand.frame();
    const pane = stand.paneSize();
    if (!wanted() || !frame || pane.width === 0) return null;
    const now = held();
    if (now && 'place' in now) return now.place;
    const middle = { x: pane.width / 2, y: pane.height / 2 };
    return placeInFrame(now?.point ?? middle, stand.viewport(), frame, pane);
  });
  return {
    pointAt: (point) => wanted() && setHeld(point && { point }),
    movePlace: (by) => {
      const [place, frame] = [inspected(), stand.frame()];
      if (place && frame) setHeld({ place: movedPlace(place, by, frame) });
    },
    inspected,
  };
}
