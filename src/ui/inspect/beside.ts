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

/** CSS pixels: the largest lens alone in its row, the largest where there are more rows, the least. */
const LENS = { alone: 168, stacked: 120, least: 104 } as const;
/** Between lenses, and around them. */
export const LENS_GAP = 2;

/** Lenses of `side` CSS pixels in rows of `columns`, and the size of all of them together. */
export interface LensGrid extends Size {
  readonly columns: number;
  readonly side: number;
}

/**
 * How lenses stand: in one row as long as they are large enough there, else in rows that are as full as
 * they can be.
 * @param room width for all of them, in CSS pixels
 */
export function lensGrid(count: number, room: number): LensGrid {
  const width = room - 2 * EDGE - LENS_GAP;
  const most = Math.max(1, Math.floor(width / (LENS.least + LENS_GAP)));
  const rows = Math.ceil(count / most);
  const columns = Math.max(1, Math.ceil(count / rows));
  const largest = rows > 1 ? LENS.stacked : LENS.alone;
  const side = Math.min(largest, Math.floor(width / columns) - LENS_GAP);
  const length = (lenses: number) => lenses * (side + LENS_GAP) + LENS_GAP;
  return { columns, side, width: length(columns), height: length(Math.ceil(count / columns)) };
}
