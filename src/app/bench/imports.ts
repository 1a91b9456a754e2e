import * as v from 'valibot';
import { BadInput } from '../../core/badInput.ts';
import { numberIn, readTable } from '../../core/text/csv.ts';
import type { ImportView } from './model.ts';

/*
 * Tables that are brought in: values that a browser cannot compute (by case and method, or by method
 * alone), attributes of the cases, complexity of the methods. What a table is, its head tells.
 */

/** A table that was brought in, as it is stored. Cases and methods are told by title, case ignored. */
export interface ImportedTable {
  readonly id: string;
  readonly fileName: string;
  readonly kind: ImportView['kind'];
  /** Without the columns that name case and method. */
  readonly columns: readonly string[];
  readonly rows: readonly ImportedRow[];
}

export interface ImportedRow {
  /** Null: of all cases. */
  readonly case: string | null;
  /** Null: of all methods. */
  readonly method: string | null;
  /** In the order of the columns: texts for attributes, else numbers; null is unknown. */
  readonly cells: readonly (number | string | null)[];
}

const CASE_HEADS = ['case', 'image_id', 'image', 'id', 'stem', 'name', 'file'];
const METHOD_HEADS = ['method', 'team', 'model'];
const COMPLEXITY_HEADS = [
  'parameters',
  'params',
  'macs',
  'gmacs',
  'seconds',
  'secondspermegapixel',
];
/** The scoring program's columns that hold file names. */
const FILE_HEADS = ['sr_file', 'hr_file'];

const MOST_ROWS = 200_000;

/** A row of the table as read: by column name. */
type Cells = readonly string[];

interface RawTable {
  readonly header: Cells;
  readonly rows: readonly Cells[];
}

const cell = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const jsonSchema = v.pipe(
  v.array(v.record(v.string(), cell)),
  v.minLength(1),
  v.maxLength(MOST_ROWS),
);

/** JSON: a list of objects with the same keys, which are the columns. */
function readJsonTable(text: string, name: string): RawTable {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (caught) {
    throw new BadInput(`${name} is not JSON. Save the table as CSV or as a JSON list.`, caught);
  }
  const read = v.safeParse(jsonSchema, json);
  if (!read.success) {
    throw new BadInput(
      `${name} is not a JSON list of objects with texts and numbers, one for each row.`,
    );
  }
  const header = [...new Set(read.output.flatMap((row) => Object.keys(row)))];
  const rows = read.output.map((row) => header.map((key) => String(row[key] ?? '')));
  return { header, rows };
}

function headIn(header: Cells, names: readonly string[]): number {
  return header.findIndex((head) => names.includes(head.trim().toLowerCase()));
}

interface Heads {
  readonly caseAt: number;
  readonly methodAt: number;
  /** Places of the columns that hold something. */
  readonly others: readonly number[];
}

function headsOf({ header }: RawTable): Heads {
  const caseAt = headIn(header, CASE_HEADS);
  const methodAt = headIn(header, METHOD_HEADS);
  const others = header.flatMap((head, index) =>
    index === caseAt || index === methodAt || FILE_HEADS.includes(head.toLowerCase())
      ? []
      : [index],
  );
  return { caseAt, methodAt, others };
}

function kindOf({ header, rows }: RawTable, { caseAt, methodAt, others }: Heads) {
  const heads = others.map((index) => (header[index] ?? '').toLowerCase().replaceAll(/[ _-]/g, ''));
  if (methodAt >= 0 && caseAt < 0 && heads.every((head) => COMPLEXITY_HEADS.includes(head))) {
    return 'complexity';
  }
  if (methodAt >= 0) return 'values';
  // The scoring program's own table has a value column a metric and no method.
  const known = others.every((index) => /^(PSNR|SSIM|DeltaE|LPIPS)_/.test(header[index] ?? ''));
  const numeric = rows.every((row) => others.every((index) => Number.isFinite(Number(row[index]))));
  return known && numeric ? 'values' : 'attributes';
}

/**
 * Reads a CSV or JSON table.
 * @throws {BadInput} with a sentence that names the file and the remedy
 */
export function readImport(text: string, fileName: string, id: string): ImportedTable {
  const raw = /^\s*[[{]/.test(text) ? readJsonTable(text, fileName) : readTable(text, fileName);
  if (raw.rows.length > MOST_ROWS) {
    throw new BadInput(`${fileName} has ${raw.rows.length} rows, more than ${MOST_ROWS}.`);
  }
  const heads = headsOf(raw);
  const { caseAt, methodAt, others } = heads;
  if (caseAt < 0 && methodAt < 0) {
    throw new BadInput(
      `${fileName} has no column that tells case or method: call it “case” (or “image_id”) and “method” (or “team”).`,
    );
  }
  if (others.length === 0) throw new BadInput(`${fileName} has no column with values.`);
  const kind = kindOf(raw, heads);
  const rows = raw.rows.map((cells, index): ImportedRow => {
    const named = (at: number) => (at < 0 ? null : (cells[at] ?? '').trim());
    const row = `row ${index + 2}`;
    return {
      case: named(caseAt),
      method: named(methodAt),
      cells: others.map((at) => {
        const text = cells[at] ?? '';
        if (kind === 'attributes') return text === '' ? null : text;
        return numberIn(text, raw.header[at] ?? '', row, fileName);
      }),
    };
  });
  return { id, fileName, kind, columns: others.map((at) => raw.header[at] ?? ''), rows };
}

const short = (names: readonly string[]) =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

/** Finds cases by title, by the title's number ("1" for "001") and by three-digit ID. */
export function caseFinder(
  cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly imageId: string | null;
  }[],
): (name: string) => string | null {
  const known = new Map<string, string>();
  for (const { id, imageId } of cases) if (imageId !== null) known.set(imageId, id);
  for (const { id, title } of cases) known.set(title.toLowerCase(), id);
  return (name) => {
    const bare = name.toLowerCase().replace(/\.(png|jpe?g|bmp|webp|avif)$/, '');
    const padded = /^\d{1,3}$/.test(bare) ? bare.padStart(3, '0') : bare;
    return known.get(bare) ?? known.get(padded) ?? null;
  };
}

/** What the user must know about a table beside the set: names that match nothing, rows that lack. */
export function remarksOn(
  table: ImportedTable,
  findCase: (name: string) => string | null,
  methods: readonly string[],
  caseCount: number,
): string[] {
  const remarks: string[] = [];
  const named = table.rows.flatMap((row) => (row.case === null ? [] : [row.case]));
  const strange = [...new Set(named.filter((name) => findCase(name) === null))];
  if (strange.length > 0) {
    remarks.push(`No case in the set is called ${short(strange)}; those rows count for nothing.`);
  }
  const found = new Set(named.map(findCase).filter((id) => id !== null));
  if (named.length > 0 && found.size < caseCount) {
    remarks.push(
      `${caseCount - found.size} of ${caseCount} cases have no row in ${table.fileName}.`,
    );
  }
  const lower = new Set(methods.map((method) => method.toLowerCase()));
  const unknown = table.rows.flatMap(({ method }) =>
    method === null || lower.has(method.toLowerCase()) ? [] : [method],
  );
  if (unknown.length > 0) {
    remarks.push(`No method in the set is called ${short([...new Set(unknown)])}.`);
  }
  return remarks;
}

/** What the page shows of an imported table. */
export function importView(table: ImportedTable, remarks: readonly string[]): ImportView {
  const { id, fileName, kind, columns, rows } = table;
  return { id, fileName, kind, columns, rows: rows.length, remarks };
}
