import { comparePaired, type PairedComparison } from '../../core/bench/compare.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';

export interface ComparedColumn {
  readonly column: Column;
  /** Null where no case has both values. */
  readonly result: PairedComparison | null;
}

/** Two methods in one column, case by case. */
export function compareColumn(
  table: ScoreTable,
  column: Column,
  first: string,
  second: string,
): ComparedColumn {
  const values = (method: string) => columnOf(table, method, column.id);
  return { column, result: comparePaired(values(first), values(second), column.direction) };
}

export type Verdict = 'first' | 'second' | 'open';

/** Who is ahead by the interval: it must leave 0 out. */
export function verdictOf({ column, result }: ComparedColumn): Verdict {
  if (!result?.interval) return 'open';
  const [low, high] = result.interval;
  if (low <= 0 && high >= 0) return 'open';
  return low > 0 === (column.direction === 'higher-is-better') ? 'first' : 'second';
}

/** "+0.412": a difference says its sign; zero has none. */
export function signed(value: number, digits: number): string {
  const words = Math.abs(value).toFixed(digits);
  if (Number(words) === 0) return words;
  return `${value < 0 ? '−' : '+'}${words}`;
}

/** "63 %" */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
