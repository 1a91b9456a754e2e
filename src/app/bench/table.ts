import type { Attributes } from '../../core/bench/slices.ts';
import type { Column, ColumnValues, ScoreTable } from '../../core/bench/types.ts';
import { exifAttributes } from '../../core/dataset/exifAttributes.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { scoreKey } from '../../storage/benchStorage.ts';
import { versioned } from './columns.ts';
import type { BenchContext } from './context.ts';
import { stampOf } from './files.ts';
import { caseFinder, type ImportedTable } from './imports.ts';
import { allColumns } from './keptColumns.ts';

/** Columns that are known to be better when they are small; every other imported one is not. */
const LOWER = /niqe|lpips|dists|fid|deltae|ΔE|brisque|piqe|mae|rmse|mse|error|failed|seconds|macs/i;

function importedColumn(name: string): Column {
  return {
    id: `import:${name}`,
    title: name,
    unit: '',
    direction: LOWER.test(name) ? 'lower-is-better' : 'higher-is-better',
    digits: 4,
    version: 'imported',
    imported: true,
  };
}

function importedColumns(tables: readonly ImportedTable[]): Column[] {
  const names = tables.flatMap(({ kind, columns }) => (kind === 'values' ? columns : []));
  return [...new Set(names)].map(importedColumn);
}

const blank = (cases: readonly SetCase[]): ColumnValues =>
  new Float64Array(cases.length).fill(Number.NaN);

/** Puts the imported values by case and method over the measured ones. */
function applyImports(
  tables: readonly ImportedTable[],
  cases: readonly SetCase[],
  methods: readonly string[],
  values: ReadonlyMap<string, Map<string, ColumnValues>>,
): void {
  const findCase = caseFinder(cases);
  const places = new Map(cases.map(({ id }, index) => [id, index]));
  const byName = new Map(methods.map((method) => [method.toLowerCase(), method]));
  for (const { kind, columns, rows } of tables) {
    if (kind !== 'values') continue;
    for (const row of rows) {
      const id = row.case === null ? null : findCase(row.case);
      const place = id === null ? undefined : places.get(id);
      if (place === undefined) continue;
      const own = row.method === null ? methods : [byName.get(row.method.toLowerCase())];
      for (const method of own) {
        const mine = method === undefined ? undefined : values.get(method);
        if (mine === undefined) continue;
        row.cells.forEach((cell, index) => {
          const column = `import:${columns[index]}`;
          const known = mine.get(column) ?? blank(cases);
          mine.set(column, known);
          known[place] = typeof cell === 'number' ? cell : Number.NaN;
        });
      }
    }
  }
}

/** All numbers that are valid now, measured and imported. */
export function buildTable(context: BenchContext): ScoreTable {
  const { survey, scores, imports } = context;
  const { cases, methods } = survey;
  const measured = allColumns(context);
  const tables = [...imports.values()];
  const values = new Map<string, Map<string, ColumnValues>>();
  for (const method of methods) {
    const own = measured.map((column) => ({ key: versioned(column), into: blank(cases) }));
    values.set(method, new Map(measured.map(({ id }, i) => [id, own[i]?.into ?? blank(cases)])));
    cases.forEach((entry, index) => {
      const stored = scores.get(scoreKey(entry.id, method));
      if (stored === undefined || stored.stamp !== stampOf(context, entry, method)) return;
      for (const { key, into } of own) {
        const value = stored.values[key];
        if (typeof value === 'number') into[index] = value;
      }
    });
  }
  applyImports(tables, cases, methods, values);
  return {
    cases: cases.map(({ id }) => id),
    methods,
    columns: [...measured, ...importedColumns(tables)],
    values,
  };
}

/** What the inputs' cameras say of the cases, for names and cases that no table says anything of. */
function addExif(
  { files, survey }: BenchContext,
  attributes: Map<string, (string | null)[]>,
): void {
  survey.cases.forEach(({ input }, place) => {
    const exif = input === null ? null : (files.get(input)?.record.exif ?? null);
    if (exif === null) return;
    for (const [name, value] of Object.entries(exifAttributes(exif))) {
      if (value === null) continue;
      const known = attributes.get(name) ?? survey.cases.map(() => null);
      attributes.set(name, known);
      known[place] ??= value;
    }
  });
}

/** What is known of the cases besides their pixels: by imported tables, then by EXIF. */
export function buildAttributes(context: BenchContext): Attributes {
  const { survey, imports } = context;
  const { cases } = survey;
  const findCase = caseFinder(cases);
  const places = new Map(cases.map(({ id }, index) => [id, index]));
  const attributes = new Map<string, (string | null)[]>();
  for (const { kind, columns, rows } of imports.values()) {
    if (kind !== 'attributes') continue;
    for (const row of rows) {
      const id = row.case === null ? null : findCase(row.case);
      const place = id === null ? undefined : places.get(id);
      if (place === undefined) continue;
      row.cells.forEach((cell, index) => {
        const name = columns[index] ?? '';
        const known = attributes.get(name) ?? cases.map(() => null);
        attributes.set(name, known);
        known[place] = cell === null ? null : String(cell);
      });
    }
  }
  addExif(context, attributes);
  return attributes;
}
