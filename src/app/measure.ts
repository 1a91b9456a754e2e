import { binariseMask, greyFromRgba } from '../core/image/mask.ts';
import type { BinaryMask } from '../core/image/types.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { MetricsBackend } from '../protocol/engine.ts';
import { isStoredMetrics, type StoredCase, type StoredMetrics } from '../storage/records.ts';
import { pictureOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';
import { keepIfRoom, refreshStorageLine } from './keep.ts';
import type { Role } from './model.ts';
import { type MeasuredFiles, metricsKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { fileKindOf, trimPictures } from './show.ts';

/** The files whose numbers a case shows; null where there is nothing to compare. */
function filesOf(record: StoredCase, measured: 'output' | 'input'): MeasuredFiles | null {
  const picture = pictureOf(record, measured);
  if (picture === null || record.gt === null) return null;
  return {
    output: picture.sha256,
    groundTruth: record.gt.sha256,
    mask: record.mask?.sha256 ?? null,
  };
}

async function lookUp(
  context: AppContext,
  files: MeasuredFiles,
  backend: MetricsBackend,
): Promise<StoredMetrics | null> {
  const stored = await context.storage.getResult(metricsKey(files, backend)).catch(() => null);
  return isStoredMetrics(stored) ? stored : null;
}

/** The backend of the numbers seen last, then the one that would measure now. */
function backendsFor(context: AppContext, record: StoredCase): Set<MetricsBackend> {
  const { engine } = context.store.state;
  const backends = new Set<MetricsBackend>();
  if (record.measuredWith !== null) backends.add(record.measuredWith);
  if (engine.status === 'ready') backends.add(engine.info.metricsBackend);
  return backends;
}

const isStale = (context: AppContext, before: StoredCase): boolean => {
  const now = context.records.get(before.id);
  return (
    now === undefined ||
    JSON.stringify(filesOf(now, 'output')) !== JSON.stringify(filesOf(before, 'output')) ||
    now.input?.sha256 !== before.input?.sha256
  );
};

/** Shows remembered numbers. False where those of the output, or of the input beside it, are missing. */
async function showRemembered(context: AppContext, record: StoredCase): Promise<boolean> {
  const files = filesOf(record, 'output');
  if (files === null) return false;
  const inputFiles = filesOf(record, 'input');
  for (const backend of backendsFor(context, record)) {
    const found = await lookUp(context, files, backend);
    const input = inputFiles === null ? null : await lookUp(context, inputFiles, backend);
    if (found === null || (inputFiles !== null && input === null)) continue;
    if (isStale(context, record)) return true;
    context.store.patchCase(record.id, {
      metrics: {
        status: 'done',
        values: found.values,
        backend: found.backend,
        seconds: found.seconds,
        fromCache: true,
        inputValues: input?.values ?? null,
        backends: {},
        checked: 'unchecked',
        regions: [],
        learned: [],
      },
    });
    return true;
  }
  return false;
}

interface Loaded {
  readonly groundTruth: DecodedPicture;
  readonly mask: BinaryMask | null;
}

/** A failure inside a job, already a sentence for the screen. */
class MeasureFailure extends Error {}

async function load(context: AppContext, record: StoredCase, role: Role): Promise<DecodedPicture> {
  const picture = pictureOf(record, role);
  if (picture === null) throw new MeasureFailure(`Case ${titleOf(record)} has changed.`);
  const loaded = await context.pictures.load(fileKindOf(record, role), picture);
  if (!loaded.ok) throw new MeasureFailure(loaded.error.message);
  return loaded.value;
}

async function loadReference(context: AppContext, record: StoredCase): Promise<Loaded> {
  const groundTruth = await load(context, record, 'gt');
  if (record.mask === null) return { groundTruth, mask: null };
  const { pixels } = await load(context, record, 'mask');
  const { width, height } = groundTruth.pixels;
  return { groundTruth, mask: binariseMask(greyFromRgba(pixels), width, height) };
}

/** Numbers of one picture against the ground truth: remembered, else measured and remembered. */
async function numbersOf(
  context: AppContext,
  record: StoredCase,
  measured: 'output' | 'input',
  reference: Loaded,
): Promise<StoredMetrics | null> {
  const files = filesOf(record, measured);
  if (files === null) return null;
  const { engine } = context.store.state;
  const backend = engine.status === 'ready' ? engine.info.metricsBackend : null;
  const known = backend === null ? null : await lookUp(context, files, backend);
  if (known !== null) return known;
  const { pixels } = await load(context, record, measured);
  const fileName = pictureOf(record, measured)?.name ?? titleOf(record);
  const result = await context.engine.call((api) =>
    api.measure({
      jobId: newId(),
      fileName,
      output: pixels,
      groundTruth: reference.groundTruth.pixels,
      mask: reference.mask,
    }),
  );
  if (!result.ok) throw new MeasureFailure(sentenceOf(result.error, fileName));
  if (!context.records.has(record.id)) return null;
  await keepIfRoom(context, `the metrics of ${fileName}`, () =>
    context.storage.putResult(metricsKey(files, result.value.backend), result.value),
  );
  return result.value;
}

async function measureNow(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || filesOf(record, 'output') === null) return;
  try {
    const reference = await loadReference(context, record);
    const output = await numbersOf(context, record, 'output', reference);
    const input = await numbersOf(context, record, 'input', reference);
    if (output === null || isStale(context, record)) return;
    const { values, backend, seconds } = output;
    context.store.patchCase(id, {
      metrics: {
        status: 'done',
        values,
        backend,
        seconds,
        fromCache: false,
        inputValues: input?.values ?? null,
        backends: {},
        checked: 'unchecked',
        regions: [],
        learned: [],
      },
    });
    await updateCase(context, id, { measuredWith: backend });
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    if (isStale(context, record)) return;
    context.store.patchCase(id, { metrics: { status: 'failed', message: error.message } });
    context.store.notify('error', error.message);
  } finally {
    trimPictures(context);
    await refreshStorageLine(context);
  }
}

/** Shows the numbers of a case: none, remembered ones, or a job that measures them. */
export async function showMetrics(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined) return;
  if (filesOf(record, 'output') === null) {
    context.store.patchCase(id, { metrics: { status: 'no-reference' } });
    return;
  }
  if (await showRemembered(context, record)) return;
  if (isStale(context, record)) return;
  context.store.patchCase(id, { metrics: { status: 'measuring' } });
  if (context.jobs.isWaiting('measure', id)) return;
  context.jobs.add({
    kind: 'measure',
    caseId: id,
    label: `Measuring ${titleOf(record)}`,
    cancellable: false,
    run: async () => measureNow(context, id),
  });
}
