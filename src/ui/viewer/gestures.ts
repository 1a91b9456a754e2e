import {
  createGestureTracker,
  type DragHandlers,
  type GestureHandlers,
} from './gesture-tracker.ts';
import type { Point } from './viewport.ts';

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

const MIDDLE = 1;

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
  const tracker = createGestureTracker(handlers, () => window.devicePixelRatio);
  const locate = (event: MouseEvent) => pointIn(element, event);
  const touch = (event: PointerEvent) => ({ point: locate(event), pressure: pressureOf(event) });
  const down = (event: PointerEvent) => {
    if (event.button > MIDDLE) return;
    element.setPointerCapture(event.pointerId);
    // With the middle button the picture is moved whatever tool is at work.
    tracker.down(event.pointerId, touch(event), event.button === 0);
  };
  const move = (event: PointerEvent) => {
    const passed = event.getCoalescedEvents();
    tracker.move(event.pointerId, (passed.length > 0 ? passed : [event]).map(touch));
  };
  const up = (event: PointerEvent) =>
    tracker.up(event.pointerId, event.type !== 'pointercancel', event.timeStamp);

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
