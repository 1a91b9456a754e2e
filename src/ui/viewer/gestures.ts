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

/** The first of several tools that wants a drag has it to its end. */
export function firstOf(tools: readonly DragHandlers[]): DragHandlers {
  let taken: DragHandlers | undefined;
  return {
    begin: (point, pressure) => {
      taken = tools.find((tool) => tool.begin(point, pressure));
      return taken !== undefined;
    },
    move: (point, pressure) => taken?.move(point, pressure),
    end: (keep) => taken?.end(keep),
  };
}

const pressureOf = ({ pointerType, pressure }: PointerEvent) =>
  pointerType === 'pen' ? pressure : 1;

/** What fingers, mouse and wheel ask for; all distances in device pixels, from the top left corner. */
export interface GestureHandlers {
  readonly pan: (by: Point) => void;
  readonly zoom: (factor: number, anchor: Point) => void;
  readonly doubleTap: (anchor: Point) => void;
  readonly drag: DragHandlers;
}

const DOUBLE_TAP_MS = 350;
const DOUBLE_TAP_REACH = 24;
const MIDDLE = 1;
/** A press that moves further than this is a drag and no tap. */
const TAP_SLOP = 6;

/** Lines and pages of a wheel in the pixels browsers use for them. */
const WHEEL_UNITS = [1, 16, 400];

/**
 * How much one wheel event zooms. A trackpad's pinch arrives as a wheel with Ctrl and small steps.
 * @returns the factor of the scale, above 1 for zooming in
 */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const pixels = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1);
  const bounded = Math.max(-240, Math.min(240, pixels));
  return Math.exp(-bounded * (event.ctrlKey ? 0.01 : 0.002));
}

/**
 * Turns an element's pointer and wheel events into gestures.
 * @returns a function that takes the listeners off again
 */
export function attachGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
  const pointers = new Map<number, Point>();
  const isDoubleTap = makeDoubleTapDetector();
  let travelled = 0;
  let dragging = false;

  const endDrag = (keep: boolean) => {
    if (dragging) handlers.drag.end(keep);
    dragging = false;
  };

  const locate = (event: MouseEvent) => pointIn(element, event);
  const down = (event: PointerEvent) => {
    if (event.button > MIDDLE) return;
    element.setPointerCapture(event.pointerId);
    const point = locate(event);
    pointers.set(event.pointerId, point);
    if (pointers.size > 1) endDrag(false);
    // With the middle button the picture is moved whatever tool is at work.
    else dragging = event.button === 0 && handlers.drag.begin(point, pressureOf(event));
    travelled = pointers.size > 1 ? Number.POSITIVE_INFINITY : 0;
  };
  const move = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = locate(event);
    travelled += distance(before, now);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (dragging) {
      const passed = event.getCoalescedEvents();
      for (const place of passed.length > 0 ? passed : [event]) {
        handlers.drag.move(locate(place), pressureOf(place));
      }
    } else if (other) pinch(handlers, other, before, now);
    else if (travelled > TAP_SLOP) handlers.pan({ x: now.x - before.x, y: now.y - before.y });
  };
  const up = (event: PointerEvent) => {
    const point = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    if (dragging) return endDrag(event.type !== 'pointercancel');
    if (!point || event.type === 'pointercancel' || travelled > TAP_SLOP) return;
    if (isDoubleTap(event.timeStamp, point)) handlers.doubleTap(point);
  };

  const off = new AbortController();
  const { signal } = off;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('wheel', makeWheel(handlers, locate), { signal, passive: false });
  return () => off.abort();
}

/**
 * Tells where the pointer is over an element, pressed or not; null once a mouse has left it. A finger
 * that is lifted leaves the place it last touched.
 * @returns a function that takes the listeners off again
 */
export function attachPointer(
  element: HTMLElement,
  tell: (point: Point | null) => void,
): () => void {
  const off = new AbortController();
  const { signal } = off;
  const at = (event: PointerEvent) => tell(pointIn(element, event));
  const leave = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') tell(null);
  };
  element.addEventListener('pointerdown', at, { signal });
  element.addEventListener('pointermove', at, { signal });
  element.addEventListener('pointerleave', leave, { signal });
  return () => off.abort();
}

/** Where an event happened, in device pixels from the element's top left corner. */
function pointIn(element: HTMLElement, event: MouseEvent): Point {
  const box = element.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  return { x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio };
}

function makeWheel(handlers: GestureHandlers, locate: (event: MouseEvent) => Point) {
  return (event: WheelEvent) => {
    event.preventDefault();
    handlers.zoom(wheelFactor(event), locate(event));
  };
}

/** Told of every tap, says whether it is the second of two at one place. */
function makeDoubleTapDetector(): (at: number, point: Point) => boolean {
  let last: { at: number; point: Point } | null = null;
  return (at, point) => {
    const isSecond =
      last !== null &&
      at - last.at < DOUBLE_TAP_MS &&
      distance(last.point, point) < DOUBLE_TAP_REACH * window.devicePixelRatio;
    last = isSecond ? null : { at, point };
    return isSecond;
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** One finger of two moved: zoom about the middle between them and move with it. */
function pinch(handlers: GestureHandlers, resting: Point, before: Point, now: Point): void {
  const apart = distance(resting, before);
  if (apart > 0) {
    const middle = { x: (resting.x + now.x) / 2, y: (resting.y + now.y) / 2 };
    handlers.zoom(distance(resting, now) / apart, middle);
  }
  handlers.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
}
