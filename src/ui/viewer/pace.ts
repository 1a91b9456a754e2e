import type { Rect, Size } from './viewport.ts';

/** What whole pixels may cost while a hand moves the picture, in ms: half of a frame. */
const MOST_MS = 8;
/** Of so many pixels a side one is drawn where that is too slow: a quarter of the work. */
const COARSE = 2;

/** Draws with a step in screen pixels: 1 for all of them. */
type Draw = (step: number) => void;

/**
 * A drawing that goes through pixels one by one and has to keep up with a hand: coarser while it moves
 * on a machine that is not fast enough for all of them; what rests is whole. Pixels are taken, not
 * averaged: noise must not look less while the picture moves.
 * @param now milliseconds
 */
export function makePace(now = () => performance.now()): (moving: boolean, draw: Draw) => void {
  /** Of the last whole drawing. */
  let cost = 0;
  return (moving, draw) => {
    if (moving && cost > MOST_MS) {
      draw(COARSE);
      return;
    }
    const start = now();
    draw(1);
    cost = now() - start;
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
