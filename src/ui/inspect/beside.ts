import type { Point, Size } from '../viewer/viewport.ts';

/** Free room between a point and what stands beside it, and to the edges, in CSS pixels. */
const GAP = 28;
const EDGE = 8;

/**
 * Where a box stands that must not cover the point it belongs to: beneath it, above where there is no
 * room beneath, centred as far as the room's edges let it be.
 */
export function besidePoint(point: Point, box: Size, room: Size): Point {
  const beneath = point.y + GAP;
  const fits = beneath + box.height + EDGE <= room.height;
  const within = (at: number, length: number, all: number) =>
    Math.max(EDGE, Math.min(at, all - length - EDGE));
  const above = point.y - GAP - box.height;
  // With room on neither side the larger one is covered least.
  const y = fits || point.y < room.height / 2 ? beneath : above;
  return {
    x: within(point.x - box.width / 2, box.width, room.width),
    y: within(y, box.height, room.height),
  };
}
