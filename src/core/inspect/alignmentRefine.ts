import { lumaThousandths } from '../colour/luma.ts';
import type { Rgba8 } from '../image/types.ts';
import type { Shift } from './alignment.ts';

/** Patches are compared on a grid of this many a side, the most textured one in each cell. */
const CELLS = 5;
const PATCH = 32;
/** How many places of a cell are tried along each side. */
const TRIES = 3;
/** A shift where none was found on the reduced pictures must do better in this share of the patches. */
const AGREEING = 0.8;

interface Patch {
  readonly x: number;
  readonly y: number;
}

/** Luma of a square of `side` pixels, row by row; it must lie within the picture. */
function lumaPatch(
  { width, data }: Rgba8,
  { x, y }: Patch,
  side: number,
): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: side * side }, (_, k) => {
    const i = ((y + Math.floor(k / side)) * width + x + (k % side)) * 4;
    return lumaThousandths(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) / 1000;
  });
}

function variance(values: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares / values.length - (sum / values.length) ** 2;
}

/** The most textured patch of each cell, away from the edges by `margin`. */
function texturedPatches(picture: Rgba8, margin: number): Patch[] {
  const { width, height } = picture;
  const room = { x: width - PATCH - 2 * margin, y: height - PATCH - 2 * margin };
  if (room.x < 0 || room.y < 0) return [];
  const steps = CELLS * TRIES;
  const place = (space: number, step: number) => margin + Math.floor((space * step) / (steps - 1));
  const best = new Map<number, { patch: Patch; texture: number }>();
  for (let k = 0; k < steps * steps; k += 1) {
    const [column, row] = [k % steps, Math.floor(k / steps)];
    const patch = { x: place(room.x, column), y: place(room.y, row) };
    const texture = variance(lumaPatch(picture, patch, PATCH));
    const cell = Math.floor(row / TRIES) * CELLS + Math.floor(column / TRIES);
    if (texture > (best.get(cell)?.texture ?? 0)) best.set(cell, { patch, texture });
  }
  return Array.from(best.values(), ({ patch }) => patch);
}

/** Zero-mean normalised cross-correlation of a patch with a place of a larger square. */
function patchCorrelation(
  patch: Float64Array,
  square: Float64Array,
  side: number,
  { x, y }: Patch,
): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let k = 0; k < patch.length; k += 1) {
    const p = patch[k] ?? 0;
    const q = square[(y + Math.floor(k / PATCH)) * side + x + (k % PATCH)] ?? 0;
    a += p;
    b += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  const n = patch.length;
  const norm = (aa - (a * a) / n) * (bb - (b * b) / n);
  return norm <= 1e-9 ? 0 : (ab - (a * b) / n) / Math.sqrt(norm);
}

/** A patch's correlations with all places around the shift, row by row; null where they do not fit. */
function patchScores(
  [first, second]: readonly [Rgba8, Rgba8],
  patch: Patch,
  { dx, dy }: Shift,
  radius: number,
): Float64Array | null {
  const side = PATCH + 2 * radius;
  const corner = { x: patch.x + dx - radius, y: patch.y + dy - radius };
  const fits =
    Math.min(corner.x, corner.y) >= 0 &&
    corner.x + side <= second.width &&
    corner.y + side <= second.height;
  if (!fits) return null;
  const still = lumaPatch(first, patch, PATCH);
  const square = lumaPatch(second, corner, side);
  const span = 2 * radius + 1;
  return Float64Array.from({ length: span * span }, (_, k) =>
    patchCorrelation(still, square, side, { x: k % span, y: Math.floor(k / span) }),
  );
}

/**
 * A shift found on pictures reduced by `radius`, to the pixel: the one within `radius` of it at which
 * textured patches of 32×32 of the first picture correlate best with the second on average. Where none was
 * found before, most patches must agree that there is one: grain and blur move their mean by a pixel. The
 * start is returned where no patch fits.
 * @param limit largest shift a side that may be returned
 */
export function refineShift(
  first: Rgba8,
  second: Rgba8,
  start: Shift,
  radius: number,
  limit: number,
): Shift {
  const margin = radius + Math.max(Math.abs(start.dx), Math.abs(start.dy));
  const span = 2 * radius + 1;
  const centre = (span * span - 1) / 2;
  const scores = texturedPatches(first, margin).flatMap(
    (patch) => patchScores([first, second], patch, start, radius) ?? [],
  );
  const shiftAt = (k: number): Shift => ({
    dx: start.dx - radius + (k % span),
    dy: start.dy - radius + Math.floor(k / span),
  });
  let best = centre;
  let most = 0;
  for (let k = 0; k < span * span; k += 1) {
    const { dx, dy } = shiftAt(k);
    const sum = scores.reduce((total, patch) => total + (patch[k] ?? 0), 0);
    if (sum <= most || Math.max(Math.abs(dx), Math.abs(dy)) > limit) continue;
    most = sum;
    best = k;
  }
  const better = scores.filter((patch) => (patch[best] ?? 0) > (patch[centre] ?? 0)).length;
  const isDoubtful = start.dx === 0 && start.dy === 0 && better < AGREEING * scores.length;
  return isDoubtful ? start : shiftAt(best);
}
