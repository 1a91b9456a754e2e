import { type Column, columnOf } from '../../core/bench/types.ts';
import { remarkLines } from '../../core/export/remarks.ts';
import type { ReportCase, ReportRemarks } from '../../core/export/report.ts';
import { shiftText } from '../../core/inspect/shiftWords.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';
import { remarksOf } from './remarks.ts';

const NAMES = { input: 'Input', output: 'Output', gt: 'Ground truth' } as const;

async function dataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return `data:image/jpeg;base64,${btoa(text)}`;
}

/** A small JPEG of a file; null where it cannot be read. */
export async function smallPicture(context: BenchContext, id: string): Promise<Blob | null> {
  const { platform } = context.app;
  const file = await openFile(context, id);
  if (!file.ok) return null;
  try {
    const bitmap = await platform.decodeBitmap(file.value);
    try {
      return await platform.makeThumbnail(bitmap);
    } finally {
      bitmap.close();
    }
  } catch {
    return null;
  }
}

/** What was said of a case, with the methods' titles. */
function saidOf(context: BenchContext, caseId: string): string[] {
  const { methods } = context.store.state;
  const titleOf = (method: string) => methods.find(({ id }) => id === method)?.title ?? method;
  const shifts = Object.entries(context.store.state.shifts[caseId] ?? {});
  return [
    ...shifts.map(
      ([method, shift]) =>
        `${titleOf(method)}: shifted by ${shiftText(shift)}, measured as it lies`,
    ),
    ...remarkLines(remarksOf(context, caseId), titleOf),
  ];
}

/** The remarks of all cases that have some, in the order of the cases. */
export function allRemarks(context: BenchContext): ReportRemarks[] {
  return context.survey.cases.flatMap(({ id, title }) => {
    const said = saidOf(context, id);
    return said.length > 0 ? [{ title, said }] : [];
  });
}

/** What was pinned in a case as a whole or in this method's output; the others' places are not these. */
function pinsOf(context: BenchContext, caseId: string, method: string): ReportCase['pins'] {
  return remarksOf(context, caseId).pins.flatMap(({ x, y, method: own }, index) =>
    own === null || own === method ? [{ number: index + 1, x, y }] : [],
  );
}

/**
 * The worst cases of a method, with small pictures.
 * @param of a method's id; the first one that is shown where there is no such method
 */
export async function worstCases(
  context: BenchContext,
  column: Column,
  of: string | undefined,
): Promise<ReportCase[]> {
  const { table, methods, worstCases: count } = context.store.state;
  const shown = methods.filter(({ hidden }) => !hidden);
  const method = shown.find(({ id }) => id === of) ?? shown[0];
  if (method === undefined) return [];
  const sign = column.direction === 'higher-is-better' ? 1 : -1;
  const order = Array.from(columnOf(table, method.id, column.id), (value, index) => ({
    value,
    index,
  }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => sign * (a.value - b.value))
    .slice(0, count);
  const found: ReportCase[] = [];
  for (const { value, index } of order) {
    const entry = context.survey.cases[index];
    if (entry === undefined) continue;
    const ids = { input: entry.input, output: entry.outputs[method.id] ?? null, gt: entry.gt };
    const pictures: { title: string; dataUrl: string }[] = [];
    for (const role of ['input', 'output', 'gt'] as const) {
      const id = ids[role];
      const small = id === null ? null : await smallPicture(context, id);
      if (small !== null) pictures.push({ title: NAMES[role], dataUrl: await dataUrl(small) });
    }
    found.push({
      title: entry.title,
      method: method.title,
      value: `${column.title}: ${value.toFixed(column.digits)}${column.unit === '' ? '' : ` ${column.unit}`}`,
      said: saidOf(context, entry.id),
      pins: pinsOf(context, entry.id, method.id),
      pictures,
    });
  }
  return found;
}
