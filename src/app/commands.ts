import { forgetCase, isEmpty, pictureOf, titleOf, updateCase } from './cases.ts';
import { emptyChooser, takeFromChooser } from './chooser.ts';
import type { AppContext } from './context.ts';
import { openDevice } from './deviceCheck.ts';
import { addFiles, takeInAll } from './intake.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { showMetrics } from './measure.ts';
import type { Role } from './model.ts';
import { openCase } from './openCase.ts';
import { queueRestore } from './restore.ts';
import { openSample, type Samples } from './samples.ts';
import { sentenceOf } from './sentences.ts';
import { fileKindOf, select, showCase, showThumbnail } from './show.ts';
import { forgetNetworks } from './weights.ts';

export { addFiles, openSample, type Samples };

/** Ends the chooser for one file; a null role leaves it out. */
export async function chooseRole(
  context: AppContext,
  fileId: string,
  role: Role | null,
): Promise<void> {
  const file = takeFromChooser(context, fileId);
  if (file !== null && role !== null) await takeInAll(context, [{ ...file, role, loose: true }]);
}

/** Remembers which model the user chose. */
export async function keepSelectedModel(context: AppContext, id: string): Promise<void> {
  await keep(context, 'the chosen model', () => context.storage.putSelectedModel(id));
}

/** Closes a case; its neighbour comes on screen. */
export async function removeCase(context: AppContext, id: string): Promise<void> {
  const ids = [...context.records.keys()];
  const index = ids.indexOf(id);
  if (index < 0) return;
  if (context.store.state.currentCaseId === id) {
    await openCase(context, ids[index + 1] ?? ids[index - 1] ?? null);
  }
  await forgetCase(context, id);
  await refreshStorageLine(context);
}

/** Takes one picture out of a case. A restored output goes with its input; an empty case closes. */
export async function removePicture(context: AppContext, id: string, role: Role): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || pictureOf(record, role) === null) return;
  if (role === 'input') context.jobs.drop(id);
  const derived = role === 'input' && record.output?.origin.kind === 'restored';
  const change = { [role]: null, ...(derived ? { output: null } : {}) };
  if (isEmpty({ ...record, ...change })) {
    await removeCase(context, id);
    return;
  }
  await updateCase(context, id, change);
  await showThumbnail(context, id);
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  await showMetrics(context, id);
}

/** Restores the case on screen, in place of an output that is there. */
export async function restoreCurrent(context: AppContext): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record === undefined) return;
  if (record.input === null) {
    context.store.notify('info', `Case ${titleOf(record)} has no input to restore: drop one.`);
    return;
  }
  await queueRestore(context, record.id, { replaces: true, resumable: true });
}

const counted = (count: number, one: string, many: string): string[] => {
  if (count === 0) return [];
  return [count === 1 ? `the ${one}` : `${count} ${many}`];
};

/** Ends what runs and what waits, where it can be cancelled. What was there stays. */
export function cancel(context: AppContext): void {
  const kinds = context.jobs.cancel();
  if (kinds.length === 0) return;
  const restorations = kinds.filter((kind) => kind === 'restore').length;
  const what = [
    ...counted(restorations, 'restoration', 'restorations'),
    ...counted(kinds.length - restorations, 'measurement', 'measurements'),
  ].join(' and ');
  const were = kinds.length === 1 ? 'was' : 'were';
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)} ${were} cancelled`;
  context.store.notify('info', `${sentence}; everything else is as it was.`);
}

/** The output of the case on screen as a PNG in sRGB; null where there is none. */
export async function outputFile(context: AppContext): Promise<File | null> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const picture = record?.output?.picture;
  if (record === undefined || picture === undefined) return null;
  const stored = await context.storage.getFile(fileKindOf(record, 'output'), picture.sha256);
  if (stored === null) {
    context.store.notify(
      'error',
      `“${picture.name}” is no longer in the browser’s storage. Restore the input again, then download it.`,
    );
    return null;
  }
  const exported = await context.codec.call((api) => api.exportSrgb(stored, picture.name));
  if (!exported.ok) {
    context.store.notify('error', sentenceOf(exported.error, picture.name));
    return null;
  }
  return new File([exported.value], `${titleOf(record)}_restored.png`, { type: 'image/png' });
}

/** Deletes everything that is stored and closes all cases. The way of looking stays. */
export async function clearStorage(context: AppContext): Promise<void> {
  context.jobs.drop();
  emptyChooser(context);
  await select(context, null);
  for (const id of [...context.records.keys()]) await forgetCase(context, id);
  const cleared = await keep(context, 'the empty workspace', () => context.storage.clearAll());
  if (cleared) {
    context.unkept.clear();
    context.numbers.clear();
    context.checks.clear();
    forgetNetworks(context);
    await openDevice(context);
    const { view, selectedModelId } = context.store.state;
    await keep(context, 'the way of looking', async () => {
      await context.storage.putView({ ...view, split: [...view.split] });
      if (selectedModelId !== null) await context.storage.putSelectedModel(selectedModelId);
    });
  }
  await refreshStorageLine(context);
}
