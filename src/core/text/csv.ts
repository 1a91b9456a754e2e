import { BadInput } from '../badInput.ts';

export interface Table {
  readonly header: readonly string[];
  /** Every row as long as the header. */
  readonly rows: readonly (readonly string[])[];
}

/** The records of comma-separated text (RFC 4180), quotes resolved. Null where a quote never ends. */
function records(text: string): string[][] | null {
  const found: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        end = text.indexOf('"', end);
        if (end < 0) return null;
        if (text[end + 1] !== '"') break;
        end += 2;
      }
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const rest = /[^,\r\n]*/y;
    rest.lastIndex = at;
    cell += rest.exec(text)?.[0] ?? '';
    at = rest.lastIndex;
    record.push(cell.trim());
    if (text[at] === ',' && at + 1 < text.length) {
      at += 1;
      continue;
    }
    if (text[at] === ',') record.push('');
    at += text.startsWith('\r\n', at) ? 2 : 1;
    found.push(record);
    record = [];
  }
  return found;
}

/**
 * Reads a table of comma-separated values. Empty lines are left out.
 * @param name of the file, for messages
 * @throws {BadInput} where it has no header, a column twice or a row of another length
 */
export function readTable(text: string, name: string): Table {
  const parsed = records(text.replace(/^\uFEFF/, ''));
  if (!parsed) throw new BadInput(`A quotation mark in ${name} is never closed.`);
  const lines = parsed.map((cells, index) => ({ cells, number: index + 1 }));
  const [header, ...rows] = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!header) throw new BadInput(`The table ${name} is empty.`);
  const twice = header.cells.find((cell, index) => header.cells.indexOf(cell) !== index);
  if (twice !== undefined) throw new BadInput(`The table ${name} has the column “${twice}” twice.`);
  const odd = rows.find(({ cells }) => cells.length !== header.cells.length);
  if (odd) {
    throw new BadInput(
      `Line ${odd.number} of ${name} has ${odd.cells.length} values, the header ${header.cells.length}.`,
    );
  }
  return { header: header.cells, rows: rows.map(({ cells }) => cells) };
}

/**
 * A cell as a number; null for "N/A" and for nothing.
 * @throws {BadInput} where it is something else
 */
export function numberIn(cell: string, column: string, row: string, name: string): number | null {
  if (cell === '' || cell === 'N/A') return null;
  const value = Number(cell);
  if (Number.isFinite(value) && /^[-+.\d]/.test(cell)) return value;
  throw new BadInput(`${column} of ${row} in ${name} is “${cell}”, which is not a number.`);
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Comma-separated text, quoted where needed, every line ended. */
export function writeTable(
  lines: readonly (readonly string[])[],
  lineEnd: '\n' | '\r\n' = '\n',
): string {
  return lines.map((cells) => cells.map(quoted).join(',') + lineEnd).join('');
}
