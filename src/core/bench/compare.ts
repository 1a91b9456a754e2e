import { quantileOfSorted } from '../stats/quantile.ts';
import { makeRandom } from '../stats/random.ts';
import type { Direction } from './types.ts';

/** Two methods over the cases for which both have a value. */
export interface PairedComparison {
  readonly count: number;
  /** Mean of first minus second. */
  readonly difference: number;
  /** 95 % interval of that mean; a single case has none. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Shares of the cases in which the first is better, equal, worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

const RESAMPLES = 2000;

/**
 * Compares two methods case by case: mean difference with a percentile bootstrap interval over the
 * cases (Efron and Tibshirani 1993, ch. 13; 2,000 resamples, the same ones for the same seed) and how
 * often the first is better.
 * @returns null where no case has both values
 */
export function comparePaired(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  direction: Direction,
  seed: number | string = 'paired',
): PairedComparison | null {
  const differences: number[] = [];
  for (let i = 0; i < Math.min(first.length, second.length); i += 1) {
    const difference = (first[i] ?? Number.NaN) - (second[i] ?? Number.NaN);
    if (Number.isFinite(difference)) differences.push(difference);
  }
  const count = differences.length;
  if (count === 0) return null;
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const wins = differences.filter((value) => sign * value > 0).length / count;
  const ties = differences.filter((value) => value === 0).length / count;
  return {
    count,
    difference: differences.reduce((sum, value) => sum + value, 0) / count,
    interval: count < 2 ? null : bootstrapMean(differences, seed),
    wins,
    ties,
    losses: 1 - wins - ties,
  };
}

/** The percentile bootstrap's 95 % interval of a mean. */
function bootstrapMean(
  values: readonly number[],
  seed: number | string,
): readonly [number, number] {
  const random = makeRandom(seed);
  const means = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) sum += values[random.below(values.length)] ?? 0;
    means[draw] = sum / values.length;
  }
  means.sort();
  return [quantileOfSorted(means, 0.025), quantileOfSorted(means, 0.975)];
}
