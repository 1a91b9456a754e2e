import { type FilterSubject, meets, parseFilter } from '../../core/bench/filter.ts';
import type { Attributes } from '../../core/bench/slices.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';
import type { Shift } from '../../core/inspect/alignment.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import { type Sorting, sortByNumber } from './sorting.ts';

/** A case of the table, with what it is found by. */
export interface CaseEntry {
  /** Place in the score table and in the attributes. */
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly said: Remarks;
  /** By method: outputs that people found to lie elsewhere than the ground truth. */
  readonly shifts: Readonly<Record<string, Shift>>;
}

/** A column of numbers of the table of cases: a metric of one method, or a method in one metric. */
export interface CaseColumn {
  readonly key: string;
  readonly column: Column;
  /** Whose numbers it shows; null is the gap between the best and the worst method. */
  readonly method: string | null;
  readonly values: ArrayLike<number>;
}

/** The metrics of one method. */
export function columnsOfMethod(
  table: ScoreTable,
  method: string,
  columns: readonly Column[],
): CaseColumn[] {
  return columns.map((column) => ({
    key: column.id,
    column,
    method,
    values: columnOf(table, method, column.id),
  }));
}

export const GAP = 'gap';

/** One metric of every method, and the gap between them where there are several. */
export function columnsOfMetric(
  table: ScoreTable,
  column: Column,
  methods: readonly string[],
): CaseColumn[] {
  const own = methods.map((method) => ({
    key: `method ${method}`,
    column,
    method,
    values: columnOf(table, method, column.id),
  }));
  if (own.length < 2) return own;
  const gaps = Float64Array.from(table.cases, (_, i) =>
    gapOf(own.map(({ values }) => values[i] ?? Number.NaN)),
  );
  return [...own, { key: GAP, column, method: null, values: gaps }];
}

/** Between the greatest and the least; NaN where fewer than two are known. */
function gapOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length < 2 ? Number.NaN : Math.max(...known) - Math.min(...known);
}

interface FilterContext {
  readonly table: ScoreTable;
  readonly attributes: Attributes;
  /** A comparison holds where it holds for one of them. */
  readonly methods: readonly string[];
}

const SAID_NAMES = ['rating', 'notes', 'pins', 'shifted'] as const;

/**
 * What was said of a case as a number: stars of the method, else of the case; how many notes and pins;
 * whether the method's output was found to be shifted. Undefined for any other name, NaN without a rating.
 */
function saidValue({ said, shifts }: CaseEntry, name: string, method: string) {
  const { ratings, notes, pins } = said;
  if (name === 'notes') return notes.length;
  if (name === 'pins') return pins.length;
  if (name === 'shifted') return shifts[method] === undefined ? 0 : 1;
  if (name !== 'rating') return undefined;
  const own = ratings.find((rating) => rating.method === method);
  return (own ?? ratings.find((rating) => rating.method === null))?.stars ?? Number.NaN;
}

/** The cases that a filter line leaves. */
export function filterCases(
  cases: readonly CaseEntry[],
  line: string,
  { table, attributes, methods }: FilterContext,
): CaseEntry[] {
  const conditions = parseFilter(line);
  if (conditions.length === 0) return [...cases];
  const columns = new Map(table.columns.map(({ id }) => [id.toLowerCase(), id]));
  const byName = new Map([...attributes].map(([name, values]) => [name.toLowerCase(), values]));
  const subjectOf = (own: CaseEntry, method: string): FilterSubject => ({
    // Words are looked for in notes and pins too.
    name: [own.title, ...[...own.said.notes, ...own.said.pins].map(({ text }) => text)].join('\n'),
    tags: own.tags,
    value: (column) => {
      const said = saidValue(own, column.toLowerCase(), method);
      if (said !== undefined) return said;
      const id = columns.get(column.toLowerCase());
      return id === undefined ? undefined : columnOf(table, method, id)[own.index];
    },
    attribute: (name) =>
      saidValue(own, name, method)?.toString() ?? byName.get(name)?.[own.index] ?? null,
  });
  const asked = methods.length > 0 ? methods : [''];
  return cases.filter((own) => asked.some((method) => meets(conditions, subjectOf(own, method))));
}

/** Sorts by the case's title or by one of the columns. */
export function sortCases(
  cases: readonly CaseEntry[],
  columns: readonly CaseColumn[],
  { key, descending }: Sorting,
): CaseEntry[] {
  const column = columns.find((candidate) => candidate.key === key);
  if (column) {
    return sortByNumber(cases, ({ index }) => column.values[index] ?? null, descending);
  }
  return key === 'title' && descending ? cases.toReversed() : [...cases];
}

/** The first click on a head puts the worst cases on top: that is what one looks for. */
export function startsDescending({ column, key }: CaseColumn): boolean {
  return key === GAP || column.direction === 'lower-is-better';
}

/** Names a filter may use, for the hint beside it. */
export function filterNames(table: ScoreTable, attributes: Attributes): string[] {
  return [...table.columns.map(({ id }) => id), ...attributes.keys(), ...SAID_NAMES];
}

/** "#halo hair" becomes the tags halo and hair, each once. */
export function parseTags(text: string): string[] {
  const words = text.split(/[\s,]+/).map((word) => word.replace(/^#+/, ''));
  return [...new Set(words.filter((word) => word !== ''))];
}
