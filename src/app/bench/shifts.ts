import type { SetCase } from '../../core/dataset/survey.ts';
import { overlapOf, type Shift } from '../../core/inspect/alignment.ts';
import { sha256Of } from '../hash.ts';
import type { BenchContext, BenchTurns } from './context.ts';
import { openFile, pairMarkOf } from './files.ts';
import { keepSettings } from './settings.ts';
import type { BenchStore } from './store.ts';

/*
 * A shift that was found between an output and its ground truth, and accepted on the Look page. The
 * bench says so wherever it shows the output's numbers, and measures on: a ranking compares methods by
 * one rule, and the challenges' own programs know no shift.
 */

/** By case id, then by method. */
export type Shifts = Readonly<Record<string, Readonly<Record<string, Shift>>>>;

/** False where it leaves nothing to compare: a workspace from elsewhere may say anything. */
function overlaps(
  { files }: Pick<BenchContext, 'files'>,
  { gt, outputs }: SetCase,
  method: string,
  shift: Shift,
): boolean {
  const [first, second] = [gt, outputs[method]].map((id) => {
    const size = files.get(id ?? '')?.record.size;
    return size && { width: size[0], height: size[1] };
  });
  return !first || !second || overlapOf(first, second, shift) !== null;
}

/** The kept shift of an output that is still what it was found in. */
function shiftOf(
  context: Pick<BenchContext, 'files' | 'settings'>,
  entry: SetCase,
  method: string,
): Shift | null {
  const kept = context.settings.shifts[entry.id]?.[method];
  if (kept === undefined || kept.of !== pairMarkOf(context, entry, method)) return null;
  const shift = { dx: kept.dx, dy: kept.dy };
  return overlaps(context, entry, method, shift) ? shift : null;
}

/** All shifts of a set that hold. */
export function shiftsOf(context: Pick<BenchContext, 'files' | 'settings' | 'survey'>): Shifts {
  const { settings, survey } = context;
  return Object.fromEntries(
    survey.cases.flatMap((entry) => {
      const own = Object.keys(settings.shifts[entry.id] ?? {}).flatMap((method) => {
        const shift = shiftOf(context, entry, method);
        return shift === null ? [] : [[method, shift] as const];
      });
      return own.length > 0 ? [[entry.id, Object.fromEntries(own)] as const] : [];
    }),
  );
}

/** What a picture of the Look page is found again by among the set's files. */
interface ComparedFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** What lies under a shift: it says nothing of other files. */
interface ComparedFiles {
  readonly output: ComparedFile;
  readonly gt: ComparedFile;
}

/** What the Look page tells of shifts and asks for. */
export interface BenchShifts {
  /** Null where these files are not the set's, or are compared as they lie, or would not overlap. */
  of(caseId: string, method: string, files: ComparedFiles): Promise<Shift | null>;
  /** Null: it is compared as it lies. Does nothing where these files are not the set's. */
  note(caseId: string, method: string, files: ComparedFiles, shift: Shift | null): Promise<void>;
}

async function isFile(
  context: BenchContext,
  id: string | null | undefined,
  { sha256, bytes }: ComparedFile,
): Promise<boolean> {
  const file = context.files.get(id ?? '');
  if (file === undefined || file.record.bytes !== bytes) return false;
  const opened = await openFile(context, file.record.id);
  // Where its bytes are not to be had, before a click or at all, their number has to do.
  return !opened.ok || (await sha256Of(opened.value)) === sha256;
}

/** Whether a case's output and ground truth are these very files. */
async function areFiles(
  context: BenchContext,
  entry: SetCase,
  method: string,
  { output, gt }: ComparedFiles,
): Promise<boolean> {
  return (
    (await isFile(context, entry.outputs[method], output)) && (await isFile(context, entry.gt, gt))
  );
}

/** A shift does not wait for other work on the set. */
export function makeBenchShifts(
  { set }: BenchStore,
  turns: Pick<BenchTurns, 'now' | 'answered'>,
): BenchShifts {
  return {
    of: (caseId, method, files) =>
      turns.answered<Shift | null>(async (context) => {
        const entry = context.survey.cases.find(({ id }) => id === caseId);
        const shift = entry && shiftOf(context, entry, method);
        return shift && (await areFiles(context, entry, method, files)) ? shift : null;
      }, null),
    note: (caseId, method, files, shift) =>
      turns.now(async (context) => {
        const entry = context.survey.cases.find(({ id }) => id === caseId);
        const of = entry && pairMarkOf(context, entry, method);
        if (!of || !(await areFiles(context, entry, method, files))) return;
        const { shifts } = context.settings;
        const { [method]: _, ...others } = shifts[caseId] ?? {};
        const own =
          shift === null ? others : { ...others, [method]: { dx: shift.dx, dy: shift.dy, of } };
        await keepSettings(context, { shifts: { ...shifts, [caseId]: own } });
        set({ shifts: shiftsOf(context) });
      }),
  };
}
