import type { StoredCase, StoredMethodOutput } from '../storage/records.ts';
import { project, resourcesOf, saveCase, setPreview, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { hasDied } from './engineCall.ts';
import { refreshStorageLine } from './keep.ts';
import { sawOtherMask } from './maskSeen.ts';
import { showMetrics } from './measure.ts';
import { chosenMethod, methodRef, methodTitle } from './methodRef.ts';
import type { MethodId } from './model.ts';
import { outputOf, withOutput } from './outputs.ts';
import { type Ran, type Report, type Run, runMethod, Stop, valueOrStop } from './restoreRun.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, trimPictures } from './show.ts';
import { applyStrength, isStrengthWanted } from './strength.ts';

interface RestoreWish {
  /** Null: whatever is chosen when its turn comes. */
  readonly method: MethodId | null;
  /**
   * Whether the output comes on screen though another one is there (the user asked for it), or only
   * where there is none (a new input).
   */
  readonly replaces: boolean;
  /** Whether a reload takes it up again; once is enough, should it be what made the page crash. */
  readonly resumable: boolean;
}

/** What is asked for of a case, or why it cannot be done. */
function runFor(context: AppContext, record: StoredCase, wanted: MethodId | null): Run | null {
  if (record.input === null) return null;
  const method = wanted ?? chosenMethod(context);
  const ref = method === null ? null : methodRef(context, method);
  if (method === null || ref === null) {
    const message =
      wanted === null
        ? 'No restoration model is available. Reload the page to load the list again.'
        : 'This method is no longer here: drop its file again, or choose another one.';
    throw new Stop({ kind: 'model-load', message });
  }
  const { input, mask } = record;
  return { method, ref, input, mask, title: titleOf(record) };
}

/** Takes a restoration's preview off the screen; that of a strength which is being dragged stays. */
function endPreview(context: AppContext, id: string): void {
  if (!isStrengthWanted(context, id)) setPreview(context, id, null);
}

/** Puts an output into its case, unless the case is another one by now. */
async function take(
  context: AppContext,
  before: StoredCase,
  run: Run,
  { output, fromCache }: Ran,
  replaces: boolean,
): Promise<void> {
  const now = context.records.get(before.id);
  if (now === undefined || now.input?.sha256 !== run.input.sha256) return;
  const { method } = run;
  const there = outputOf(now, method);
  // An output that the user dropped meanwhile is not replaced by one that was begun earlier.
  const meanwhile = there?.picture.sha256 !== outputOf(before, method)?.picture.sha256;
  if (meanwhile && there?.origin.kind === 'dropped') return;
  const entry: StoredMethodOutput = { method, title: methodTitle(context, method), ...output };
  const stays = now.shownMethod !== null && (!replaces || now.shownMethod !== before.shownMethod);
  const { computed } = resourcesOf(context, now.id);
  if (fromCache) computed.delete(method);
  else computed.set(method, output.picture.sha256);
  await updateCase(context, now.id, {
    outputs: withOutput(now, entry),
    shownMethod: stays ? now.shownMethod : method,
  });
  // It stands in the output's place, and would hide it for as long as anything that follows takes.
  endPreview(context, now.id);
  // What was asked for of the output before holds for the one that takes its place.
  const strength = there?.mix?.strength ?? 100;
  if (strength !== 100) await applyStrength(context, now.id, method, strength);
  context.store.set({ restored: { name: run.input.name } });
  for (const warning of fromCache ? [] : output.origin.warnings) {
    context.store.notify('warning', warning);
  }
}

/** Whether the case got another mask while a run went on that saw the one before. */
function missedMask(context: AppContext, id: string, { method, mask }: Run): boolean {
  const now = context.records.get(id);
  const output = now === undefined ? null : outputOf(now, method);
  if (now === undefined || output === null || now.mask?.sha256 === mask?.sha256) return false;
  return sawOtherMask(context, now, output);
}

async function restoreCase(
  context: AppContext,
  id: string,
  { method, replaces }: Pick<RestoreWish, 'method' | 'replaces'>,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  // Starts the engine where it does not run: only then it is known which models there are.
  valueOrStop(await context.engine.call(async () => ({ ok: true, value: undefined })));
  const record = context.records.get(id);
  if (record === undefined || (record.outputs.length > 0 && !replaces && method === null)) return;
  const run = runFor(context, record, method);
  if (run === null) return;
  const { outputs } = record;
  const isThere = (): boolean => context.records.get(id)?.input?.sha256 === run.input.sha256;
  const onPreview = (bitmap: ImageBitmap): void => {
    const { currentCaseId } = context.store.state;
    const shows = currentCaseId === id && (replaces || outputs.length === 0);
    if (shows && !signal.aborted && isThere()) setPreview(context, id, bitmap);
    else bitmap.close();
  };
  const ran = await runMethod(context, run, report, signal, isThere, onPreview);
  if (ran === null || signal.aborted) return;
  await take(context, record, run, ran, replaces);
  if (!signal.aborted && missedMask(context, id, run)) {
    await restoreCase(context, id, { method: run.method, replaces: false }, report, signal);
  }
}

/** What is left to do once a restoration ended, however it did. */
async function settle(context: AppContext, id: string, method: MethodId | null): Promise<void> {
  const record = context.records.get(id);
  // One that was queued since this one was cancelled is still to come.
  const isAgain = context.jobs.isWaiting('restore', id, method ?? '');
  if (record?.pendingMethods.includes(method) && !isAgain) {
    const pendingMethods = record.pendingMethods.filter((other) => other !== method);
    context.records.set(id, { ...record, pendingMethods });
    await saveCase(context, id);
  }
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  else project(context, id);
  endPreview(context, id);
  trimPictures(context);
  await showMetrics(context, id);
  void refreshStorageLine(context);
}

/**
 * Runs a restoration. Where the worker or its device goes, it is tried once more by itself, with a
 * fresh worker, then with one click.
 */
async function attempt(
  context: AppContext,
  id: string,
  wish: RestoreWish,
  name: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  for (const isLast of [false, true]) {
    try {
      await restoreCase(context, id, wish, report, signal);
      return;
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (signal.aborted || error.error.kind === 'cancelled') return;
      const sentence = sentenceOf(error.error, name);
      if (!hasDied(error.error)) {
        context.store.notify('error', sentence);
        return;
      }
      if (isLast) {
        const run = () => queueRestore(context, id, { ...wish, resumable: true });
        context.store.notify('error', sentence, { label: 'Resume', run });
      } else {
        context.store.notify(
          'warning',
          `${sentence} This restoration is tried once more by itself.`,
        );
      }
    }
  }
}

/** Queues the restoration of a case's input; nothing happens where the same one is under way. */
export async function queueRestore(
  context: AppContext,
  id: string,
  wish: RestoreWish,
): Promise<void> {
  const record = context.records.get(id);
  const name = record?.input?.name;
  const { jobs } = context;
  const { method } = wish;
  const part = method ?? '';
  if (record === undefined || name === undefined) return;
  if (jobs.isWaiting('restore', id, part) || jobs.isRunning('restore', id, part)) return;
  // Before the first output, what waits for whatever is chosen does what the chosen method would.
  const chosen = chosenMethod(context);
  const isChosen = record.outputs.length === 0 && (method ?? chosen) === chosen;
  if (isChosen && ['', chosen ?? ''].some((twin) => jobs.isWaiting('restore', id, twin))) return;
  const withWhat = method === null ? '' : ` with ${methodTitle(context, method)}`;
  jobs.add({
    kind: 'restore',
    caseId: id,
    methodId: method ?? chosen,
    part,
    label: `Restoring ${name}${withWhat}`,
    cancellable: true,
    async run(report, signal) {
      try {
        await attempt(context, id, wish, name, report, signal);
      } finally {
        await settle(context, id, method);
      }
    },
    skipped: () => {
      settle(context, id, method).catch(() => undefined);
    },
  });
  const others = record.pendingMethods.filter((other) => other !== method);
  await updateCase(context, id, { pendingMethods: wish.resumable ? [...others, method] : others });
}
