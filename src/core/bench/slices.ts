import { quantileOfSorted } from '../stats/quantile.ts';
import { type Summary, summarise } from './summary.ts';
import type { Direction } from './types.ts';

/** What is known of the cases besides their pixels: by attribute, one text a case, null unknown. */
export type Attributes = ReadonlyMap<string, readonly (string | null)[]>;

/** Cases that share a value of an attribute. */
export interface Slice {
  readonly title: string;
  /** Places of the cases. */
  readonly members: readonly number[];
}

/** With more different values than this, numbers are cut into bins. */
const MOST_VALUES = 8;
const BINS = 4;

const asNumbers = (values: readonly (string | null)[]): number[] | null => {
  const known = values.filter((value) => value !== null);
  const numbers = known.map(Number);
  return known.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
};

/** Numbers cut at their quartiles; equal numbers never part. */
function bins(values: readonly (string | null)[], numbers: readonly number[]): Slice[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const cuts = Array.from({ length: BINS - 1 }, (_, i) => quantileOfSorted(sorted, (i + 1) / BINS));
  const edges = [...new Set([sorted[0] ?? 0, ...cuts, sorted.at(-1) ?? 0])];
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? from;
    const last = i === edges.length - 2;
    const members = values.flatMap((value, index) => {
      if (value === null) return [];
      const number = Number(value);
      return number >= from && (number < to || (last && number <= to)) ? [index] : [];
    });
    return { title: `${from} to ${last ? '' : 'below '}${to}`, members };
  });
}

/**
 * Cuts a set along one attribute: a slice for each value, or four between quartiles where there are
 * more than eight different numbers. Cases without a value come last, as "unknown".
 */
export function slicesOf(values: readonly (string | null)[]): Slice[] {
  const numbers = asNumbers(values);
  const different = [...new Set(values.filter((value) => value !== null))];
  const unknown = values.flatMap((value, index) => (value === null ? [index] : []));
  const rest = unknown.length > 0 ? [{ title: 'unknown', members: unknown }] : [];
  if (numbers && different.length > MOST_VALUES) return [...bins(values, numbers), ...rest];
  const sorted = numbers
    ? different.sort((a, b) => Number(a) - Number(b))
    : different.sort((a, b) => a.localeCompare(b));
  const slices = sorted.map((title) => ({
    title,
    members: values.flatMap((value, index) => (value === title ? [index] : [])),
  }));
  return [...slices, ...rest];
}

export interface SliceSummary extends Slice {
  readonly summary: Summary | null;
}

/** Sums a column up in every slice. */
export function summariseSlices(
  slices: readonly Slice[],
  values: ArrayLike<number>,
  direction: Direction,
): SliceSummary[] {
  return slices.map((slice) => {
    const own = slice.members.map((index) => values[index] ?? Number.NaN);
    const summary = summarise(own, direction);
    return {
      ...slice,
      summary: summary && { ...summary, worstCase: slice.members[summary.worstCase] ?? -1 },
    };
  });
}

/** The slice with the worst mean; null where none has values. */
export function worstSlice(
  slices: readonly SliceSummary[],
  direction: Direction,
): SliceSummary | null {
  const sign = direction === 'higher-is-better' ? 1 : -1;
  let worst: SliceSummary | null = null;
  for (const slice of slices) {
    if (!slice.summary) continue;
    if (!worst?.summary || sign * slice.summary.mean < sign * worst.summary.mean) worst = slice;
  }
  return worst;
}
