import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import {
  FIT,
  frameRect,
  type Point,
  panBy,
  resolveViewport,
  type Size,
  steppedScale,
  toggleFit,
  type Viewport,
  zoomBy,
  zoomTo,
} from './viewport.ts';

/** Zoom and position, the same for all panes that show one scene. */
export interface Lens {
  /** The reference size all panes are laid out by; null before anything is decoded. */
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly setPaneSize: (size: Size) => void;
  readonly viewport: Accessor<Viewport>;
  readonly setViewport: (view: Viewport) => void;
  /** Free room around the pictures in CSS pixels: captions keep to the picture's edge. */
  readonly margin: Accessor<Point>;
  readonly fit: () => void;
  readonly actualSize: (anchor?: Point) => void;
  readonly toggleFit: (anchor: Point) => void;
  readonly zoomBy: (factor: number, anchor: Point) => void;
  readonly zoomStep: (direction: 1 | -1) => void;
  readonly panBy: (by: Point) => void;
  /** Whether a hand is zooming or moving the pictures, and for a moment after. */
  readonly moving: Accessor<boolean>;
}

/** How long nothing moves before the hand counts as at rest. */
const REST_MS = 140;

/** A lens on pictures whose reference size is `frame`; it begins with all of them in sight. */
export function createLens(frame: Accessor<Size | null>): Lens {
  const [wanted, setWanted] = createSignal<Viewport>(FIT);
  const [paneSize, setPaneSize] = createSignal<Size>(
    { width: 0, height: 0 },
    { equals: (a, b) => a.width === b.width && a.height === b.height },
  );
  const { moving, stir } = createMotion();
  const centre = (): Point => ({ x: paneSize().width / 2, y: paneSize().height / 2 });
  const change = (next: (view: Viewport, frame: Size, pane: Size) => Viewport) => {
    const size = frame();
    if (size && paneSize().width > 0) setWanted(next(wanted(), size, paneSize()));
  };
  const viewport = createMemo(() => {
    const size = frame();
    return size ? resolveViewport(wanted(), size, paneSize()) : FIT;
  });
  return {
    frame,
    paneSize,
    setPaneSize: (size) => setPaneSize(size),
    viewport,
    setViewport: (view) => setWanted(view),
    margin: () => {
      const size = frame();
      if (!size) return { x: 0, y: 0 };
      const place = frameRect(viewport(), size, paneSize());
      const ratio = window.devicePixelRatio;
      return { x: Math.max(0, place.x / ratio), y: Math.max(0, place.y / ratio) };
    },
    fit: () => setWanted(FIT),
    actualSize: (anchor) => change((v, f, p) => zoomTo(v, f, p, 1, anchor ?? centre())),
    toggleFit: (anchor) => change((v, f, p) => toggleFit(v, f, p, anchor)),
    zoomBy: (factor, anchor) => stir(() => change((v, f, p) => zoomBy(v, f, p, factor, anchor))),
    zoomStep: (direction) =>
      change((v, f, p) => {
        const { scale } = resolveViewport(v, f, p);
        return zoomTo(v, f, p, steppedScale(scale, direction), centre());
      }),
    panBy: (by) => stir(() => change((v, f, p) => panBy(v, f, p, by))),
    moving,
  };
}

/** Tells whether something was stirred a moment ago. */
function createMotion() {
  const [moving, setMoving] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stir = (act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(() => setMoving(false), REST_MS);
    batch(() => {
      setMoving(true);
      act();
    });
  };
  return { moving, stir };
}
