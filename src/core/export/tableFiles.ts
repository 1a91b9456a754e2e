import { type ColumnValues, columnOf, type ScoreTable } from '../bench/types.ts';
import type { Remarks } from '../inspect/tags.ts';
import { writeTable } from '../text/csv.ts';
import type { Provenance } from './provenance.ts';

/**
 * All numbers, one a line: nothing is rounded, so that a second reading gives the same numbers.
 * @param automaticMasks cases whose person was found by a network
 */
export function longCsv(table: ScoreTable, automaticMasks: readonly string[]): string {
  const automatic = new Set(automaticMasks);
  const rows: string[][] = [];
  for (const method of table.methods) {
    for (const column of table.columns) {
      const values = columnOf(table, method, column.id);
      table.cases.forEach((own, index) => {
        const value = values[index] ?? Number.NaN;
        if (!Number.isFinite(value)) return;
        rows.push([
          own,
          method,
          column.id,
          column.version,
          column.imported ? 'imported' : 'measured',
          String(value),
          automatic.has(own) ? 'automatic' : '',
        ]);
      });
    }
  }
  return writeTable([['case', 'method', 'column', 'version', 'origin', 'value', 'mask'], ...rows]);
}

const plain = (values: ColumnValues): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

/**
 * All numbers with where they come from, as a JSON file.
 * @param remarks what was said of the cases, by case
 */
export function tableJson(
  table: ScoreTable,
  provenance: Provenance,
  ranking: object | null,
  remarks: Readonly<Record<string, Remarks>>,
): string {
  const values = Object.fromEntries(
    table.methods.map((method) => [
      method,
      Object.fromEntries(
        table.columns.map(({ id }) => [id, plain(columnOf(table, method, id))] as const),
      ),
    ]),
  );
  const { cases, methods, columns } = table;
  return `${JSON.stringify({ loupe: 'scores', version: 1, provenance, cases, methods, columns, values, ranking, remarks }, null, 1)}\n`;
}
