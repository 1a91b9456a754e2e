import { overlapOf, type Shift } from '../core/inspect/alignment.ts';
import type { StoredMethodOutput } from '../storage/records.ts';
import { checkAlignment } from './alignment.ts';
import type { BenchShifts } from './bench/shifts.ts';
import { updateCase } from './cases.ts';
import type { AppContext, AppTurns } from './context.ts';
import { measureHints } from './hints.ts';
import { showMetrics } from './measure.ts';
import type { MethodId, ReviewCommands } from './model.ts';
import { outputOf, shownOutput, withOutput } from './outputs.ts';
import { noteChange } from './undo.ts';

/** Hash of what a method gave; a mixture with the input lies where that does. */
const madeOf = ({ picture, mix }: StoredMethodOutput): string => (mix?.plain ?? picture).sha256;

interface Place {
  readonly id: string;
  readonly method: MethodId;
  /** As `madeOf` has it: nothing is said of another output in its place. */
  readonly made: string;
}

/** Puts an output under a shift, or out of it, here and where the bench knows it. */
async function putShift(
  context: AppContext,
  shifts: BenchShifts,
  { id, method, made }: Place,
  shift: Shift | null,
): Promise<boolean> {
  const record = context.records.get(id);
  const output = record === undefined ? null : outputOf(record, method);
  if (record === undefined || output === null || madeOf(output) !== made) return false;
  const { shift: _, ...plain } = output;
  const next = shift === null ? plain : { ...plain, shift };
  await updateCase(context, id, { outputs: withOutput(record, next) });
  await showMetrics(context, id);
  const { benchCase, gt } = record;
  if (benchCase !== undefined && gt !== null) {
    await shifts.note(benchCase, method, { output: output.picture, gt }, shift);
  }
  return true;
}

/**
 * Compares the shown output of the case on screen under a shift; null: as it is. `undo` compares as
 * before.
 */
async function setShift(
  context: AppContext,
  shifts: BenchShifts,
  wanted: Shift | null,
): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const output = record === undefined ? null : shownOutput(record);
  if (record === undefined || output === null || record.gt === null) return;
  if (wanted !== null && overlapOf(record.gt, output.picture, wanted) === null) return;
  const { dx, dy } = wanted ?? { dx: 0, dy: 0 };
  const same =
    record.gt.width === output.picture.width && record.gt.height === output.picture.height;
  // Of one size and in one place, they are compared as they are.
  const shifted = wanted !== null && !(same && dx === 0 && dy === 0);
  const shift = shifted ? { dx, dy } : null;
  const { shift: before = null, method } = output;
  if (JSON.stringify(shift) === JSON.stringify(before)) return;
  const place = { id: record.id, method, made: madeOf(output) };
  noteChange(context, 'The shift', record.id, () => putShift(context, shifts, place, before));
  await putShift(context, shifts, place, shift);
}

/** The commands that look over an output, as the page calls them. */
export function makeReviewCommands(turns: AppTurns, shifts: BenchShifts): ReviewCommands {
  return {
    checkAlignment: () => turns.now(checkAlignment),
    setShift: (shift) => turns.now((ready) => setShift(ready, shifts, shift)),
    measureHints: () => turns.now(measureHints),
  };
}
