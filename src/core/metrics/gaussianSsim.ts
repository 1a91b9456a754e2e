import type { Plane } from '../image/types.ts';

/*
 * Structural similarity with the Gaussian window of Wang, Bovik, Sheikh and Simoncelli, "Image quality
 * assessment: from error visibility to structural similarity", IEEE TIP 13(4), 2004: equations (13)
 * to (16), on levels 0..255, only where the window lies within the picture.
 */

const SIGMA = 1.5;
const RADIUS = 5;
/** Sides of the window; smaller pictures have no value. */
export const GAUSSIAN_SIDE = 2 * RADIUS + 1;

const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** One axis of the 11 x 11 window, σ = 1.5, adding up to 1. */
const WINDOW: readonly number[] = (() => {
  const weights = Array.from({ length: GAUSSIAN_SIDE }, (_, i) =>
    Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/** Weighted sums under the window: Σ w a, Σ w b, Σ w a², Σ w b², Σ w a b. */
interface Moments {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly aa: Float64Array;
  readonly bb: Float64Array;
  readonly ab: Float64Array;
}

const MOMENTS = ['a', 'b', 'aa', 'bb', 'ab'] as const;

const zeroMoments = (length: number): Moments => ({
  a: new Float64Array(length),
  b: new Float64Array(length),
  aa: new Float64Array(length),
  bb: new Float64Array(length),
  ab: new Float64Array(length),
});

/** The moments of row `y` under the horizontal window alone, at every valid column. */
function rowMoments(planeA: Plane, planeB: Plane, y: number): Moments {
  const { width } = planeA;
  const valid = width - 2 * RADIUS;
  const moments = zeroMoments(valid);
  WINDOW.forEach((weight, h) => {
    for (let x = 0, i = y * width + h; x < valid; x += 1, i += 1) {
      const a = planeA.data[i] ?? 0;
      const b = planeB.data[i] ?? 0;
      moments.a[x] = (moments.a[x] ?? 0) + weight * a;
      moments.b[x] = (moments.b[x] ?? 0) + weight * b;
      moments.aa[x] = (moments.aa[x] ?? 0) + weight * (a * a);
      moments.bb[x] = (moments.bb[x] ?? 0) + weight * (b * b);
      moments.ab[x] = (moments.ab[x] ?? 0) + weight * (a * b);
    }
  });
  return moments;
}

/** The vertical window over the moments of eleven rows. */
function windowMoments(rows: readonly Moments[], valid: number): Moments {
  const moments = zeroMoments(valid);
  rows.forEach((row, v) => {
    const weight = WINDOW[v] ?? 0;
    for (const name of MOMENTS) {
      const sum = moments[name];
      const values = row[name];
      for (let x = 0; x < valid; x += 1) sum[x] = (sum[x] ?? 0) + weight * (values[x] ?? 0);
    }
  });
  return moments;
}

/** One row of valid windows: `luminance` is l, `structure` is c · s of the paper; SSIM is l · c · s. */
export interface SsimRow {
  readonly luminance: Float64Array;
  readonly structure: Float64Array;
}

function ssimRow(moments: Moments, valid: number): SsimRow {
  const luminance = new Float64Array(valid);
  const structure = new Float64Array(valid);
  for (let x = 0; x < valid; x += 1) {
    const meanA = moments.a[x] ?? 0;
    const meanB = moments.b[x] ?? 0;
    const varianceA = (moments.aa[x] ?? 0) - meanA * meanA;
    const varianceB = (moments.bb[x] ?? 0) - meanB * meanB;
    const covariance = (moments.ab[x] ?? 0) - meanA * meanB;
    luminance[x] = (2 * (meanA * meanB) + C1) / (meanA * meanA + meanB * meanB + C1);
    structure[x] = (2 * covariance + C2) / (varianceA + varianceB + C2);
  }
  return { luminance, structure };
}

/**
 * Visits the SSIM of all windows that lie within two planes of equal size, row by row: `y` is the
 * row of the windows' centres, entry x of a row belongs to the centre in column x + 5. A plane
 * smaller than the window has no rows.
 */
export function forEachSsimRow(
  planeA: Plane,
  planeB: Plane,
  visit: (row: SsimRow, y: number) => void,
): void {
  const { width, height } = planeA;
  const valid = width - 2 * RADIUS;
  if (valid < 1) return;
  const rows: Moments[] = [];
  for (let y = 0; y < height; y += 1) {
    rows.push(rowMoments(planeA, planeB, y));
    if (rows.length < GAUSSIAN_SIDE) continue;
    visit(ssimRow(windowMoments(rows, valid), valid), y - RADIUS);
    rows.shift();
  }
}

/** Columns between a row's first entry and the picture's left edge. */
export const GAUSSIAN_MARGIN = RADIUS;
