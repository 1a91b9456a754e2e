import { overlapOf, type Shift } from '../core/inspect/alignment.ts';
import { checkAlignment } from './alignment.ts';
import type { BenchShifts } from './bench/shifts.ts';
import { updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { measureHints } from './hints.ts';
import { showMetrics } from './measure.ts';
import type { ReviewCommands } from './model.ts';
import { shownOutput, withOutput } from './outputs.ts';
import type { Turns } from './turns.ts';

/** Compares the shown output of the case on screen under a shift; null: as it is. */
async function setShift(
  context: AppContext,
  shifts: BenchShifts,
  wanted: Shift | null,
): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const output = record === undefined ? null : shownOutput(record);
  if (record === undefined || output === null || record.gt === null) return;
  if (wanted !== null && overlapOf(record.gt, output.picture, wanted) === null) return;
  const { shift: _, ...plain } = output;
  const { dx, dy } = wanted ?? { dx: 0, dy: 0 };
  const same =
    record.gt.width === output.picture.width && record.gt.height === output.picture.height;
  // Of one size and in one place, they are compared as they are.
  const shifted = wanted !== null && !(same && dx === 0 && dy === 0);
  const next = shifted ? { ...plain, shift: { dx, dy } } : plain;
  await updateCase(context, record.id, { outputs: withOutput(record, next) });
  await showMetrics(context, record.id);
  if (record.benchCase === undefined) return;
  await shifts.note(record.benchCase, output.method, shifted ? wanted : null);
}

/** The commands that look over an output, as the page calls them. */
export function makeReviewCommands(turns: Turns, shifts: BenchShifts): ReviewCommands {
  return {
    checkAlignment: () => turns.now(checkAlignment),
    setShift: (shift) => turns.now((ready) => setShift(ready, shifts, shift)),
    measureHints: () => turns.now(measureHints),
  };
}
