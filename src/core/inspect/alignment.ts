import type { Plane, Rgba8 } from '../image/types.ts';
import type { Rectangle } from '../metrics/regionRule.ts';
import { refineShift } from './alignmentRefine.ts';
import { locallyNormalised, reducedLuma } from './localContrast.ts';

/** A shift in whole pixels: what the first picture shows at (x, y), the second has at (x + dx, y + dy). */
export interface Shift {
  readonly dx: number;
  readonly dy: number;
}

export interface Alignment extends Shift {
  /** Correlation of local contrast at the shift, on the reduced pictures, -1..1. */
  readonly correlation: number;
  /** The same for no shift at all; null where the pictures would not overlap. */
  readonly unshifted: number | null;
  /**
   * 0..1: by what share the correlation is above the best of all shifts that are not next to this one.
   */
  readonly confidence: number;
}

/** Shifts up to this many pixels a side are looked for. */
export const SHIFT_LIMIT = 32;
/** The longer side of the reduced pictures at most. */
const REDUCED_SIDE = 160;
/** Shifts closer than this, on the reduced pictures, belong to one peak: the contrast window's radius. */
const PEAK_RADIUS = 4;
/** Shifts are tried at least this far on the reduced pictures, for a peak to be seen to stand out. */
const LEAST_RANGE = 12;
/** Less than this is what unrelated pictures correlate by. */
const LEAST_CORRELATION = 0.12;
const LEAST_CONFIDENCE = 0.15;
/** No shift is taken for the answer where it correlates this nearly as well as the best shift. */
const ZERO_SHARE = 0.98;

interface Scored extends Shift {
  readonly score: number;
}

/** Share of the first picture's width and height that must overlap. */
const LEAST_OVERLAP = 0.5;

/** The parts of two pictures that show the same under a shift, of equal size; null: none. */
export function overlapOf(
  first: { readonly width: number; readonly height: number },
  second: { readonly width: number; readonly height: number },
  { dx, dy }: Shift,
): { readonly first: Rectangle; readonly second: Rectangle } | null {
  const x = Math.max(0, -dx);
  const y = Math.max(0, -dy);
  const width = Math.min(first.width, second.width - dx) - x;
  const height = Math.min(first.height, second.height - dy) - y;
  if (width <= 0 || height <= 0) return null;
  return {
    first: { x, y, width, height },
    second: { x: x + dx, y: y + dy, width, height },
  };
}

/** Normalised cross-correlation of two planes under a shift; null where too little overlaps. */
function correlationAt(first: Plane, second: Plane, shift: Shift): number | null {
  const overlap = overlapOf(first, second, shift);
  if (overlap === null) return null;
  const { x, y, width, height } = overlap.first;
  if (width < LEAST_OVERLAP * first.width || height < LEAST_OVERLAP * first.height) return null;
  let [product, squares1, squares2] = [0, 0, 0];
  for (let row = y; row < y + height; row += 1) {
    const a = row * first.width;
    const b = (row + shift.dy) * second.width + shift.dx;
    for (let column = x; column < x + width; column += 1) {
      const p = first.data[a + column] ?? 0;
      const q = second.data[b + column] ?? 0;
      product += p * q;
      squares1 += p * p;
      squares2 += q * q;
    }
  }
  const norm = Math.sqrt(squares1 * squares2);
  return norm === 0 ? null : product / norm;
}

function allShifts(first: Plane, second: Plane, limit: number): Scored[] {
  const scored: Scored[] = [];
  for (let dy = -limit; dy <= limit; dy += 1) {
    for (let dx = -limit; dx <= limit; dx += 1) {
      const score = correlationAt(first, second, { dx, dy });
      if (score !== null) scored.push({ dx, dy, score });
    }
  }
  return scored;
}

/** The best shift, no shift at all being preferred where it is nearly as good. */
function bestOf(scored: readonly Scored[], zero: Scored | undefined): Scored | null {
  const best = scored.reduce<Scored | null>(
    (found, one) => (found === null || one.score > found.score ? one : found),
    null,
  );
  if (best === null || best.score < LEAST_CORRELATION) return null;
  return zero !== undefined && zero.score >= ZERO_SHARE * best.score ? zero : best;
}

const isApart = (a: Shift, b: Shift) =>
  Math.max(Math.abs(a.dx - b.dx), Math.abs(a.dy - b.dy)) > PEAK_RADIUS;

/**
 * A likely shift between two pictures of one scene, for instance an output and its ground truth, to the
 * pixel and up to 32 pixels a side. Both lumas are averaged down to at most 160 pixels and divided by
 * their local contrast, so that exposure, tone curve and vignetting do not count; the peak of their
 * normalised cross-correlation is then refined at full size on textured patches.
 *
 * Sizes may differ (a cropped output). Null where no shift stands out: flat pictures, unrelated ones,
 * patterns that repeat within the range, shifts beyond it.
 * Source: J. P. Lewis, "Fast normalized cross-correlation", Vision Interface, 1995; the local
 * normalisation is that of Mittal et al., "No-reference image quality assessment in the spatial
 * domain", IEEE TIP 21(12), 2012, with a box for a window.
 */
export function findShift(first: Rgba8, second: Rgba8): Alignment | null {
  const side = Math.max(first.width, first.height, second.width, second.height);
  const factor = Math.ceil(side / REDUCED_SIDE);
  const a = locallyNormalised(reducedLuma(first, factor));
  const b = locallyNormalised(reducedLuma(second, factor));
  const limit = Math.ceil(SHIFT_LIMIT / factor);
  const scored = allShifts(a, b, Math.max(limit, LEAST_RANGE));
  const zero = scored.find(({ dx, dy }) => dx === 0 && dy === 0);
  const best = bestOf(scored, zero);
  if (best === null || Math.max(Math.abs(best.dx), Math.abs(best.dy)) > limit) return null;
  const rival = Math.max(
    0,
    ...scored.filter((one) => isApart(one, best)).map(({ score }) => score),
  );
  const confidence = Math.max(0, 1 - rival / best.score);
  if (confidence < LEAST_CONFIDENCE) return null;
  const start = { dx: best.dx * factor, dy: best.dy * factor };
  const { dx, dy } = factor === 1 ? start : refineShift(first, second, start, factor, SHIFT_LIMIT);
  return { dx, dy, correlation: best.score, unshifted: zero?.score ?? null, confidence };
}
