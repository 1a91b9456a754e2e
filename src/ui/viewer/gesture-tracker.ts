import type { Point } from './viewport.ts';

/** A tool that takes one pointer's drags for itself; a second finger still zooms. */
export interface DragHandlers {
  /**
   * Whether the drag that begins here is the tool's.
   * @param pressure 0..1 of a pen; 1 of anything else
   */
  readonly begin: (point: Point, pressure?: number) => boolean;
  /** Told of every place a pointer came through, of those between two frames too. */
  readonly move: (point: Point, pressure?: number) => void;
  /** @param keep false where the drag was broken off */
  readonly end: (keep: boolean) => void;
}

/** What fingers, mouse and wheel ask for; all distances in device pixels, from the top left corner. */
export interface GestureHandlers {
  readonly pan: (by: Point) => void;
  readonly zoom: (factor: number, anchor: Point) => void;
  readonly doubleTap: (anchor: Point) => void;
  readonly drag: DragHandlers;
}

/** Where a pointer is, and how hard a pen presses. */
interface Touch {
  readonly point: Point;
  readonly pressure: number;
}

/** Told of pointers, calls the handlers of what they do. */
export interface GestureTracker {
  /** @param tool whether a tool may take the drag that begins here */
  readonly down: (id: number, touch: Touch, tool: boolean) => void;
  /** @param passed the places the pointer came through since it was last heard of, in their order */
  readonly move: (id: number, passed: readonly Touch[]) => void;
  /** @param kept false where the browser took the pointer away @param at milliseconds */
  readonly up: (id: number, kept: boolean, at: number) => void;
}

const DOUBLE_TAP_MS = 350;
/** CSS pixels. */
const DOUBLE_TAP_REACH = 24;
/** A press that moves further than this, in CSS pixels, is a drag and no tap. */
const TAP_SLOP = 6;

/** @param ratio device pixels per CSS pixel, asked for when it matters */
export function createGestureTracker(
  handlers: GestureHandlers,
  ratio: () => number,
): GestureTracker {
  const pointers = new Map<number, Point>();
  const isDoubleTap = makeDoubleTapDetector(ratio);
  let travelled = 0;
  let dragging = false;
  const endDrag = (keep: boolean) => {
    if (dragging) handlers.drag.end(keep);
    dragging = false;
  };
  const isTap = () => travelled <= TAP_SLOP * ratio();
  return {
    down: (id, { point, pressure }, tool) => {
      pointers.set(id, point);
      if (pointers.size > 1) endDrag(false);
      else dragging = tool && handlers.drag.begin(point, pressure);
      travelled = pointers.size > 1 ? Number.POSITIVE_INFINITY : 0;
    },
    move: (id, passed) => {
      const before = pointers.get(id);
      const now = passed.at(-1)?.point;
      if (!before || !now) return;
      passed.reduce((from, { point }) => {
        travelled += distance(from, point);
        return point;
      }, before);
      const other = [...pointers].find(([known]) => known !== id)?.[1];
      pointers.set(id, now);
      if (dragging) for (const { point, pressure } of passed) handlers.drag.move(point, pressure);
      else if (other) pinch(handlers, other, before, now);
      else if (!isTap()) handlers.pan({ x: now.x - before.x, y: now.y - before.y });
    },
    up: (id, kept, at) => {
      const point = pointers.get(id);
      pointers.delete(id);
      if (dragging) return endDrag(kept);
      if (point && kept && isTap() && isDoubleTap(at, point)) handlers.doubleTap(point);
    },
  };
}

/** Told of every tap, says whether it is the second of two at one place. */
function makeDoubleTapDetector(ratio: () => number): (at: number, point: Point) => boolean {
  let last: { at: number; point: Point } | null = null;
  return (at, point) => {
    const isSecond =
      last !== null &&
      at - last.at < DOUBLE_TAP_MS &&
      distance(last.point, point) < DOUBLE_TAP_REACH * ratio();
    last = isSecond ? null : { at, point };
    return isSecond;
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** One finger of two moved: what lay in the middle between them goes there with it, and is zoomed about. */
function pinch(handlers: GestureHandlers, resting: Point, before: Point, now: Point): void {
  handlers.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  const apart = distance(resting, before);
  if (apart === 0) return;
  const middle = { x: (resting.x + now.x) / 2, y: (resting.y + now.y) / 2 };
  handlers.zoom(distance(resting, now) / apart, middle);
}
