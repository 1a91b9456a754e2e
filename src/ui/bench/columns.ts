import { type Summary, type SummaryKind, summarise } from '../../core/bench/summary.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';

/** A column's head in two lines: the metric, and where it is measured with the better direction. */
interface ColumnHead {
  readonly name: string;
  readonly part: string;
}

export function headOf({ title, unit, direction, imported }: Column): ColumnHead {
  const [, name = title, where = ''] =
    /^(.*), (.*?)$/.exec(title) ?? /^(.*) \((RAIM 2026)\)$/.exec(title) ?? [];
  const arrow = direction === 'higher-is-better' ? '↑' : '↓';
  const words = [where, unit, imported ? 'imported' : '', arrow];
  return { name, part: words.filter((word) => word !== '').join(' ') };
}

/** A column in one line, for menus and axes. */
export function columnTitle(column: Column): string {
  const { name, part } = headOf(column);
  return `${name}, ${part}`;
}

export const STATISTICS: readonly { readonly value: SummaryKind; readonly label: string }[] = [
  { value: 'mean', label: 'Mean' },
  { value: 'median', label: 'Median' },
  { value: 'p5', label: '5th' },
  { value: 'p95', label: '95th' },
  { value: 'worst', label: 'Worst' },
];

/** Tables never change, so what is computed of one holds as long as it does. */
const known = new WeakMap<ScoreTable, Map<string, Summary | null>>();

/** What a method's values in a column come to; null where it has none. */
export function summaryOf(table: ScoreTable, method: string, column: Column): Summary | null {
  const own = known.get(table) ?? new Map<string, Summary | null>();
  known.set(table, own);
  const key = `${column.id}\n${method}`;
  const found = own.get(key);
  if (found !== undefined) return found;
  const summary = summarise(columnOf(table, method, column.id), column.direction);
  own.set(key, summary);
  return summary;
}

/** Means by column id, as formulas want them. */
export function meansOf(table: ScoreTable, method: string): Record<string, number | null> {
  return Object.fromEntries(
    table.columns.map((column) => [column.id, summaryOf(table, method, column)?.mean ?? null]),
  );
}

/**
 * The columns in which any of the methods has a value, those of a scoring program first; all where
 * nothing has been measured yet.
 */
export function columnsToShow(table: ScoreTable, methods: readonly string[]): Column[] {
  const filled = table.columns.filter((column) =>
    methods.some((method) => summaryOf(table, method, column) !== null),
  );
  const all = filled.length > 0 ? filled : table.columns;
  const official = ({ id }: Column) => id.startsWith('raim2026:');
  return [...all.filter(official), ...all.filter((column) => !official(column))];
}
