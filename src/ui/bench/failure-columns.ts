import { PEAK_MAP, PEAK_REGIONS, peakColumnId } from '../../app/bench/columns.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';
import { byGap, goodScoreBadPeak, type Ranked } from '../../core/inspect/ranking.ts';
import type { CaseColumn } from './cases-table.ts';

/** Ranked values back in the order of the cases; NaN where a case was left out. */
function byCase(ranked: readonly Ranked[], count: number): Float64Array {
  const values = new Float64Array(count).fill(Number.NaN);
  // Added to 0, a negative zero is none: it would be shown with its sign.
  for (const { index, value } of ranked) values[index] = value + 0;
  return values;
}

/** By how much a method is behind another one, in every column: positive where it is the worse. */
export function columnsBehind(
  table: ScoreTable,
  method: string,
  other: string,
  columns: readonly Column[],
): CaseColumn[] {
  return columns.map((column) => {
    const [own, others] = [method, other].map((id) => columnOf(table, id, column.id));
    const gaps = own && others ? byGap(own, others, column.direction) : [];
    return {
      key: column.id,
      column: { ...column, direction: 'lower-is-better' },
      method,
      values: byCase(gaps, table.cases.length),
    };
  });
}

const DIGITS = 2;

/**
 * Cases of a method that score well and whose error map peaks nevertheless; see `goodScoreBadPeak`.
 * Of the person where peaks of it are known, else of the whole picture; null where no peak is known.
 */
export function hiddenFailures(table: ScoreTable, method: string): CaseColumn | null {
  const known = (region: (typeof PEAK_REGIONS)[number]) =>
    columnOf(table, method, peakColumnId(region)).some(Number.isFinite);
  const region = PEAK_REGIONS.find(known);
  if (region === undefined) return null;
  const scores = columnOf(table, method, `${PEAK_MAP}:${region}`);
  const peaks = columnOf(table, method, peakColumnId(region));
  const ranked = goodScoreBadPeak(scores, 'lower-is-better', peaks, false);
  return {
    key: 'hidden-failure',
    column: {
      id: `hidden-failure:${region}`,
      title: `Good ΔE, bad peak, ${region === 'person' ? 'person' : 'all'}`,
      unit: '0 to 1',
      direction: 'lower-is-better',
      digits: DIGITS,
      version: '1',
      imported: false,
    },
    method,
    values: byCase(ranked, table.cases.length),
  };
}
