import { isSilent } from '../../core/inspect/remarkEdits.ts';
import { NO_REMARKS, type Remarks, readRemarks } from '../../core/inspect/tags.ts';
import { tagWords } from '../../core/inspect/tagWords.ts';
import type { BenchContext } from './context.ts';
import type { BenchStore } from './store.ts';

/** What is said of the set's cases, for the Look page. */
export interface BenchRemarks {
  /** Null where the set has no such case. Reactive. */
  of(caseId: string): Remarks | null;
  /** What is said of all cases of the set. Reactive. */
  all(): readonly Remarks[];
  /** Changes what is said of a case; false where the set has no such case. */
  change(caseId: string, change: (now: Remarks) => Remarks): Promise<boolean>;
}

/** What can be read of the remarks on each case. */
export function checkedRemarks(stored: Iterable<readonly [string, unknown]>) {
  return Object.fromEntries(
    [...stored].flatMap(([caseId, json]) => {
      const read = readRemarks(json);
      return 'remarks' in read && !isSilent(read.remarks) ? [[caseId, read.remarks] as const] : [];
    }),
  );
}

/** Tag words of all cases that have some, by case id. */
export function allTagWords(remarks: Readonly<Record<string, Remarks>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(remarks).map(([id, own]) => [id, tagWords(own)]));
}

/** Shows remarks and has them for exports. */
function take(context: BenchContext, remarks: Readonly<Record<string, Remarks>>): void {
  context.settings = { ...context.settings, remarks };
  context.store.set({ remarks, tags: allTagWords(remarks) });
}

/** Changes what is said of a case, on what lies in the database: another tab may have said more. */
export async function changeRemarks(
  context: BenchContext,
  caseId: string,
  change: (now: Remarks) => Remarks,
): Promise<void> {
  const put = (said: Remarks): void => {
    const { [caseId]: _, ...others } = context.settings.remarks;
    take(context, isSilent(said) ? others : { ...others, [caseId]: said });
  };
  let next = change(remarksOf(context, caseId));
  put(next);
  await context.storage
    .changeRemarks(caseId, (stored) => {
      next = change(checkedRemarks([[caseId, stored]])[caseId] ?? NO_REMARKS);
      return next;
    })
    .catch(() => undefined);
  put(next);
}

/** Shows what other tabs said meanwhile. */
export async function rereadBenchRemarks(context: BenchContext): Promise<void> {
  const { remarks } = await context.storage.read();
  take(context, checkedRemarks(remarks));
}

export const remarksOf = ({ settings }: BenchContext, caseId: string): Remarks =>
  settings.remarks[caseId] ?? NO_REMARKS;

/** @param now runs a piece of work beside whatever else runs: words do not wait for files */
export function makeBenchRemarks(
  { state }: BenchStore,
  now: (work: (context: BenchContext) => Promise<void>) => Promise<void>,
): BenchRemarks {
  const has = (caseId: string) => state.cases.some(({ id }) => id === caseId);
  return {
    of: (caseId) => (has(caseId) ? (state.remarks[caseId] ?? NO_REMARKS) : null),
    all: () => Object.values(state.remarks),
    async change(caseId, change) {
      let found = false;
      await now(async (context) => {
        found = has(caseId);
        if (found) await changeRemarks(context, caseId, change);
      });
      return found;
    },
  };
}
