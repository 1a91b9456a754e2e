import type { StoredCase, StoredMethodOutput, StoredPicture } from '../storage/records.ts';
import { addRecords, saveCase, setPreview, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';
import { keep, keepIfRoom, refreshStorageLine } from './keep.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMetrics } from './measure.ts';
import { openCase } from './openCase.ts';
import { outputOf } from './outputs.ts';
import { queueRestore } from './restore.ts';
import { showCase, showThumbnail } from './show.ts';
import { letGo, setAsideId } from './tabs.ts';

interface Taken {
  readonly id: string;
  /** E.g. "Case 001", "“001_gt.png”". */
  readonly what: string;
  /** Null where nothing was said: what changed is seen. */
  readonly noticeId: string | null;
}

/** A case as it was before something was taken out of it; its files stay while this is known. */
interface CaseRemoval extends Taken {
  readonly before: StoredCase;
  /** Whether the whole case closed. */
  readonly wholeCase: boolean;
  /** Hash of the input that took the place of the case's own: the whole case goes back with it. */
  readonly replacedBy?: string;
}

/** Something without files, which knows how it comes back. */
interface PlainRemoval extends Taken {
  /** Gives false where what it belonged to is gone. */
  readonly putBack: () => Promise<unknown>;
  /** The case that was changed; none is taken back for one that is closed. */
  readonly caseId?: string;
}

export type Removal = CaseRemoval | PlainRemoval;

/**
 * More than these are not taken back, of those with files and of those without: changes that cost
 * nothing must not push out what could not be had again. The oldest one's files are then deleted.
 */
const MOST = 20;

/** Something else was put in the place of a case's input. */
interface Replacement {
  readonly sentence: string;
  /** SHA-256 of the new input. */
  readonly input: string;
}

/** Remembers what was taken out or replaced, so that `undo` can put it back, and says so. */
export async function noteRemoval(
  context: AppContext,
  what: string,
  before: StoredCase,
  wholeCase: boolean,
  replacement?: Replacement,
): Promise<void> {
  const id = await setAsideId(context);
  const noticeId = sayTaken(context, id, replacement?.sentence ?? `${what} was taken out.`);
  const replaced = replacement === undefined ? {} : { replacedBy: replacement.input };
  context.removals.push({ id, what, before, wholeCase, noticeId, ...replaced });
  await keepIfRoom(context, what, () => context.storage.setAside(id, before));
  await forgetOldest(context);
}

/** Remembers how something without files comes back, and says that it is gone. */
export function noteTakenBack(
  context: AppContext,
  what: string,
  putBack: () => Promise<void>,
): void {
  const id = newId();
  const noticeId = sayTaken(context, id, `${what} was taken back.`);
  context.removals.push({ id, what, noticeId, putBack });
  void forgetOldest(context);
}

/**
 * Remembers how a change of a case is taken back, without a word: it is seen on the page.
 * @param what e.g. "The rectangle"
 * @param putBack answers false where what it belonged to is gone
 */
export function noteChange(
  context: AppContext,
  what: string,
  caseId: string,
  putBack: () => Promise<boolean>,
): void {
  context.removals.push({ id: newId(), what, noticeId: null, caseId, putBack });
  void forgetOldest(context);
}

/** The newest says it for all: `undo` takes back one after the other. */
function sayTaken(context: AppContext, id: string, sentence: string): string {
  const said = context.removals.findLast(({ noticeId }) => noticeId !== null);
  if (said?.noticeId != null) context.store.dismissNotice(said.noticeId);
  return context.store.notify('info', sentence, { label: 'Undo', run: () => undo(context, id) });
}

const isPlain = (removal: Removal): boolean => 'putBack' in removal;

async function forgetOldest({ removals, storage }: AppContext): Promise<void> {
  const surplus = [true, false].flatMap((plain) => {
    const alike = removals.filter((removal) => isPlain(removal) === plain);
    return alike.slice(0, Math.max(0, alike.length - MOST));
  });
  for (const oldest of surplus) removals.splice(removals.indexOf(oldest), 1);
  const gone = surplus.filter((oldest) => !isPlain(oldest)).map(({ id }) => id);
  if (gone.length > 0) await storage.release(gone);
}

const isReplaced = ({ replacedBy }: CaseRemoval, { input }: StoredCase): boolean =>
  replacedBy !== undefined && replacedBy === input?.sha256;

/** What is put back into a case that is still there: only into places that are free now. */
function putBack(removal: CaseRemoval, now: StoredCase): Partial<StoredCase> {
  const { before } = removal;
  if (isReplaced(removal, now)) {
    const { input, gt, outputs, shownMethod } = before;
    return { input, gt, outputs, shownMethod, mask: now.mask ?? before.mask };
  }
  const place = (was: StoredPicture | null, is: StoredPicture | null) => is ?? was;
  const lost = (output: StoredMethodOutput) => outputOf(now, output.method) === null;
  const input = place(before.input, now.input);
  // Restored outputs belong to the input they were made from.
  const fits = ({ origin }: StoredMethodOutput) =>
    origin.kind === 'dropped' || input?.sha256 === before.input?.sha256;
  const outputs = [...now.outputs, ...before.outputs.filter((out) => lost(out) && fits(out))];
  const isThere = outputs.some(({ method }) => method === before.shownMethod);
  return {
    input,
    gt: place(before.gt, now.gt),
    mask: place(before.mask, now.mask),
    outputs,
    shownMethod: isThere ? before.shownMethod : now.shownMethod,
    regionMasks: { ...before.regionMasks, ...now.regionMasks },
  };
}

/** Puts back what was taken out last, or what this one removal took out. */
export async function undo(context: AppContext, removalId?: string): Promise<void> {
  const index =
    removalId === undefined
      ? context.removals.length - 1
      : context.removals.findIndex(({ id }) => id === removalId);
  const [removal] = index < 0 ? [] : context.removals.splice(index, 1);
  if (removal === undefined) {
    context.store.notify('info', 'There is nothing to undo.');
    return;
  }
  if (removal.noticeId !== null) context.store.dismissNotice(removal.noticeId);
  if (!('putBack' in removal)) return putBackCase(context, removal);
  const { caseId, putBack, what } = removal;
  if (caseId === undefined) {
    await putBack();
    return;
  }
  if (!context.records.has(caseId)) return undo(context);
  await openCase(context, caseId);
  const isBack = await putBack();
  const outcome = isBack === false ? 'belonged to an output that is gone' : 'is as it was before';
  context.store.notify('info', `${what} ${outcome}.`);
}

/** An input that came back is restored like one that comes, and with what was still to be run on it. */
async function restoreAgain(
  context: AppContext,
  { id, pendingMethods }: StoredCase,
): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || record.input === null) return;
  const isNew = record.outputs.length === 0 && pendingMethods.length === 0;
  for (const method of isNew ? [null] : pendingMethods) {
    await queueRestore(context, id, { method, replaces: false, resumable: true });
  }
}

