import type { Rectangle } from '../../core/metrics/regionRule.ts';
import type { Point, Size } from './viewport.ts';

/**
 * The geometry of drawing a rectangle, in picture pixels and free of DOM and state. Whatever is drawn
 * becomes whole pixels within the picture.
 */

/** What a drag takes hold of: nothing yet, the whole (0, 0), or the edges on these sides. */
export type Grab = 'new' | { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 };

/** The part of the shown picture a rectangle takes that is placed by the keyboard. */
const PLACED_PART = 0.3;

/** Which edge of [start, start + length] lies within `reach` of `at`; null where `at` is outside. */
function side(at: number, start: number, length: number, reach: number): -1 | 0 | 1 | null {
  const end = start + length;
  if (at < start - reach || at > end + reach) return null;
  const fromStart = Math.abs(at - start);
  const fromEnd = Math.abs(at - end);
  if (Math.min(fromStart, fromEnd) > reach) return 0;
  return fromStart < fromEnd ? -1 : 1;
}

/**
 * What a press at `point` takes hold of.
 * @param reach how far from an edge still counts, in picture pixels
 */
export function grabAt(rectangle: Rectangle | null, point: Point, reach: number): Grab {
  if (!rectangle) return 'new';
  const x = side(point.x, rectangle.x, rectangle.width, reach);
  const y = side(point.y, rectangle.y, rectangle.height, reach);
  return x === null || y === null ? 'new' : { x, y };
}

function between(ax: number, ay: number, bx: number, by: number, picture: Size): Rectangle | null {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const left = clamp(Math.min(ax, bx), picture.width);
  const top = clamp(Math.min(ay, by), picture.height);
  const width = clamp(Math.max(ax, bx), picture.width) - left;
  const height = clamp(Math.max(ay, by), picture.height) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}

/** The rectangle moved by whole pixels, kept within the picture. */
export function moved(rectangle: Rectangle, by: Point, picture: Size): Rectangle {
  const place = (start: number, length: number, most: number) =>
    Math.max(0, Math.min(most - length, Math.round(start)));
  return {
    ...rectangle,
    x: place(rectangle.x + by.x, rectangle.width, picture.width),
    y: place(rectangle.y + by.y, rectangle.height, picture.height),
  };
}

/** The rectangle with its right and lower edge moved; never less than a pixel, never outside. */
export function resized(rectangle: Rectangle, by: Point, picture: Size): Rectangle {
  const length = (start: number, now: number, most: number) =>
    Math.max(1, Math.min(most - start, Math.round(now)));
  return {
    ...rectangle,
    width: length(rectangle.x, rectangle.width + by.x, picture.width),
    height: length(rectangle.y, rectangle.height + by.y, picture.height),
  };
}

/**
 * What a drag makes of the rectangle it began with.
 * @returns null where nothing is left: a new rectangle without area
 */
export function dragged(
  start: Rectangle | null,
  grab: Grab,
  from: Point,
  to: Point,
  picture: Size,
): Rectangle | null {
  if (grab === 'new' || !start) return between(from.x, from.y, to.x, to.y, picture);
  const by = { x: to.x - from.x, y: to.y - from.y };
  if (grab.x === 0 && grab.y === 0) return moved(start, by, picture);
  const right = start.x + start.width;
  const bottom = start.y + start.height;
  const next = between(
    start.x + (grab.x === -1 ? by.x : 0),
    start.y + (grab.y === -1 ? by.y : 0),
    right + (grab.x === 1 ? by.x : 0),
    bottom + (grab.y === 1 ? by.y : 0),
    picture,
  );
  return next ?? start;
}

/** A rectangle in the middle of what is seen, to be moved from there. */
export function placed(seen: Rectangle): Rectangle {
  const width = Math.max(1, Math.round(seen.width * PLACED_PART));
  const height = Math.max(1, Math.round(seen.height * PLACED_PART));
  return {
    x: Math.round(seen.x + (seen.width - width) / 2),
    y: Math.round(seen.y + (seen.height - height) / 2),
    width,
    height,
  };
}
