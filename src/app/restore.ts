import { proxy } from 'comlink';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { ModelEntry, Progress, RestoreOutcome } from '../protocol/engine.ts';
import type { LoupeError, Result } from '../protocol/result.ts';
import { isStoredOutput, type StoredOutput, type StoredPicture } from '../storage/records.ts';
import { markComputed, saveCase, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { callCancellable } from './engineCall.ts';
import type { JobProgress } from './jobs.ts';
import { keep, refreshStorageLine } from './keep.ts';
import { showMetrics } from './measure.ts';
import { storedPictureOf } from './pictures.ts';
import { restorationKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, trimPictures } from './show.ts';

type Report = (progress: JobProgress) => void;

function describe({ stage, done, total }: Progress): string {
  if (stage === 'loading-model') return 'loading the model';
  if (stage === 'encoding') return 'saving';
  return `tile ${Math.min(done + 1, total)} of ${total}`;
}

/** Carries an error out of the steps of a restoration. */
class Stop extends Error {
  readonly error: LoupeError;
  constructor(error: LoupeError) {
    super(error.message);
    this.error = error;
  }
}

function valueOrStop<T>(result: Result<T>): T {
  if (!result.ok) throw new Stop(result.error);
  return result.value;
}

function chosenModel(context: AppContext): ModelEntry {
  const { engine, selectedModelId } = context.store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  const model = models.find((entry) => entry.id === selectedModelId);
  if (model === undefined) {
    const message = 'No restoration model is available. Reload the page to load the list again.';
    throw new Stop({ kind: 'model-load', message });
  }
  return model;
}

/** A restoration that is remembered and whose output is still there. */
async function remembered(context: AppContext, key: string): Promise<StoredOutput | null> {
  const stored = await context.storage.getResult(key).catch(() => null);
  if (!isStoredOutput(stored)) return null;
  const file = await context.storage.getFile('output', stored.picture.sha256);
  return file === null ? null : stored;
}

async function runEngine(
  context: AppContext,
  input: StoredPicture,
  decoded: DecodedPicture,
  modelId: string,
  report: Report,
  signal: AbortSignal,
): Promise<RestoreOutcome> {
  const onProgress = (progress: Progress): void =>
    report({ ...progress, detail: describe(progress) });
  const { name: fileName } = input;
  return valueOrStop(
    await callCancellable(context, signal, (api, jobId) =>
      api.restore(
        { jobId, fileName, method: { kind: 'model', modelId }, pixels: decoded.pixels },
        proxy(onProgress),
      ),
    ),
  );
}

/** Writes the restored pixels as a file, reads it back and keeps both it and how it came to be. */
async function keepOutcome(
  context: AppContext,
  input: StoredPicture,
  title: string,
  icc: Uint8Array<ArrayBuffer> | null,
  outcome: RestoreOutcome,
): Promise<StoredOutput> {
  const name = `${title}_restored.png`;
  const file = valueOrStop(await context.codec.call((api) => api.encodePng(outcome.pixels, icc)));
  // What is shown and measured is the file, not the pixels it was made from.
  const decoded = valueOrStop(await context.codec.call((api) => api.decode(file, name)));
  const picture = storedPictureOf(context.pictures.adopt(decoded), name, file.size);
  const { engine } = context.store.state;
  const models = engine.status === 'ready' ? engine.models : [];
  const { settings, seconds, tiles } = outcome;
  const modelTitle = models.find((model) => model.id === settings.modelId)?.title ?? '';
  const output: StoredOutput = {
    picture,
    origin: { kind: 'restored', settings, modelTitle, seconds, tiles },
  };
  const kept = await keep(context, `“${name}”`, async () => {
    await context.storage.putFile('output', picture.sha256, file);
    await context.storage.putResult(restorationKey(input.sha256, settings), output);
  });
  if (kept) context.unkept.delete(picture.sha256);
  else context.unkept.add(picture.sha256);
  return output;
}

async function restoreCase(
  context: AppContext,
  id: string,
  replaces: boolean,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  // Starts the engine where it does not run: only then it is known which models there are.
  valueOrStop(await context.engine.call(async () => ({ ok: true, value: undefined })));
  const record = context.records.get(id);
  const input = record?.input ?? null;
  if (record === undefined || input === null || (record.output !== null && !replaces)) return;
  const model = chosenModel(context);
  const settings = valueOrStop(
    await context.engine.call((api) => api.settingsFor({ kind: 'model', modelId: model.id })),
  );
  let output = await remembered(context, restorationKey(input.sha256, settings));
  const fromCache = output !== null;
  if (output === null) {
    const decoded = valueOrStop(await context.pictures.load('picture', input));
    if (signal.aborted) return;
    const outcome = await runEngine(context, input, decoded, model.id, report, signal);
    if (signal.aborted || !context.records.has(id)) return;
    report({ stage: 'encoding', detail: 'saving', done: 0, total: 0 });
    const icc = decoded.profile?.icc ?? null;
    output = await keepOutcome(context, input, titleOf(record), icc, outcome);
  }
  const now = context.records.get(id);
  const before = record.output?.picture.sha256;
  // An output that the user dropped meanwhile is not replaced by one that was begun earlier.
  const outdated =
    now?.input?.sha256 !== input.sha256 ||
    (now.output !== null && (!replaces || now.output.picture.sha256 !== before));
  if (signal.aborted || outdated) return;
  await updateCase(context, id, { output, restorePending: false });
  markComputed(context, id, fromCache);
}

async function settle(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record?.restorePending) {
    context.records.set(id, { ...record, restorePending: false });
    await saveCase(context, id);
  }
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  trimPictures(context);
  await showMetrics(context, id);
  await refreshStorageLine(context);
}

export interface RestoreWish {
  /** Whether an output that is there gives way (the user asked), or stays (a new input). */
  readonly replaces: boolean;
  /** Whether a reload takes it up again; once is enough, should it be what made the page crash. */
  readonly resumable: boolean;
}

/** Queues the restoration of a case's input; nothing happens where one is under way. */
export async function queueRestore(
  context: AppContext,
  id: string,
  { replaces, resumable }: RestoreWish,
): Promise<void> {
  const name = context.records.get(id)?.input?.name;
  const { jobs, store } = context;
  if (name === undefined) return;
  if (jobs.isWaiting('restore', id) || jobs.isRunning('restore', id)) return;
  jobs.add({
    kind: 'restore',
    caseId: id,
    label: `Restoring ${name}`,
    cancellable: true,
    async run(report, signal) {
      try {
        await restoreCase(context, id, replaces, report, signal);
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        const quiet = signal.aborted || error.error.kind === 'cancelled';
        if (!quiet) store.notify('error', sentenceOf(error.error, name));
      } finally {
        await settle(context, id);
      }
    },
    skipped: () => {
      settle(context, id).catch(() => undefined);
    },
  });
  await updateCase(context, id, { restorePending: resumable });
}
