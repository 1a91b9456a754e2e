import type { MetricsBackend } from '../protocol/engine.ts';
import { readStoredMetrics, type StoredCase, type StoredMetrics } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import { adapterNow, backendFor, checkedOf, verdictNow } from './device.ts';
import { callSteadily } from './engineCall.ts';
import { filesOf, loadPair, loadPairMask, type Measured, MeasureFailure } from './measured.ts';
import { recall, remember } from './remembered.ts';
import { type MeasuredFiles, metricsKey } from './resultKeys.ts';
import { sentenceOf } from './sentences.ts';

/** Remembered numbers, unless the device that measured them was found to give wrong ones. */
export async function lookUp(
  context: AppContext,
  files: MeasuredFiles,
  backend: MetricsBackend,
): Promise<StoredMetrics | null> {
  const stored = await recall(context, metricsKey(files, backend), readStoredMetrics);
  if (stored === null) return null;
  return checkedOf(context, stored.backend, stored.checked) === 'failed' ? null : stored;
}

/** The backend of the numbers seen last, then the one that would measure now. */
export function backendsFor(context: AppContext, record: StoredCase): Set<MetricsBackend> {
  const now = backendFor(context, 'psnr');
  const backends = new Set<MetricsBackend>();
  if (record.measuredWith !== null) backends.add(record.measuredWith);
  if (now !== null) backends.add(now);
  return backends;
}

/**
 * Numbers of one picture against the ground truth: remembered, else measured and remembered. Null where
 * there is nothing to measure (any more).
 * @throws {MeasureFailure}
 */
export async function numbersOf(
  context: AppContext,
  record: StoredCase,
  measured: Measured,
  signal: AbortSignal,
): Promise<StoredMetrics | null> {
  const files = filesOf(record, measured);
  if (files === null) return null;
  const now = backendFor(context, 'psnr');
  const known = now === null ? null : await lookUp(context, files, now);
  if (known !== null) return known;
  const pair = await loadPair(context, record, measured);
  const mask = await loadPairMask(context, record, measured);
  const result = await callSteadily(context, signal, (api, jobId) =>
    api.measure({ ...pair, jobId, mask }),
  );
  if (!result.ok) throw new MeasureFailure(sentenceOf(result.error, pair.fileName));
  if (!context.records.has(record.id)) return null;
  const { values, backend, seconds } = result.value;
  const [adapter, checked] = [adapterNow(context, backend), verdictNow(context, backend)];
  const stored = { values, backend, adapter, seconds, checked };
  const what = `the metrics of ${pair.fileName}`;
  await remember(context, metricsKey(files, backend), what, stored);
  return stored;
}
