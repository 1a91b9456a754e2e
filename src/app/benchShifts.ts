import type { StoredCase } from '../storage/records.ts';
import type { BenchShifts } from './bench/shifts.ts';
import { updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { showMetrics } from './measure.ts';
import type { MethodId } from './model.ts';
import { outputOf, withOutput } from './outputs.ts';

/**
 * A shift of one output that was accepted here is told the bench; one that only the bench knows, from a
 * workspace file for instance, is taken over.
 */
async function shareShift(
  context: AppContext,
  shifts: BenchShifts,
  { id, benchCase }: { readonly id: string; readonly benchCase: string },
  method: MethodId,
): Promise<void> {
  const now = (): StoredCase | undefined => context.records.get(id);
  const before = now();
  const output = before && outputOf(before, method);
  if (!before?.gt || !output) return;
  const pair = { output: output.picture, gt: before.gt };
  if (output.shift !== undefined) {
    await shifts.note(benchCase, method, pair, output.shift);
    return;
  }
  const there = await shifts.of(benchCase, method, pair);
  const record = now();
  const own = record && outputOf(record, method);
  if (there === null || !record?.gt || !own || own.shift !== undefined) return;
  const isSame = own.picture.sha256 === pair.output.sha256 && record.gt.sha256 === pair.gt.sha256;
  if (!isSame) return;
  const { dx, dy } = there;
  await updateCase(context, id, { outputs: withOutput(record, { ...own, shift: { dx, dy } }) });
  await showMetrics(context, id);
}

/** Brings the shifts of a case of the bench in line, here and there. */
export async function shareShifts(
  context: AppContext,
  shifts: BenchShifts,
  benchCase: string,
): Promise<void> {
  const open = [...context.records.values()].filter((record) => record.benchCase === benchCase);
  for (const { id, outputs } of open) {
    for (const { method } of outputs) await shareShift(context, shifts, { id, benchCase }, method);
  }
}
