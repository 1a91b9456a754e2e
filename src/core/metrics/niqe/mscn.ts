import type { Plane } from '../../image/types.ts';

const RADIUS = 3;
const SIGMA = 7 / 6;
const SIDE = 2 * RADIUS + 1;

/** The 7 x 7 Gaussian window of σ = 7/6, row by row, adding up to 1. */
const WINDOW: readonly number[] = (() => {
  const weights = Array.from({ length: SIDE * SIDE }, (_, i) => {
    const v = Math.floor(i / SIDE) - RADIUS;
    const h = (i % SIDE) - RADIUS;
    return Math.exp(-(v * v + h * h) / (2 * SIGMA ** 2));
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/** The plane with its border pixels repeated three times outwards. */
function replicated({ width, height, data }: Plane): Plane {
  const wide = width + 2 * RADIUS;
  const high = height + 2 * RADIUS;
  const clamp = (i: number, length: number) => Math.min(Math.max(i - RADIUS, 0), length - 1);
  const padded = Float64Array.from({ length: wide * high }, (_, i) => {
    const x = clamp(i % wide, width);
    const y = clamp(Math.floor(i / wide), height);
    return data[y * width + x] ?? 0;
  });
  return { width: wide, height: high, data: padded };
}

/**
 * Mean-subtracted contrast-normalised coefficients `(x - μ) / (σ + 1)`, μ and σ the Gaussian mean and
 * standard deviation around each pixel, border replicated. Where x and μ agree to single precision the
 * coefficient is exactly 0: the programs that published NIQE numbers come from work in float32, and
 * there flat neighbourhoods count on neither side of the distribution.
 * Source: Mittal, Soundararajan and Bovik, IEEE SPL 20(3), 2013, equations (1) to (3).
 */
export function mscn(plane: Plane): Plane {
  const { width, height } = plane;
  const padded = replicated(plane);
  const coefficients = new Float64Array(width * height);
  for (let i = 0; i < coefficients.length; i += 1) {
    const x = i % width;
    const corner = ((i - x) / width) * padded.width + x;
    const centre = plane.data[i] ?? 0;
    // Moments about the pixel itself: what is flat differs by exactly 0.
    let mean = 0;
    let square = 0;
    for (let tap = 0, row = corner; tap < WINDOW.length; row += padded.width) {
      for (let h = 0; h < SIDE; h += 1, tap += 1) {
        const weight = WINDOW[tap] ?? 0;
        const difference = (padded.data[row + h] ?? 0) - centre;
        mean += weight * difference;
        square += weight * (difference * difference);
      }
    }
    if (Math.fround(centre + mean) === Math.fround(centre)) continue;
    coefficients[i] = -mean / (Math.sqrt(Math.abs(square - mean * mean)) + 1);
  }
  return { width, height, data: coefficients };
}
