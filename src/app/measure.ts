import type { StoredCase, StoredMetrics } from '../storage/records.ts';
import { showAlignment } from './alignment.ts';
import { resourcesOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { checkedOf } from './device.ts';
import { showHints } from './hints.ts';
import { refreshStorageLine } from './keep.ts';
import { filesOf, MeasureFailure, sizesDiffer } from './measured.ts';
import { showMethodNumbersOf } from './measureMethods.ts';
import { showMore } from './more.ts';
import { backendsFor, lookUp, numbersOf } from './numbers.ts';
import type { MeasuredFiles } from './resultKeys.ts';
import { trimPictures } from './show.ts';
import { showErrorMap } from './showErrorMap.ts';

const isStale = (context: AppContext, before: StoredCase): boolean => {
  const now = context.records.get(before.id);
  return (
    now === undefined ||
    JSON.stringify(filesOf(now, 'output')) !== JSON.stringify(filesOf(before, 'output')) ||
    now.input?.sha256 !== before.input?.sha256
  );
};

/** The numbers on screen where they are of the same pictures, perhaps with another mask. */
function shownNumbers(context: AppContext, id: string, files: MeasuredFiles | null) {
  const metrics = context.store.state.cases.find((entry) => entry.id === id)?.metrics;
  const { metricsOf } = resourcesOf(context, id);
  if (metrics?.status !== 'done' || metricsOf === undefined || files === null) return null;
  const before = { ...JSON.parse(metricsOf), mask: files.mask };
  return JSON.stringify(before) === JSON.stringify(files) ? metrics : null;
}

/** Puts the RAIM set on screen; what goes beyond it follows. */
function show(
  context: AppContext,
  { id, files }: { readonly id: string; readonly files: MeasuredFiles | null },
  output: StoredMetrics,
  input: StoredMetrics | null,
  fromCache: boolean,
): void {
  const { values, backend, adapter, seconds, checked } = output;
  const backends = Object.fromEntries(Object.keys(values).map((metric) => [metric, backend]));
  const isOpen = context.store.state.currentCaseId === id;
  const before = isOpen ? shownNumbers(context, id, files) : null;
  resourcesOf(context, id).metricsOf = JSON.stringify(files);
  context.store.patchCase(id, {
    metrics: {
      status: 'done',
      values,
      backend,
      adapter,
      backends,
      seconds,
      fromCache,
      inputValues: input?.values ?? null,
      checked: checkedOf(context, backend, checked),
      regions: (before?.regions ?? []).map((region) => ({ ...region, stale: true })),
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

async function measureNow(context: AppContext, id: string, signal: AbortSignal): Promise<void> {
  const record = context.records.get(id);
  if (record === undefined || filesOf(record, 'output') === null) return;
  try {
    const output = await numbersOf(context, record, 'output', signal);
    const input = await numbersOf(context, record, 'input', signal);
    if (output === null || isStale(context, record)) return;
    show(context, { id, files: filesOf(record, 'output') }, output, input, false);
    await updateCase(context, id, { measuredWith: output.backend });
    await showMethodNumbersOf(context, id);
    await showMore(context, id);
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    if (isStale(context, record)) return;
    context.store.patchCase(id, { metrics: { status: 'failed', message: error.message } });
    context.store.notify('error', error.message);
  } finally {
    trimPictures(context);
    void refreshStorageLine(context);
  }
}

async function showRaimSet(context: AppContext, record: StoredCase): Promise<void> {
  const { id } = record;
  if (filesOf(record, 'output') === null) {
    const message = sizesDiffer(record);
    context.store.patchCase(id, {
      metrics: message === null ? { status: 'no-reference' } : { status: 'failed', message },
    });
    return;
  }
  if (await showRemembered(context, record)) return;
  if (isStale(context, record)) return;
  const before = shownNumbers(context, id, filesOf(record, 'output'));
  context.store.patchCase(id, {
    metrics: before === null ? { status: 'measuring' } : { ...before, stale: true },
  });
  if (context.jobs.isWaiting('measure', id)) return;
  context.jobs.add({
    kind: 'measure',
    caseId: id,
    label: `Measuring ${titleOf(record)}`,
    cancellable: false,
    run: (_, signal) => measureNow(context, id, signal),
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
  await showMethodNumbersOf(context, id);
  await showMore(context, id);
  showErrorMap(context, id);
  showAlignment(context, id);
  await showHints(context, id);
}
