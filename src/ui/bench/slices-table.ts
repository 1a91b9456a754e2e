import { type Attributes, slicesOf, summariseSlices, worstSlice } from '../../core/bench/slices.ts';
import { markBest } from '../../core/bench/summary.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';
import type { CaseEntry } from './cases-table.ts';
import type { NumberCell } from './methods-table.ts';

export interface SliceRow {
  readonly title: string;
  readonly count: number;
  /** In the order of the methods; `worst` where it is the method's worst slice. */
  readonly cells: readonly (NumberCell & { readonly worst: boolean })[];
}

/** The means of a column in every slice of an attribute, for each method. */
export function sliceRows(
  table: ScoreTable,
  attributes: Attributes,
  attribute: string,
  column: Column,
  methods: readonly string[],
  cases: readonly Pick<CaseEntry, 'index'>[],
): SliceRow[] {
  const real = new Set(cases.map(({ index }) => index));
  const slices = slicesOf(attributes.get(attribute) ?? [])
    .map((slice) => ({ ...slice, members: slice.members.filter((index) => real.has(index)) }))
    .filter(({ members }) => members.length > 0);
  const { direction, digits } = column;
  const byMethod = methods.map((method) => {
    const summaries = summariseSlices(slices, columnOf(table, method, column.id), direction);
    return { summaries, worst: worstSlice(summaries, direction) };
  });
  return slices.map(({ title, members }, row): SliceRow => {
    const means = byMethod.map(({ summaries }) => summaries[row]?.summary?.mean ?? null);
    const marks = markBest(means, direction, digits);
    return {
      title,
      count: members.length,
      cells: byMethod.map(({ summaries, worst }, i) => ({
        value: means[i] ?? null,
        mark: marks[i] ?? null,
        worst: slices.length > 1 && worst !== null && worst === summaries[row],
      })),
    };
  });
}

/** What a filter line needs to be to leave the cases of a slice; null where it cannot say it. */
export function sliceFilter(attribute: string, title: string): string | null {
  return /[\s"]/.test(`${attribute}${title}`) || title === 'unknown'
    ? null
    : `${attribute}=${title}`;
}
