import type { BenchShifts } from './bench/shifts.ts';
import { updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { showMetrics } from './measure.ts';
import { withOutput } from './outputs.ts';

/**
 * A shift that was accepted here is told the bench; one that only the bench knows, from a workspace file
 * for instance, is taken over.
 */
export async function shareShifts(
  context: AppContext,
  shifts: BenchShifts,
  benchCase: string,
): Promise<void> {
  const open = [...context.records.values()].filter((record) => record.benchCase === benchCase);
  for (const { id, outputs } of open) {
    for (const output of outputs) {
      const { method, shift } = output;
      const there = shifts.of(benchCase)[method];
      if (shift !== undefined) {
        await shifts.note(benchCase, method, shift);
        continue;
      }
      const record = context.records.get(id);
      if (there === undefined || record === undefined) continue;
      const shifted = { ...output, shift: { dx: there.dx, dy: there.dy } };
      await updateCase(context, id, { outputs: withOutput(record, shifted) });
      await showMetrics(context, id);
    }
  }
}
