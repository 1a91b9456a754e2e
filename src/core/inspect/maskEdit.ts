import type { Gray8 } from '../image/types.ts';
import type { Rectangle } from '../metrics/regionRule.ts';
import type { Point } from './lineProfile.ts';

/** A change of a soft mask: what it may touch, known before it is made, and the change itself. */
export interface MaskEdit {
  /** Within the mask. */
  readonly bounds: Rectangle;
  /** Changes the mask's bytes within the bounds, and nowhere else. */
  apply(mask: Gray8): void;
}

/** A round brush. */
export interface Brush {
  /** In pixels of the mask; above 0. */
  readonly radius: number;
  /** 0..1: the share of the radius within which the brush covers fully. */
  readonly hardness: number;
}

export type MaskSide = 'add' | 'erase';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole pixels that touch a box of places, within the mask; null: none. */
function pixelsWithin(
  { width, height }: Size,
  [left, top, right, bottom]: readonly [number, number, number, number],
): Rectangle | null {
  const x = Math.max(0, Math.floor(left));
  const y = Math.max(0, Math.floor(top));
  const w = Math.min(width, Math.ceil(right)) - x;
  const h = Math.min(height, Math.ceil(bottom)) - y;
  return w > 0 && h > 0 ? { x, y, width: w, height: h } : null;
}

function boundsOf(size: Size, points: readonly Point[], reach: number): Rectangle | null {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return pixelsWithin(size, [
    Math.min(...xs) - reach,
    Math.min(...ys) - reach,
    Math.max(...xs) + reach,
    Math.max(...ys) + reach,
  ]);
}

/** How much a brush covers at a distance from its middle, 1 to 0, falling smoothly beyond the core. */
export function brushCoverage(distance: number, { radius, hardness }: Brush): number {
  if (distance >= radius) return 0;
  const core = radius * hardness;
  if (distance <= core) return 1;
  const t = (radius - distance) / (radius - core);
  return t * t * (3 - 2 * t);
}

/**
 * One piece of a stroke: the brush drawn along a line, or set down once where both ends are the same.
 * Adding raises levels to the brush's coverage, erasing lowers them to what it leaves uncovered, so
 * that pieces that overlap do not build up.
 * @param from,to in pixels of the mask, pixel centres at halves
 * @returns null where the brush stays outside the mask
 * @throws RangeError where the brush is not one
 */
export function brushEdit(
  size: Size,
  from: Point,
  to: Point,
  brush: Brush,
  side: MaskSide,
): MaskEdit | null {
  const { radius, hardness } = brush;
  if (!(radius > 0 && hardness >= 0 && hardness <= 1)) {
    throw new RangeError('A brush has a radius above 0 and a hardness from 0 to 1.');
  }
  const bounds = boundsOf(size, [from, to], radius);
  if (bounds === null) return null;
  return { bounds, apply: (mask) => paintLine(mask, bounds, from, to, brush, side) };
}

/**
 * The brush along a line within `bounds`. Distances stay squared until the soft edge is reached: this
 * runs for every pixel under a large brush at every move of the pointer.
 */
function paintLine(
  { width, data }: Gray8,
  { x: left, y: top, width: columns, height: rows }: Rectangle,
  from: Point,
  to: Point,
  brush: Brush,
  side: MaskSide,
): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const reach = brush.radius ** 2;
  const core = (brush.radius * brush.hardness) ** 2;
  for (let row = top; row < top + rows; row += 1) {
    const y = row + 0.5 - from.y;
    for (let column = left; column < left + columns; column += 1) {
      const x = column + 0.5 - from.x;
      const along = length === 0 ? 0 : (x * dx + y * dy) / length;
      const t = along < 0 ? 0 : along > 1 ? 1 : along;
      const squared = (x - t * dx) ** 2 + (y - t * dy) ** 2;
      if (squared >= reach) continue;
      const coverage = squared <= core ? 1 : brushCoverage(Math.sqrt(squared), brush);
      const covered = Math.round(255 * coverage);
      const at = row * width + column;
      const level = data[at] ?? 0;
      data[at] = side === 'add' ? Math.max(level, covered) : Math.min(level, 255 - covered);
    }
  }
}

/** Where a polygon's edges cross a row of pixel centres, ascending. */
function crossings(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  points.forEach((p, i) => {
    const q = points[(i + 1) % points.length] ?? p;
    if (p.y <= y === q.y <= y) return;
    found.push(p.x + ((y - p.y) / (q.y - p.y)) * (q.x - p.x));
  });
  return found.sort((a, b) => a - b);
}

/**
 * A closed polygon filled by the even-odd rule: pixels whose centre lies inside become 255, or 0 where
 * erasing.
 * @returns null where there are fewer than three points or none of it lies within the mask
 */
export function lassoEdit(size: Size, points: readonly Point[], side: MaskSide): MaskEdit | null {
  const bounds = points.length < 3 ? null : boundsOf(size, points, 0);
  if (bounds === null) return null;
  const level = side === 'add' ? 255 : 0;
  return {
    bounds,
    apply: ({ width, data }) => {
      for (let row = bounds.y; row < bounds.y + bounds.height; row += 1) {
        const xs = crossings(points, row + 0.5);
        for (let k = 0; k + 1 < xs.length; k += 2) {
          const first = Math.max(bounds.x, Math.ceil((xs[k] ?? 0) - 0.5));
          const end = Math.min(bounds.x + bounds.width, Math.ceil((xs[k + 1] ?? 0) - 0.5));
          if (end > first) data.fill(level, row * width + first, row * width + end);
        }
      }
    },
  };
}

const whole = ({ width, height }: Size): Rectangle => ({ x: 0, y: 0, width, height });

/** The whole mask at one level, 0..255. */
export function fillEdit(size: Size, level: number): MaskEdit {
  return { bounds: whole(size), apply: ({ data }) => void data.fill(level) };
}

/** What was covered is uncovered, and the other way round. */
export function invertEdit(size: Size): MaskEdit {
  return {
    bounds: whole(size),
    apply: ({ data }) => {
      for (let i = 0; i < data.length; i += 1) data[i] = 255 - (data[i] ?? 0);
    },
  };
}

/** Another mask of the same size in the place of the whole one. */
export function replaceEdit(next: Gray8): MaskEdit {
  return { bounds: whole(next), apply: ({ data }) => data.set(next.data) };
}
