import { METRICS, NO_REFERENCE_METRICS } from '../core/metrics/definitions.ts';
import { LEARNED_VERSION, type LearnedMetricId } from '../core/metrics/learned.ts';
import type { RegionRule } from '../core/metrics/regionRule.ts';
import { METRIC_IDS, type MetricId, RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type { EngineInfo, MaskEntry, MetricsBackend, RestoreSettings } from '../protocol/engine.ts';
import type { TileRecord } from '../protocol/review.ts';
import { type KeyIngredient, resultKey } from '../storage/keys.ts';
import { LEARNED_METRICS } from './learnedDefinitions.ts';

/** Raised when a decoder gives other pixels for the same file: every result hangs on them. */
export const DECODER_VERSION = 1;

/** An object of plain values as it would come back from JSON. */
function plain(value: object): KeyIngredient {
  return JSON.parse(JSON.stringify(value));
}

/** Where the output of this input under these settings is remembered. */
export function restorationKey(inputSha256: string, settings: RestoreSettings): string {
  return resultKey('restoration', {
    input: inputSha256,
    settings: plain(settings),
    decoder: DECODER_VERSION,
  });
}

export interface MeasuredFiles {
  /** SHA-256 of what is measured: an output, or the input for comparison. */
  readonly output: string;
  readonly groundTruth: string;
  readonly mask: string | null;
  /** Of the output against the ground truth; absent: compared as they are. */
  readonly shift?: { readonly dx: number; readonly dy: number };
}

const versionsOf = (ids: readonly MetricId[]) =>
  ids.map((id) => ({ id, version: METRICS[id].version }));

/** Where these metrics (the RAIM set where none are named) of three files by this backend are remembered. */
export function metricsKey(
  files: MeasuredFiles,
  backend: MetricsBackend,
  ids: readonly MetricId[] = RAIM_METRIC_IDS,
): string {
  return resultKey('metrics', {
    ...files,
    metrics: versionsOf(ids),
    backend,
    decoder: DECODER_VERSION,
  });
}

function ingredientsOf(rule: RegionRule): KeyIngredient {
  return 'mask' in rule ? { ...rule, mask: { ...rule.mask } } : { ...rule };
}

/**
 * Where metrics over one further region are remembered.
 * @param files `mask` is the mask the region is drawn from; null for a rectangle
 */
export function regionKey(
  files: MeasuredFiles,
  rule: RegionRule,
  backend: MetricsBackend,
  ids: readonly MetricId[],
): string {
  // Under a shift a rectangle lies in the ground truth; it lay in the output once.
  const lies = files.shift && rule.kind === 'rectangle' ? { lies: 'truth' } : {};
  return resultKey('region', {
    ...files,
    ...lies,
    rule: ingredientsOf(rule),
    metrics: versionsOf(ids),
    backend,
    decoder: DECODER_VERSION,
  });
}

export function niqeKey(sha256: string): string {
  const { version } = NO_REFERENCE_METRICS.niqe;
  return resultKey('niqe', { picture: sha256, version, decoder: DECODER_VERSION });
}

/** The pictures that a learned metric's value hangs on. */
export interface LearnedFiles {
  readonly measured: string;
  /** The ground truth or the input; null where the metric compares with nothing. */
  readonly reference: string | null;
  /** Null where the metric does not look for the person, too. */
  readonly mask: string | null;
  /** Under which measured and reference are compared; absent: as they are. */
  readonly shift?: { readonly dx: number; readonly dy: number };
}

export function learnedKey(
  id: LearnedMetricId,
  networkSha256: string,
  { measured, reference, mask, shift }: LearnedFiles,
): string {
  const under = shift === undefined ? {} : { shift };
  const common = { mask, network: networkSha256, decoder: DECODER_VERSION, ...under };
  if (id === 'lpips') {
    const { version } = LEARNED_METRICS.lpips;
    return resultKey('lpips', { output: measured, groundTruth: reference, version, ...common });
  }
  return resultKey('learned', { measured, reference, version: LEARNED_VERSION, ...common });
}

/** Raised when masks are found or refined differently. */
const MASK_VERSION = 1;

/** Where the automatic mask of a picture is remembered. */
export function maskKey(picture: string, { sha256, refine }: MaskEntry): string {
  return resultKey('mask', {
    picture,
    model: sha256,
    refine: { ...refine },
    version: MASK_VERSION,
    decoder: DECODER_VERSION,
  });
}

/** Raised when shifts are found differently. */
const ALIGNMENT_VERSION = 2;

/** Where it is remembered how an output lies over its reference. */
export function alignmentKey(output: string, reference: string): string {
  const version = ALIGNMENT_VERSION;
  return resultKey('alignment', { output, reference, version, decoder: DECODER_VERSION });
}

/** Raised when a hint is measured differently, or another one comes. */
const HINTS_VERSION = 1;

/** Everything that the hints of an output hang on; of the files, their hashes. */
export interface HintsFiles {
  readonly output: string;
  readonly input: string | null;
  readonly truth: string | null;
  readonly mask: string | null;
  readonly tiles: TileRecord | null;
}

export function hintsKey(files: HintsFiles): string {
  return resultKey('hints', {
    ...files,
    tiles: files.tiles && plain(files.tiles),
    version: HINTS_VERSION,
    decoder: DECODER_VERSION,
  });
}

/** Raised when mixtures are computed differently. */
const MIX_VERSION = 1;

/**
 * Where a mixture of an input and an output is remembered.
 * @param strength in percent
 */
export function mixKey(input: string, output: string, strength: number): string {
  return resultKey('mix', {
    input,
    output,
    strength,
    version: MIX_VERSION,
    decoder: DECODER_VERSION,
  });
}

/** Raised with ONNX Runtime, and when the parity check sees more: methods are then checked anew. */
const PARITY_VERSION = 2;

/** Where it is remembered what is known of a method (by its file's hash, or its id) on this device. */
export function methodDeviceKey(method: string, info: EngineInfo, browser: string): string {
  return resultKey('method', { method, adapter: info.adapter, browser, check: PARITY_VERSION });
}

/** Where it is remembered what was found in a built-in model's file. */
export function factsKey(sha256: string): string {
  return resultKey('facts', { model: sha256 });
}

/** Raised when the check's pictures or tolerances change: devices are then checked anew. */
const CHECK_VERSION = 1;

/** What a verdict on a device's numbers hangs on; null where there is no device to check. */
export function deviceKey({ adapter }: EngineInfo, browser: string): string | null {
  if (adapter === null) return null;
  const metrics = versionsOf(METRIC_IDS);
  return resultKey('device', { adapter, browser, check: CHECK_VERSION, metrics });
}
