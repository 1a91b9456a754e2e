import { type Mark, markBest } from '../bench/summary.ts';
import type { Column } from '../bench/types.ts';

/** A table as papers print it: a method a row, a column a metric, best and second best marked. */
export interface PrintedTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly PrintedRow[];
  /** Below the table: definitions, what was imported, on what it was measured. */
  readonly notes: readonly string[];
}

export interface PrintedRow {
  readonly title: string;
  readonly cells: readonly { readonly text: string; readonly mark: Mark }[];
  /** A published result, set apart from what was measured here. */
  readonly published: boolean;
}

/** A column's head with its direction, "PSNR (dB) ↑"; what was not measured here says so. */
export function headOf({ title, unit, direction, imported }: Column): string {
  const arrow = direction === 'higher-is-better' ? '↑' : '↓';
  return `${title}${unit === '' ? '' : ` (${unit})`}${imported ? ', imported' : ''} ${arrow}`;
}

export interface PrintedMethod {
  readonly title: string;
  /** In the order of the columns; null prints as "–". */
  readonly values: readonly (number | null)[];
  readonly published: boolean;
}

/** Puts numbers into a table; best and second best are found among what is not published. */
export function printTable(
  caption: string,
  columns: readonly Column[],
  methods: readonly PrintedMethod[],
  notes: readonly string[],
): PrintedTable {
  const marks = columns.map(({ direction, digits }, index) =>
    markBest(
      methods.map(({ values, published }) => (published ? null : (values[index] ?? null))),
      direction,
      digits,
    ),
  );
  return {
    caption,
    header: ['Method', ...columns.map(headOf)],
    rows: methods.map(({ title, values, published }, row) => ({
      title,
      published,
      cells: columns.map(({ digits }, index) => {
        const value = values[index] ?? null;
        return {
          text: value === null ? '–' : value.toFixed(digits),
          mark: marks[index]?.[row] ?? null,
        };
      }),
    })),
    notes,
  };
}
