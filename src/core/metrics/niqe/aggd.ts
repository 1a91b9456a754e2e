import { gamma } from '../../stats/gamma.ts';

/** Asymmetric generalised Gaussian: shape α, left and right scale β. NaN where it is undefined. */
interface Aggd {
  readonly alpha: number;
  readonly left: number;
  readonly right: number;
}

const GRID_START = 0.2;
const GRID_STEP = 0.001;
const GRID_LENGTH = 9801;

/** Candidates for the shape: 0.2, 0.201, … 10. */
const SHAPES = Float64Array.from({ length: GRID_LENGTH }, (_, i) => GRID_START + i * GRID_STEP);

/** Γ(2/α)² / (Γ(1/α) Γ(3/α)) of every candidate: what E|x|² / E[x²] is for that shape. */
const RATIOS = SHAPES.map((alpha) => gamma(2 / alpha) ** 2 / (gamma(1 / alpha) * gamma(3 / alpha)));

/** The candidate whose ratio comes nearest; the first one where the ratio is undefined. */
function nearestShape(ratio: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < GRID_LENGTH; i += 1) {
    const distance = ((RATIOS[i] ?? 0) - ratio) ** 2;
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return SHAPES[nearest] ?? GRID_START;
}

/**
 * Fits an asymmetric generalised Gaussian by moment matching over a grid of shapes. Without values on
 * both sides of zero the scales are NaN and the shape is the grid's first, as in the programs that
 * published NIQE numbers come from.
 * Source: Lasmar, Stitou and Berthoumieu, "Multiscale skewed heavy tailed model for texture
 * analysis", ICIP 2009; as NIQE uses it.
 */
export function fitAggd(values: Float64Array): Aggd {
  let leftSquares = 0;
  let leftCount = 0;
  let rightSquares = 0;
  let rightCount = 0;
  let magnitudes = 0;
  for (const value of values) {
    magnitudes += Math.abs(value);
    if (value < 0) {
      leftSquares += value * value;
      leftCount += 1;
    } else if (value > 0) {
      rightSquares += value * value;
      rightCount += 1;
    }
  }
  const leftDeviation = Math.sqrt(leftSquares / leftCount);
  const rightDeviation = Math.sqrt(rightSquares / rightCount);
  const skew = leftDeviation / rightDeviation;
  const ratio = (magnitudes / values.length) ** 2 / ((leftSquares + rightSquares) / values.length);
  const alpha = nearestShape((ratio * (skew ** 3 + 1) * (skew + 1)) / (skew ** 2 + 1) ** 2);
  const scale = Math.sqrt(gamma(1 / alpha) / gamma(3 / alpha));
  return { alpha, left: leftDeviation * scale, right: rightDeviation * scale };
}
