import type { Gray8, Plane } from '../image/types.ts';
import type { Rectangle } from '../metrics/regionRule.ts';
import type { Point } from './lineProfile.ts';
import { boxMeans } from './localContrast.ts';

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

/** Calls `change` with each pixel of a rectangle and what is there, and stores what it returns. */
function changePixels(
  mask: Gray8,
  { x, y, width, height }: Rectangle,
  change: (x: number, y: number, level: number) => number,
): void {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      const i = row * mask.width + column;
      mask.data[i] = change(column, row, mask.data[i] ?? 0);
    }
  }
}

/** Distance of a place to the line from `from` to `to`. */
function distanceTo(from: Point, to: Point): (x: number, y: number) => number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  return (x, y) => {
    const along = squared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squared;
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - from.x - t * dx, y - from.y - t * dy);
  };
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
  const distance = distanceTo(from, to);
  const coverage = (x: number, y: number) => brushCoverage(distance(x + 0.5, y + 0.5), brush);
  return {
    bounds,
    apply: (mask) =>
      changePixels(mask, bounds, (x, y, level) => {
        const covered = Math.round(255 * coverage(x, y));
        return side === 'add' ? Math.max(level, covered) : Math.min(level, 255 - covered);
      }),
  };
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

/** Radii of three boxes one after another whose variances add up to nearly `sigma` squared. */
function boxRadii(sigma: number): readonly number[] {
  const small = Math.floor((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  const choices = [0, 1, 2, 3].map((larger) => [0, 1, 2].map((i) => small + (i < larger ? 1 : 0)));
  const error = (radii: readonly number[]) =>
    Math.abs(radii.reduce((sum, radius) => sum + ((2 * radius + 1) ** 2 - 1) / 12, -(sigma ** 2)));
  return choices.reduce((best, radii) => (error(radii) < error(best) ? radii : best));
}

/**
 * Softens the whole mask's edge: a Gaussian blur, approximated by three box means (Wells, "Efficient
 * synthesis of Gaussian filters by cascaded uniform filters", IEEE PAMI 8(2), 1986). At the edges of
 * the picture only what lies inside is averaged.
 * @param sigma in pixels
 * @throws RangeError where sigma is not above 0
 */
export function featherEdit({ width, height }: Size, sigma: number): MaskEdit {
  if (!(sigma > 0)) throw new RangeError(`A feather is wider than 0 pixels, not ${sigma}.`);
  return {
    bounds: { x: 0, y: 0, width, height },
    apply: (mask) => {
      let plane: Plane = { width, height, data: Float64Array.from(mask.data) };
      for (const radius of boxRadii(sigma)) plane = boxMeans(plane, radius);
      plane.data.forEach((level, i) => {
        mask.data[i] = Math.round(level);
      });
    },
  };
}
