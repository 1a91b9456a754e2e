import { proxy } from 'comlink';
import type { ModelFiles, ModelInspection } from '../protocol/models.ts';
import type { Result } from '../protocol/result.ts';
import type { StoredFile, StoredLut, StoredMethod, StoredModel } from '../storage/methodRecords.ts';
import type { AppContext } from './context.ts';
import { callCancellable } from './engineCall.ts';
import { sha256Of } from './hash.ts';
import type { JobProgress } from './jobs.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { takeMetric } from './learnedNetworks.ts';
import { showMethods } from './methods.ts';
import { type DroppedModel, isMetric } from './modelFiles.ts';
import { queueMissingParity } from './parity.ts';
import { queueRestore } from './restore.ts';
import { describe } from './restoreRun.ts';
import { sentenceOf } from './sentences.ts';
import { openMethod } from './userMethods.ts';
import { endWaiting, letWait } from './waitingModels.ts';

type Report = (progress: JobProgress) => void;

/** Keeps a method, makes it known to the engine, chooses it and tries it on the case on screen. */
async function settle(
  context: AppContext,
  method: StoredMethod,
  files: ReadonlyMap<string, Blob>,
): Promise<boolean> {
  const { store, storage } = context;
  await keep(context, `“${method.name}”`, () => storage.putMethod(method, files));
  context.methods.set(method.id, method);
  const opened = await context.engine.call((api) => openMethod(context, api, method));
  showMethods(context);
  await refreshStorageLine(context);
  if (!opened.ok) {
    store.notify('error', sentenceOf(opened.error, method.name));
    return false;
  }
  store.set({ selectedModelId: method.id });
  await keep(context, 'the chosen model', () => storage.putSelectedModel(method.id));
  await tryOut(context, method.id);
  return true;
}

/** Runs a method over the case on screen, so that its first result is seen at once. */
export async function tryOut(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  if (record === undefined || record.input === null) return;
  await queueRestore(context, record.id, { method: id, replaces: true, resumable: true });
}

async function storedModel(
  found: ModelInspection,
  { externalData }: DroppedModel,
): Promise<{ model: StoredModel; files: Map<string, Blob> }> {
  const files = new Map<string, Blob>();
  const data: StoredFile[] = [];
  for (const file of externalData) {
    const sha256 = await sha256Of(file);
    files.set(sha256, file);
    data.push({ name: file.name, sha256, bytes: file.size });
  }
  const { title, fileName, sha256, bytes, contract, guesses, facts, licence, training, warnings } =
    found;
  const model: StoredModel = {
    kind: 'model',
    id: `user-${sha256.slice(0, 12)}`,
    title,
    name: fileName,
    sha256,
    bytes,
    addedAt: Date.now(),
    externalData: data,
    contract,
    guesses,
    facts,
    licence,
    training,
    warnings,
  };
  return { model, files };
}

/** Looks into a model; its card says what is done to it. */
function inspect(
  context: AppContext,
  dropped: DroppedModel,
  report: Report,
  signal: AbortSignal,
): Promise<Result<ModelInspection>> {
  const { file, externalData } = dropped;
  const { name } = file;
  const data = externalData.map((entry) => ({ name: entry.name, file: entry }));
  const files: ModelFiles = { name, file, externalData: data };
  return callCancellable(context, signal, (api, jobId) =>
    api.inspectModel(
      files,
      jobId,
      proxy((progress) => {
        const detail = describe(progress);
        context.opening.set(name, detail);
        showMethods(context);
        report({ ...progress, detail });
      }),
    ),
  );
}

/** What is found in a model that restores; null where it is none, and a notice says why. */
async function inspectionOf(
  context: AppContext,
  dropped: DroppedModel,
  report: Report,
  signal: AbortSignal,
): Promise<ModelInspection | null> {
  const { store, waitingModels } = context;
  const { file } = dropped;
  const inspected = await inspect(context, dropped, report, signal);
  const waiting = waitingModels.findIndex((other) => other.file === file);
  if (waiting >= 0) waitingModels.splice(waiting, 1);
  if (inspected.ok) return inspected.value;
  if (inspected.error.kind === 'cancelled') return null;
  // A metric's network of before metrics said so themselves: it restores nothing, but it measures.
  const mayMeasure = (await isMetric(file)) === 'maybe';
  if (mayMeasure && (await takeMetric(context, file, signal)).ok) return null;
  // Its weights may be dropped later.
  waitingModels.push(dropped);
  if (inspected.error.kind === 'missing-file') {
    await letWait(context, dropped, inspected.error.message);
  }
  store.notify('error', sentenceOf(inspected.error, file.name));
  return null;
}

async function openModel(
  context: AppContext,
  dropped: DroppedModel,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { store } = context;
  const { file } = dropped;
  const { name } = file;
  if ((await isMetric(file)) === 'yes') {
    const taken = await takeMetric(context, file, signal);
    if (!taken.ok && taken.error.kind !== 'cancelled')
      store.notify('error', sentenceOf(taken.error, name));
    return;
  }
  const found = await inspectionOf(context, dropped, report, signal);
  if (found === null) return;
  const { model, files: blobs } = await storedModel(found, dropped);
  await endWaiting(context, model.sha256);
  const known = context.methods.get(model.id);
  if (known?.kind === 'model' && !context.methodFailures.has(model.id)) {
    store.notify('info', `“${name}” is here already, as ${known.title}.`);
    await tryOut(context, model.id);
    return;
  }
  context.opening.delete(name);
  // One that comes again keeps what the user said of it.
  const kept = known?.kind === 'model' ? known : model;
  if (!(await settle(context, kept, blobs.set(model.sha256, file)))) return;
  const severity = model.warnings.length > 0 ? 'warning' : 'info';
  store.notify(severity, [`${kept.title} is ready.`, ...model.warnings].join(' '));
  queueMissingParity(context);
}

async function openLut(context: AppContext, file: File): Promise<void> {
  const { name } = file;
  const parsed = await context.engine.call((api) => api.openLut(file, name));
  if (!parsed.ok) {
    context.store.notify('error', sentenceOf(parsed.error, name));
    return;
  }
  const { id, title, sha256, bytes, size, macs720p } = parsed.value;
  const addedAt = Date.now();
  const lut: StoredLut = { kind: 'lut', id, title, name, sha256, bytes, addedAt, size, macs720p };
  context.opening.delete(name);
  if (await settle(context, lut, new Map([[sha256, file]]))) {
    context.store.notify('info', `${title} is ready.`);
  }
}

function queue(
  context: AppContext,
  { name }: File,
  run: (report: Report, signal: AbortSignal) => Promise<void>,
): void {
  context.opening.set(name, 'waiting');
  showMethods(context);
  const end = () => {
    context.opening.delete(name);
    showMethods(context);
  };
  context.jobs.add({
    kind: 'model',
    caseId: '',
    label: `Opening ${name}`,
    cancellable: true,
    run: (report, signal) => run(report, signal).finally(end),
    skipped: end,
  });
}

/** Takes in models and LUT files, one after another. */
export function addMethods(
  context: AppContext,
  models: readonly DroppedModel[],
  luts: readonly File[],
): void {
  for (const model of models) {
    queue(context, model.file, (report, signal) => openModel(context, model, report, signal));
  }
  for (const file of luts) queue(context, file, () => openLut(context, file));
}
