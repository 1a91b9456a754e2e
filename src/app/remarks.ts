import { unwrap } from 'solid-js/store';
import { BadInput } from '../core/badInput.ts';
import {
  editRemarks,
  mergeRemarks,
  type RemarkEdit,
  reverseOf,
} from '../core/inspect/remarkEdits.ts';
import { isOwnTag, NO_REMARKS, type Remarks, readRemarks, type Tag } from '../core/inspect/tags.ts';
import type { StoredCase } from '../storage/records.ts';
import type { StoredWorkspace } from '../storage/workspace.ts';
import type { BenchRemarks } from './bench/remarks.ts';
import { titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { addFiles } from './intake.ts';
import { keep } from './keep.ts';
import type { AppStore } from './state.ts';
import { noteTakenBack } from './undo.ts';

/*
 * What is said of a case that came from the bench is said there: tables, workspace file and report
 * hold it. What is said of any other case is kept beside the case.
 */

type Change = (now: Remarks) => Remarks;

const lanes = new WeakMap<AppContext, Promise<unknown>>();

/** One after another: what is said while a case moves to the bench must not stay behind. */
function inTurn(context: AppContext, work: () => Promise<void>): Promise<void> {
  const turn = (lanes.get(context) ?? Promise.resolve()).then(work);
  lanes.set(
    context,
    turn.catch(() => undefined),
  );
  return turn;
}

/** What lies in the database, as far as it can be read. */
function readStored(stored: unknown): Remarks {
  const read = readRemarks(stored);
  return 'remarks' in read ? read.remarks : NO_REMARKS;
}

/** Everything said of a case that is open. Reactive. */
export function remarksOf(
  { state }: AppStore,
  bench: BenchRemarks,
  item: { readonly id: string; readonly benchCase?: string | null },
): Remarks {
  const there = item.benchCase == null ? null : bench.of(item.benchCase);
  return there ?? state.remarks[item.id] ?? NO_REMARKS;
}

/** Tags of one's own that some case has, here or on the bench. Reactive. */
export function ownTags(
  { state }: AppStore,
  bench: BenchRemarks,
): readonly Pick<Tag, 'id' | 'title'>[] {
  const tags = [...Object.values(state.remarks), ...bench.all()].flatMap((said) => said.tags);
  const own = tags.filter(({ tag }) => isOwnTag(tag));
  return [...new Map(own.map(({ tag, title }) => [tag, { id: tag, title }])).values()];
}

function show({ store }: AppContext, id: string, remarks: Remarks): void {
  store.set({ remarks: { ...store.state.remarks, [id]: remarks } });
}

/** On what lies in the database, where another tab may have said something meanwhile. */
async function changeOwn(context: AppContext, record: StoredCase, change: Change): Promise<void> {
  const { id } = record;
  let next = change(context.store.state.remarks[id] ?? NO_REMARKS);
  show(context, id, next);
  const kept = await keep(context, `what was said of case ${titleOf(record)}`, () =>
    context.storage.changeRemarks(id, (stored) => {
      next = change(readStored(stored));
      return next;
    }),
  );
  if (kept) show(context, id, next);
}

async function changeRemarks(
  context: AppContext,
  bench: BenchRemarks,
  record: StoredCase,
  change: Change,
): Promise<void> {
  const { benchCase } = record;
  if (benchCase !== undefined && (await bench.change(benchCase, change))) return;
  await changeOwn(context, record, change);
}

/** What an edit takes away, for the notice that offers to bring it back. */
function nameOf(remarks: Remarks, edit: RemarkEdit): string {
  if (edit.kind === 'rate') return 'The rating';
  if (edit.kind === 'untag') {
    const title = remarks.tags.find(({ tag }) => tag === edit.tag)?.title ?? edit.tag;
    return `The tag “${title}”`;
  }
  const isPin = edit.kind === 'remove' && remarks.pins.some(({ id }) => id === edit.id);
  return isPin ? 'The pin' : 'The note';
}

/** Says one thing about a case, changes it or takes it back; what is taken back can be undone. */
export function say(
  context: AppContext,
  bench: BenchRemarks,
  caseId: string,
  edit: RemarkEdit,
): Promise<void> {
  return inTurn(context, () => sayNow(context, bench, caseId, edit));
}

async function sayNow(
  context: AppContext,
  bench: BenchRemarks,
  caseId: string,
  edit: RemarkEdit,
): Promise<void> {
  const record = context.records.get(caseId);
  if (record === undefined) return;
  const before = remarksOf(context.store, bench, record);
  const back = reverseOf(before, edit);
  const what = nameOf(before, edit);
  try {
    await changeRemarks(context, bench, record, (now) => editRemarks(now, edit, Date.now()));
  } catch (caught) {
    if (!(caught instanceof BadInput)) throw caught;
    context.store.notify('error', caught.message);
    return;
  }
  if (back !== null) noteTakenBack(context, what, () => say(context, bench, caseId, back));
}

/** Shows what was said of the cases that are open; what was said of closed ones is forgotten. */
export async function openRemarks(context: AppContext, stored: StoredWorkspace): Promise<void> {
  const known = [...stored.remarks].filter(([id]) => context.records.has(id));
  context.store.set({
    remarks: Object.fromEntries(known.map(([id, remarks]) => [id, readStored(remarks)])),
  });
  const orphans = [...stored.remarks.keys()].filter((id) => !context.records.has(id));
  if (orphans.length > 0) await context.storage.deleteRemarks(orphans).catch(() => undefined);
}

/** Shows what other tabs said meanwhile. */
export async function rereadRemarks(context: AppContext): Promise<void> {
  const { remarks } = await context.storage.readWorkspace();
  const { store, records } = context;
  const known = [...remarks].filter(([id]) => records.has(id));
  const read = Object.fromEntries(known.map(([id, own]) => [id, readStored(own)]));
  store.set({ remarks: { ...store.state.remarks, ...read } });
}

/** A case of the Look page is the bench's case from now on; what was said of it is said there too. */
async function linkToBench(
  context: AppContext,
  bench: BenchRemarks,
  caseId: string,
  benchCase: string,
): Promise<void> {
  if (context.records.get(caseId)?.benchCase === benchCase) return;
  const { [caseId]: own, ...others } = unwrap(context.store.state.remarks);
  if (!(await bench.change(benchCase, (now) => mergeRemarks(now, own ?? NO_REMARKS)))) return;
  await updateCase(context, caseId, { benchCase });
  if (own === undefined) return;
  context.store.set({ remarks: others });
  await context.storage.deleteRemarks([caseId]).catch(() => undefined);
}

/** See `linkToBench`; waits for what is being said. */
export function joinBench(
  context: AppContext,
  bench: BenchRemarks,
  caseId: string,
  benchCase: string,
): Promise<void> {
  return inTurn(context, () => linkToBench(context, bench, caseId, benchCase));
}

/** Puts the files of a bench's case on screen; they stay the bench's case. */
export async function addFromBench(
  context: AppContext,
  bench: BenchRemarks,
  files: readonly File[],
  benchCase: string,
): Promise<void> {
  const ids = new Set((await addFiles(context, files)).map(({ caseId }) => caseId));
  for (const id of ids) await joinBench(context, bench, id, benchCase);
}

/**
 * The bench's set goes away: cases that were opened from it keep what was said of them.
 * @param said what was said on the bench, by its case ids
 */
export function keepFromBench(
  context: AppContext,
  said: Readonly<Record<string, Remarks>>,
): Promise<void> {
  return inTurn(context, () => unlink(context, said));
}

async function unlink(context: AppContext, said: Readonly<Record<string, Remarks>>): Promise<void> {
  for (const record of [...context.records.values()]) {
    if (record.benchCase === undefined) continue;
    const { benchCase, ...rest } = record;
    const own = said[benchCase];
    if (own !== undefined) await changeOwn(context, record, (now) => mergeRemarks(now, own));
    context.records.set(record.id, rest);
    await updateCase(context, record.id, {});
  }
}
