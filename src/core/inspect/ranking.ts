import { columnOf, type Direction, type ScoreTable } from '../bench/types.ts';
import type { BinaryMask } from '../image/types.ts';
import type { ScalarMap } from '../metrics/maps.ts';
import { quantileOfSorted } from '../stats/quantile.ts';

/** A case by its place in the table, and what it was ordered by. */
export interface Ranked {
  readonly index: number;
  readonly value: number;
}

/** Cases by falling value of `badness`, those without one (NaN) left out, ties in their order. */
function byBadness(
  values: ArrayLike<number>,
  badness: (value: number) => number = (value) => value,
): Ranked[] {
  return Array.from(values, (value, index) => ({ index, value }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => badness(b.value) - badness(a.value) || a.index - b.index);
}

const signOf = (direction: Direction): 1 | -1 => (direction === 'lower-is-better' ? 1 : -1);

/** Worst first; cases without a value (NaN) are left out. */
export function worstFirst(values: ArrayLike<number>, direction: Direction): Ranked[] {
  return byBadness(values, (value) => signOf(direction) * value);
}

/**
 * By how much a method is behind another, most first: differences in the metric's unit, positive
 * where the method is the worse one. Cases for which one of them has no value are left out.
 */
export function byGap(
  method: ArrayLike<number>,
  other: ArrayLike<number>,
  direction: Direction,
): Ranked[] {
  const sign = signOf(direction);
  const gaps = Array.from(method, (value, i) => sign * (value - (other[i] ?? Number.NaN)));
  return byBadness(gaps);
}

/**
 * Largest disagreement between methods first: the spread (greatest less least) of a column over the
 * methods that have a value for the case, at least two.
 */
export function byDisagreement(
  table: ScoreTable,
  methods: readonly string[],
  column: string,
): Ranked[] {
  const columns = methods.map((method) => columnOf(table, method, column));
  const spreads = table.cases.map((_, i) => {
    const values = columns.map((one) => one[i] ?? Number.NaN).filter(Number.isFinite);
    return values.length < 2 ? Number.NaN : Math.max(...values) - Math.min(...values);
  });
  return byBadness(spreads);
}

const PEAK_SHARE = 0.995;

/**
 * How bad an error map gets: its 99.5th percentile, or the 0.5th where low values are errors
 * (quantiles of type 7).
 * @param region of the map's size; null: the whole map
 * @returns null where the region has no pixels
 */
export function mapPeak(
  map: ScalarMap,
  lowIsBad: boolean,
  region: BinaryMask | null = null,
): number | null {
  const values =
    region === null ? map.data.slice() : map.data.filter((_, i) => region.data[i] === 1);
  if (values.length === 0) return null;
  return quantileOfSorted(values.sort(), lowIsBad ? 1 - PEAK_SHARE : PEAK_SHARE);
}

/** The share of the other known values that lie below a value, ties counted half; NaN: unknown. */
function rankShares(values: readonly number[]): number[] {
  const known = values.filter(Number.isFinite);
  return values.map((value) => {
    if (!Number.isFinite(value) || known.length < 2) return Number.NaN;
    const below = known.filter((other) => other < value).length;
    const equal = known.filter((other) => other === value).length - 1;
    return (below + equal / 2) / (known.length - 1);
  });
}

/**
 * "Good score, bad map peak" first: cases that score well among the others and whose error map
 * nevertheless peaks higher than theirs. The value is the lesser of two rank shares (0..1): of cases
 * that score worse, and of cases with a lower peak.
 * @param peaks from `mapPeak`, NaN where there is none
 * @param lowIsBad whether a low peak is the bad one
 */
export function goodScoreBadPeak(
  scores: ArrayLike<number>,
  direction: Direction,
  peaks: ArrayLike<number>,
  lowIsBad: boolean,
): Ranked[] {
  const both = Array.from(scores, (score, i) => {
    const peak = peaks[i] ?? Number.NaN;
    return Number.isFinite(score) && Number.isFinite(peak) ? { score, peak } : null;
  });
  const good = rankShares(both.map((one) => (one ? -signOf(direction) * one.score : Number.NaN)));
  const bad = rankShares(both.map((one) => (one ? (lowIsBad ? -1 : 1) * one.peak : Number.NaN)));
  return byBadness(good.map((share, i) => Math.min(share, bad[i] ?? Number.NaN)));
}
