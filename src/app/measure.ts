import type { MetricsBackend } from '../protocol/engine.ts';
import { readStoredMetrics, type StoredCase, type StoredMetrics } from '../storage/records.ts';
import { resourcesOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { backendFor, checkedOf, verdictNow } from './device.ts';
import { newId } from './ids.ts';
import { refreshStorageLine } from './keep.ts';
import { filesOf, loadMask, loadPair, type Measured, MeasureFailure } from './measured.ts';
import { showMore } from './more.ts';
import { recall, remember } from './remembered.ts';
import { type MeasuredFiles, metricsKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';
import { trimPictures } from './show.ts';
import { showErrorMap } from './showErrorMap.ts';

/** Remembered numbers, unless the device that measured them was found to give wrong ones. */
async function lookUp(
  context: AppContext,
  files: MeasuredFiles,
  backend: MetricsBackend,
): Promise<StoredMetrics | null> {
  const stored = await recall(context, metricsKey(files, backend), readStoredMetrics);
  if (stored === null) return null;
  return checkedOf(context, stored.backend, stored.checked) === 'failed' ? null : stored;
}

/** The backend of the numbers seen last, then the one that would measure now. */
function backendsFor(context: AppContext, record: StoredCase): Set<MetricsBackend> {
  const now = backendFor(context, 'psnr');
  const backends = new Set<MetricsBackend>();
  if (record.measuredWith !== null) backends.add(record.measuredWith);
  if (now !== null) backends.add(now);
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

/** Puts the RAIM set on screen; what goes beyond it follows. */
function show(
  context: AppContext,
  { id, files }: { readonly id: string; readonly files: MeasuredFiles | null },
  output: StoredMetrics,
  input: StoredMetrics | null,
  fromCache: boolean,
): void {
  const { values, backend, seconds, checked } = output;
  const backends = Object.fromEntries(Object.keys(values).map((metric) => [metric, backend]));
  resourcesOf(context, id).metricsOf = JSON.stringify(files);
  context.store.patchCase(id, {
    metrics: {
      status: 'done',
      values,
      backend,
      backends,
      seconds,
      fromCache,
      inputValues: input?.values ?? null,
      checked: checkedOf(context, backend, checked),
      regions: [],
      learned: [],
    },
  });
}

/** Shows remembered numbers. False where those of the output, or of the input beside it, are missing. */
async function showRemembered(context: AppContext, record: StoredCase): Promise<boolean> {
  const files = filesOf(record, 'output');
  if (files === null) return false;
  const inputFiles = filesOf(record, 'input');
  for (const backend of backendsFor(context, record)) {
    const found = await lookUp(context, files, backend);
    const input = inputFiles === null ? null : await lookUp(context, inputFiles, backend);
    if (found === null || (inputFiles !== null && input === null)) continue;
    if (!isStale(context, record)) show(context, { id: record.id, files }, found, input, true);
    return true;
  }
  return false;
}

/** Numbers of one picture against the ground truth: remembered, else measured and remembered. */
async function numbersOf(
  context: AppContext,
  record: StoredCase,
  measured: Measured,
): Promise<StoredMetrics | null> {
  const files = filesOf(record, measured);
  if (files === null) return null;
  const now = backendFor(context, 'psnr');
  const known = now === null ? null : await lookUp(context, files, now);
  if (known !== null) return known;
  const pair = await loadPair(context, record, measured);
  const mask = await loadMask(context, record, pair.groundTruth);
  const result = await context.engine.call((api) => api.measure({ ...pair, jobId: newId(), mask }));
  if (!result.ok) throw new MeasureFailure(sentenceOf(result.error, pair.fileName));
  if (!context.records.has(record.id)) return null;
  const { values, backend, seconds } = result.value;
  const stored = { values, backend, seconds, checked: verdictNow(context, backend) };
  const what = `the metrics of ${pair.fileName}`;
  await remember(context, metricsKey(files, backend), what, stored);
  return stored;
}

async function measureNow(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || filesOf(record, 'output') === null) return;
  try {
    const output = await numbersOf(context, record, 'output');
    const input = await numbersOf(context, record, 'input');
    if (output === null || isStale(context, record)) return;
    show(context, { id, files: filesOf(record, 'output') }, output, input, false);
    await updateCase(context, id, { measuredWith: output.backend });
    await showMore(context, id);
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

async function showRaimSet(context: AppContext, record: StoredCase): Promise<void> {
  const { id } = record;
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

/** Says anew what is known of the device behind a case's numbers; wrong ones are measured again. */
export async function refreshChecked(context: AppContext, id: string): Promise<void> {
  const metrics = context.store.state.cases.find((entry) => entry.id === id)?.metrics;
  const record = context.records.get(id);
  const files = record === undefined ? null : filesOf(record, 'output');
  if (record === undefined || files === null || metrics?.status !== 'done') return;
  const found = await lookUp(context, files, metrics.backend);
  if (isStale(context, record)) return;
  if (found === null) {
    await showMetrics(context, id);
    return;
  }
  const now = context.store.state.cases.find((entry) => entry.id === id)?.metrics;
  if (now !== metrics) return;
  const checked = checkedOf(context, found.backend, found.checked);
  context.store.patchCase(id, { metrics: { ...metrics, checked } });
  await showMore(context, id);
}

/**
 * Shows the numbers of a case: none, remembered ones, or jobs that measure them; and, of the case on
 * screen, what goes beyond the RAIM set.
 */
export async function showMetrics(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined) return;
  await showRaimSet(context, record);
  await showMore(context, id);
  showErrorMap(context, id);
}
