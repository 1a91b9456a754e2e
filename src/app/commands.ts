import { unwrap } from 'solid-js/store';
import { forgetCase, setPreview, titleOf, updateCase } from './cases.ts';
import { emptyChooser, takeFromChooser } from './chooser.ts';
import type { AppContext } from './context.ts';
import { openDevice } from './deviceCheck.ts';
import { addFiles, takeInAll } from './intake.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { forgetNetworks } from './learnedNetworks.ts';
import { showMetrics } from './measure.ts';
import { chosenMethod, fileSuffix } from './methodRef.ts';
import type { MethodId, Role } from './model.ts';
import { fileKindOf, outputOf, shownOutput } from './outputs.ts';
import { queueRestore } from './restore.ts';
import { openSample, type Samples } from './samples.ts';
import { sentenceOf } from './sentences.ts';
import { select, showCase } from './show.ts';
import { strengthSettled } from './strength.ts';
import { forgetMethods } from './userMethods.ts';

export { addFiles, openSample, type Samples };

/** Ends the chooser for one file; a null role leaves it out. */
export async function chooseRole(
  context: AppContext,
  fileId: string,
  role: Role | null,
): Promise<void> {
  const file = takeFromChooser(context, fileId);
  if (file === null || role === null) return;
  const { outputOf, ...loose } = file;
  const named = role === 'output' ? outputOf : undefined;
  await takeInAll(context, [{ ...loose, ...named, role, loose: true }]);
}

/** Remembers which model the user chose. */
export async function keepSelectedModel(context: AppContext, id: string): Promise<void> {
  await keep(context, 'the chosen model', () => context.storage.putSelectedModel(id));
}

/** Restores the case on screen with the chosen method; the output comes on screen. */
export async function restoreCurrent(context: AppContext): Promise<void> {
  const method = chosenMethod(context);
  await runMethods(context, [method]);
}

/** Runs methods over the case on screen, one after another; the first one's output comes on screen. */
export async function runMethods(
  context: AppContext,
  methods: ReadonlyArray<MethodId | null>,
): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record === undefined) return;
  if (record.input === null) {
    context.store.notify('info', `Case ${titleOf(record)} has no input to restore: drop one.`);
    return;
  }
  for (const [index, method] of methods.entries()) {
    await queueRestore(context, record.id, { method, replaces: index === 0, resumable: true });
  }
}

/** Puts one method's output of the case on screen in the place that numbers, maps and export speak of. */
export async function showMethod(context: AppContext, method: MethodId): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record === undefined || outputOf(record, method) === null) return;
  if (record.shownMethod === method) return;
  await updateCase(context, record.id, { shownMethod: method });
  setPreview(context, record.id, null);
  await showCase(context, record.id);
  await showMetrics(context, record.id);
}

const counted = (count: number, one: string, many: string): string[] => {
  if (count === 0) return [];
  return [count === 1 ? `the ${one}` : `${count} ${many}`];
};

/** Ends what runs and what waits, where it can be cancelled. What was there stays. */
export function cancel(context: AppContext): void {
  const kinds = context.jobs.cancel();
  if (kinds.length === 0) return;
  const of = (...which: Array<(typeof kinds)[number]>) =>
    kinds.filter((kind) => which.includes(kind)).length;
  const [restorations, models, parity] = [of('restore'), of('model', 'network'), of('parity')];
  const masks = of('mask');
  const rest = kinds.length - restorations - models - parity - masks;
  const what = [
    ...counted(restorations, 'restoration', 'restorations'),
    ...counted(models, 'reading of a model', 'readings of models'),
    ...counted(parity, 'comparison of WebGPU and WASM', 'comparisons of WebGPU and WASM'),
    ...counted(masks, 'search for a person', 'searches for people'),
    ...counted(rest, 'measurement', 'measurements'),
  ].join(' and ');
  const were = kinds.length === 1 ? 'was' : 'were';
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)} ${were} cancelled`;
  context.store.notify('info', `${sentence}; everything else is as it was.`);
}

/** The output of the case on screen as a PNG in sRGB, at the strength that is wanted; null where there is none. */
export async function outputFile(context: AppContext): Promise<File | null> {
  const id = context.store.state.currentCaseId ?? '';
  await strengthSettled(context, id);
  const record = context.records.get(id);
  const output = record === undefined ? null : shownOutput(record);
  if (record === undefined || output === null) return null;
  const { picture, origin } = output;
  const stored = await context.storage.getFile(fileKindOf(output), picture.sha256);
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
  const own = picture.name.replace(/\.[^.]+$/, '');
  const share = output.mix === undefined ? '' : `_${output.mix.strength}`;
  const restored = `${titleOf(record)}_${fileSuffix(context, output.method)}${share}`;
  const name = origin.kind === 'dropped' ? own : restored;
  return new File([exported.value], `${name}.png`, { type: 'image/png' });
}

/** Deletes what the Look page keeps and closes all cases. The way of looking stays. */
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
    context.removals.length = 0;
    context.store.set({ remarks: {} });
    context.deviceNotes.clear();
    context.facts.clear();
    await forgetMethods(context);
    forgetNetworks(context);
    await openDevice(context);
    const { view, selectedModelId } = context.store.state;
    await keep(context, 'the way of looking', async () => {
      await context.storage.putView(unwrap(view));
      if (selectedModelId !== null) await context.storage.putSelectedModel(selectedModelId);
    });
  }
  await refreshStorageLine(context);
}