async function putBackCase(context: AppContext, removal: CaseRemoval): Promise<void> {
  const { before } = removal;
  const now = context.records.get(before.id);
  if (now === undefined && !removal.wholeCase) {
    context.store.notify(
      'info',
      `Case ${titleOf(before)} was closed: undo that first, then drop ${removal.what} again.`,
    );
    return;
  }
  let isInputBack = true;
  if (now === undefined) {
    addRecords(context, [before]);
    await saveCase(context, before.id);
  } else {
    const change = putBack(removal, now);
    // Another input that took the place meanwhile stays.
    isInputBack = change.input?.sha256 !== now.input?.sha256;
    if (isInputBack) {
      // What is made of the input that goes is wanted by nobody any more.
      context.jobs.drop(before.id, 'restore');
      setPreview(context, before.id, null);
    }
    await updateCase(context, before.id, change);
    if (isReplaced(removal, now) && now.input !== null) await letGo(context, now, now.input);
  }
  await keep(context, removal.what, () => context.storage.takeBack(removal.id));
  if (context.store.state.currentCaseId === before.id) await showCase(context, before.id);
  else await openCase(context, before.id);
  await rerunForMask(context, before.id);
  if (isInputBack) await restoreAgain(context, before);
  await showThumbnail(context, before.id);
  await showMetrics(context, before.id);
  await refreshStorageLine(context);
}
