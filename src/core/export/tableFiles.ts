import { type ColumnValues, columnOf, type ScoreTable } from '../bench/types.ts';
import type { Remarks } from '../inspect/tags.ts';
import { writeTable } from '../text/csv.ts';
import type { Provenance } from './provenance.ts';

/** Behind every number, so that none is ever seen without what produced it. */
const PROVENANCE_HEADS = [
  'parameters',
  'regions',
  'decoder',
  'device',
  'verdict',
  'model_sha256',
  'provider',
  'app',
] as const;

/** What of the provenance belongs to one method and column. */
function provenanceCells(provenance: Provenance, method: string, column: string): string[] {
  const { app, device, decoder, regionRuleId } = provenance;
  const metric = provenance.metrics.find(({ id }) => id === column);
  const model = provenance.methods.find((own) => own.method === method)?.model ?? null;
  const measured =
    metric?.imported === false
      ? [
          JSON.stringify(metric.parameters),
          regionRuleId,
          String(decoder.version),
          device.adapter ?? device.backend,
          device.verdict,
        ]
      : ['', '', '', '', ''];
  return [...measured, model?.sha256 ?? '', model?.provider ?? '', `${app.name} ${app.version}`];
}

/** All numbers, one a line: nothing is rounded, so that a second reading gives the same numbers. */
export function longCsv(table: ScoreTable, provenance: Provenance): string {
  const automatic = new Set(provenance.masks.automaticCases);
  const shifts = new Map(
    provenance.shifts.map(({ case: own, method, dx, dy }) => [
      JSON.stringify([own, method]),
      `${dx} ${dy}`,
    ]),
  );
  const rows: string[][] = [];
  for (const method of table.methods) {
    for (const column of table.columns) {
      const from = provenanceCells(provenance, method, column.id);
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
          column.imported ? '' : (shifts.get(JSON.stringify([own, method])) ?? ''),
          ...from,
        ]);
      });
    }
  }
  const heads = ['case', 'method', 'column', 'version', 'origin', 'value', 'mask', 'shift'];
  return writeTable([[...heads, ...PROVENANCE_HEADS], ...rows]);
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
