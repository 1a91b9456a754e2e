import { RAIM2026_COLUMNS, type Raim2026Column } from '../src/core/challenges/raim2026.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import type { MetricValue } from '../src/core/metrics/types.ts';
import {
  type ImageScores,
  type SuppliedValues,
  withSupplied,
} from '../src/core/scoring/imageScores.ts';
import { numberIn, readTable } from '../src/core/text/csv.ts';
import { BadInput } from './exit.ts';
import { readText } from './files.ts';

/** Columns of the scoring program's own table that say nothing about values. */
const FILE_COLUMNS = ['sr_file', 'hr_file'];

const isColumn = (name: string): name is Raim2026Column =>
  RAIM2026_COLUMNS.some((column) => column === name);

/** Spreadsheets turn 001 into 1. */
const idIn = (cell: string) => (/^\d{1,3}$/.test(cell) ? cell.padStart(3, '0') : cell);

/** @throws {BadInput} */
function checkHeader(header: readonly string[], file: string): void {
  if (header[0] !== 'image_id') {
    throw new BadInput(`The first column of ${file} must be image_id, not “${header[0]}”.`);
  }
  const unknown = header.slice(1).filter((name) => !isColumn(name) && !FILE_COLUMNS.includes(name));
  if (unknown.length === 0) return;
  const allowed = RAIM2026_COLUMNS.join(', ');
  throw new BadInput(`Unknown column in ${file}: ${listNames(unknown)}; it may have ${allowed}.`);
}

function valuesIn(
  header: readonly string[],
  cells: readonly string[],
  file: string,
): SuppliedValues {
  const values: Partial<Record<Raim2026Column, MetricValue>> = {};
  header.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (!isColumn(column) || cell === '') return;
    values[column] = numberIn(cell, column, `image ${cells[0]}`, file);
  });
  return values;
}

export interface SuppliedTable {
  /** Puts the table's values in place of the measured ones. */
  apply(image: ImageScores): ImageScores;
  /** What the reader of the numbers must know, as lines for the terminal. */
  readonly remarks: readonly string[];
}

const NOTHING: SuppliedTable = { apply: (image) => image, remarks: [] };

/**
 * A table of values by `image_id` that replace the measured ones: an empty cell replaces nothing,
 * "N/A" takes the value away.
 * @param file null replaces nothing
 * @param ids of the whole set
 * @throws {BadInput} for unknown columns or images, an image twice and cells that are no numbers
 */
export async function readSupplied(
  file: string | null,
  ids: readonly string[],
): Promise<SuppliedTable> {
  if (file === null) return NOTHING;
  const { header, rows } = readTable(await readText(file), file);
  checkHeader(header, file);
  const values = new Map<string, SuppliedValues>();
  for (const cells of rows) {
    const id = idIn(cells[0] ?? '');
    if (!ids.includes(id)) throw new BadInput(`The image “${id}” in ${file} is not in the set.`);
    if (values.has(id)) throw new BadInput(`The image ${id} is twice in ${file}.`);
    values.set(id, valuesIn(header, cells, file));
  }
  return {
    apply: (image) => withSupplied(image, values.get(image.id) ?? {}),
    remarks: [`Values in ${file} replace measured ones.`],
  };
}
