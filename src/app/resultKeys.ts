import { METRICS } from '../core/metrics/definitions.ts';
import { RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type { MetricsBackend, RestoreSettings } from '../protocol/engine.ts';
import { resultKey } from '../storage/keys.ts';

/** Raised when a decoder gives other pixels for the same file: every result hangs on them. */
export const DECODER_VERSION = 1;

/** Where the output of this input under these settings is remembered. */
export function restorationKey(inputSha256: string, settings: RestoreSettings): string {
  return resultKey('restoration', {
    input: inputSha256,
    settings: { ...settings },
    decoder: DECODER_VERSION,
  });
}

export interface MeasuredFiles {
  /** SHA-256 of what is measured: an output, or the input for comparison. */
  readonly output: string;
  readonly groundTruth: string;
  readonly mask: string | null;
}

/** Where the metrics of these three files by this backend are remembered. */
export function metricsKey(files: MeasuredFiles, backend: MetricsBackend): string {
  return resultKey('metrics', {
    ...files,
    metrics: RAIM_METRIC_IDS.map((id) => ({ id, version: METRICS[id].version })),
    backend,
    decoder: DECODER_VERSION,
  });
}
