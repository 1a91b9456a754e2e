import { quantileOfSorted } from '../stats/quantile.ts';
import type { Direction } from './types.ts';

/** What a method's values in one column come to. Over the cases that have a value. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  /** 5th and 95th percentile. */
  readonly p5: number;
  readonly p95: number;
  readonly worst: number;
  /** Place of the worst value among the cases. */
  readonly worstCase: number;
}

export type SummaryKind = 'mean' | 'median' | 'p5' | 'p95' | 'worst';

/** @returns null where no case has a value */
export function summarise(values: ArrayLike<number>, direction: Direction): Summary | null {
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const known: number[] = [];
  let worstCase = -1;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    known.push(value);
    if (worstCase < 0 || sign * value < sign * (values[worstCase] ?? Number.NaN)) worstCase = i;
  }
  if (worstCase < 0) return null;
  known.sort((a, b) => a - b);
  return {
    count: known.length,
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    median: quantileOfSorted(known, 0.5),
    p5: quantileOfSorted(known, 0.05),
    p95: quantileOfSorted(known, 0.95),
    worst: values[worstCase] ?? Number.NaN,
    worstCase,
  };
}

export type Mark = 'best' | 'second' | null;

/**
 * Best and second best of a row of numbers, as papers mark them. Values that read the same at the
 * digits shown share the mark; a row with fewer than two different values has no second.
 * @param values null: no value, no mark
 */
export function markBest(
  values: readonly (number | null)[],
  direction: Direction,
  digits: number,
): Mark[] {
  const shown = values.map((value) => (value === null ? null : Number(value.toFixed(digits))));
  const sign = direction === 'higher-is-better' ? -1 : 1;
  const known = shown.filter((value) => value !== null);
  const places = [...new Set(known)].sort((a, b) => sign * (a - b));
  if (known.length < 2) return values.map(() => null);
  return shown.map((value) => {
    if (value === null) return null;
    if (value === places[0]) return 'best';
    return value === places[1] ? 'second' : null;
  });
}
