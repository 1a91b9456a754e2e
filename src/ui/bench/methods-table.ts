import type { BenchMethodView } from '../../app/bench/model.ts';
import { type Mark, markBest, type SummaryKind } from '../../core/bench/summary.ts';
import type { Column, ScoreTable } from '../../core/bench/types.ts';
import { summaryOf } from './columns.ts';
import { type Sorting, sortByNumber } from './sorting.ts';

export interface NumberCell {
  readonly value: number | null;
  readonly mark: Mark;
}

interface StatisticCell extends NumberCell {
  /** Place of the one case it is the value of: only a worst value has one. */
  readonly caseIndex: number | null;
}

export interface MethodRow {
  /** The method's. */
  readonly id: string;
  readonly method: BenchMethodView;
  /** In the order of the columns. */
  readonly cells: readonly StatisticCell[];
  /** In the order of `COSTS`. */
  readonly costs: readonly NumberCell[];
}

/** What a method costs; less is better in all of them. */
export const COSTS = [
  { key: 'parameters', title: 'Parameters', unit: 'M', per: 1e6, digits: 2 },
  { key: 'macs720p', title: 'MACs', unit: 'G at 720p', per: 1e9, digits: 1 },
  { key: 'secondsPerMegapixel', title: 'Time', unit: 's/MPx', per: 1, digits: 2 },
] as const;
export type CostKey = (typeof COSTS)[number]['key'];

export function costOf(method: BenchMethodView, key: CostKey): number | null {
  const cost = COSTS.find((candidate) => candidate.key === key);
  const value = method[key];
  return value === null || cost === undefined ? null : value / cost.per;
}

/** Methods × columns in one statistic, best and second best marked among those shown. */
export function methodRows(
  table: ScoreTable,
  methods: readonly BenchMethodView[],
  columns: readonly Column[],
  statistic: SummaryKind,
  sorting: Sorting,
): MethodRow[] {
  const summaries = columns.map((column) => methods.map(({ id }) => summaryOf(table, id, column)));
  const values = summaries.map((own) => own.map((summary) => summary?.[statistic] ?? null));
  const marks = columns.map(({ direction, digits }, i) =>
    markBest(values[i] ?? [], direction, digits),
  );
  const costs = COSTS.map(({ key }) => methods.map((method) => costOf(method, key)));
  const costMarks = COSTS.map(({ digits }, i) =>
    markBest(costs[i] ?? [], 'lower-is-better', digits),
  );
  const rows = methods.map((method, row): MethodRow => {
    const cell = (all: readonly (number | null)[][], found: readonly Mark[][], i: number) => ({
      value: all[i]?.[row] ?? null,
      mark: found[i]?.[row] ?? null,
    });
    return {
      id: method.id,
      method,
      cells: columns.map((_, i) => ({
        ...cell(values, marks, i),
        caseIndex: statistic === 'worst' ? (summaries[i]?.[row]?.worstCase ?? null) : null,
      })),
      costs: COSTS.map((_, i) => cell(costs, costMarks, i)),
    };
  });
  return sortRows(rows, columns, sorting);
}

function sortRows(
  rows: readonly MethodRow[],
  columns: readonly Column[],
  { key, descending }: Sorting,
): MethodRow[] {
  if (key === null) return [...rows];
  if (key === 'title') {
    const sign = descending ? -1 : 1;
    return rows.toSorted((a, b) => sign * a.method.title.localeCompare(b.method.title, 'en'));
  }
  const at = columns.findIndex(({ id }) => id === key);
  const cost = COSTS.findIndex((candidate) => candidate.key === key);
  const numberOf = (row: MethodRow) => (row.cells[at] ?? row.costs[cost])?.value ?? null;
  return sortByNumber(rows, numberOf, descending);
}
