/*
 * The numbers of a whole data set: methods × cases × columns. A column is a metric over a region, or
 * something that was imported or known beforehand.
 */

export type Direction = 'higher-is-better' | 'lower-is-better';

/** What a column of numbers means. */
export interface Column {
  /** `<metric>:<region>` for what Loupe measures ("deltae:person"), else `import:<name>`. */
  readonly id: string;
  /** For table heads: "ΔE (OpenCV 8-bit), person". */
  readonly title: string;
  readonly unit: string;
  readonly direction: Direction;
  readonly digits: number;
  /** Version of the metric's definition, a network's hash, or "imported". */
  readonly version: string;
  readonly imported: boolean;
}

/** One value a case, in the order of the cases; NaN is "no value". */
export type ColumnValues = Float64Array<ArrayBuffer>;

/** All numbers of a set. What was not measured is absent, or NaN. */
export interface ScoreTable {
  readonly cases: readonly string[];
  readonly methods: readonly string[];
  readonly columns: readonly Column[];
  /** By method, then by column id. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, ColumnValues>>;
}

/** A method's values in one column; all NaN where there are none. */
export function columnOf(table: ScoreTable, method: string, column: string): ColumnValues {
  return (
    table.values.get(method)?.get(column) ?? new Float64Array(table.cases.length).fill(Number.NaN)
  );
}
