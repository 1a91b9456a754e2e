import type { Shift } from '../../core/inspect/alignment.ts';
import type { BenchContext } from './context.ts';
import { pairMarkOf } from './files.ts';
import { keepSettings } from './settings.ts';
import type { BenchStore } from './store.ts';

/*
 * A shift that was found between an output and its ground truth, and accepted on the Look page. The
 * bench says so wherever it shows the output's numbers, and measures on: a ranking compares methods by
 * one rule, and the challenges' own programs know no shift.
 */

/** By case id, then by method. */
export type Shifts = Readonly<Record<string, Readonly<Record<string, Shift>>>>;

/** The shifts of outputs that are still what they were found in. */
export function shiftsOf(context: Pick<BenchContext, 'files' | 'settings' | 'survey'>): Shifts {
  const { settings, survey } = context;
  return Object.fromEntries(
    survey.cases.flatMap((entry) => {
      const own = Object.entries(settings.shifts[entry.id] ?? {}).flatMap(
        ([method, { dx, dy, of }]) =>
          of === pairMarkOf(context, entry, method) ? [[method, { dx, dy }] as const] : [],
      );
      return own.length > 0 ? [[entry.id, Object.fromEntries(own)] as const] : [];
    }),
  );
}

/** What the Look page tells of shifts and asks for. */
export interface BenchShifts {
  /** By method. */
  of(caseId: string): Readonly<Record<string, Shift>>;
  /** Null: it is compared as it lies. Does nothing where the set has no such output. */
  note(caseId: string, method: string, shift: Shift | null): Promise<void>;
}

/** @param now runs a piece of work beside whatever else runs: a shift does not wait for files */
export function makeBenchShifts(
  { state, set }: BenchStore,
  now: (work: (context: BenchContext) => Promise<void>) => Promise<void>,
): BenchShifts {
  return {
    of: (caseId) => state.shifts[caseId] ?? {},
    note: (caseId, method, shift) =>
      now(async (context) => {
        const entry = context.survey.cases.find(({ id }) => id === caseId);
        if (entry?.outputs[method] === undefined) return;
        const { shifts } = context.settings;
        const { [method]: _, ...others } = shifts[caseId] ?? {};
        const of = pairMarkOf(context, entry, method);
        const own =
          shift === null ? others : { ...others, [method]: { dx: shift.dx, dy: shift.dy, of } };
        await keepSettings(context, { shifts: { ...shifts, [caseId]: own } });
        set({ shifts: shiftsOf(context) });
      }),
  };
}
