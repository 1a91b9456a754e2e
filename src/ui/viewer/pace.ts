import type { Rect, Size } from './viewport.ts';

/** What whole pixels may cost while a hand moves the picture, in ms: half of a frame. */
const MOST_MS = 8;
/** Of so many pixels a side one is drawn where that is too slow: a quarter of the work. */
const COARSE = 2;

/** Draws with a step in screen pixels: 1 for all of them. */
type Draw = (step: number) => void;

/** A drawing on a canvas, whose last whole one took `cost` ms. */
interface Drawing {
  cost: number;
}

/**
 * Drawings that go through pixels one by one and have to keep up with a hand: coarser while it moves on
 * a machine that is not fast enough for all of them; what rests is whole. Pixels are taken, not
 * averaged: noise must not look less while the picture moves. Canvases that move together share the
 * time of a frame.
 * @param now milliseconds
 */
export function makePace(
  now = () => performance.now(),
): (canvas: object, moving: boolean, draw: Draw) => void {
  const known = new WeakMap<object, Drawing>();
  /** A round ends where a canvas is drawn again: what moved in this one, and in the one before. */
  let [round, before] = [new Set<Drawing>(), new Set<Drawing>()];
  const isSlow = (own: Drawing): boolean => {
    if (round.has(own)) [round, before] = [new Set(), round];
    round.add(own);
    return [...new Set([...before, ...round])].reduce((sum, { cost }) => sum + cost, 0) > MOST_MS;
  };
  return (canvas, moving, draw) => {
    const own = known.get(canvas) ?? { cost: 0 };
    known.set(canvas, own);
    if (moving && isSlow(own)) {
      draw(COARSE);
      return;
    }
    const start = now();
    draw(1);
    own.cost = now() - start;
  };
}

/** The sheet that is needed for a pane. */
export function coarseSize({ width, height }: Size, step: number): Size {
  return { width: Math.ceil(width / step), height: Math.ceil(height / step) };
}

/** The pixels of such a sheet under a part of the screen. */
export function coarsePart({ x, y, width, height }: Rect, step: number): Rect {
  const [left, top] = [Math.floor(x / step), Math.floor(y / step)];
  const [right, bottom] = [Math.ceil((x + width) / step), Math.ceil((y + height) / step)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
