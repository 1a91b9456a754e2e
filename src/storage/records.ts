import type { RegionName } from '../core/dataset/roles.ts';
import type { Shift } from '../core/inspect/alignment.ts';
import type { WeakFlash } from '../core/methods/weakFlash.ts';
import type { MetricContract } from '../core/metrics/learned.ts';
import type { Rectangle } from '../core/metrics/regionRule.ts';
import type { MetricId, MetricValue, MetricValues, NiqeResult } from '../core/metrics/types.ts';
import type { ModelContract } from '../protocol/models.ts';

/**
 * The shapes that lie in the database. They are written out here, apart from the types of the
 * screen, so that a change of the screen cannot change what is stored without a migration.
 */

type StoredPictureOrigin =
  /** A mask that a network found. */
  | {
      readonly kind: 'automatic';
      readonly modelId: string;
      readonly modelTitle: string;
      readonly modelSha256: string;
    }
  /** A mask that was changed by hand; what it was before, null where there was nothing. */
  | { readonly kind: 'edited'; readonly original: StoredPicture | null }
  /** An input made from a well-lit picture, which has the hash `from`. */
  | { readonly kind: 'simulated'; readonly params: WeakFlash; readonly from: string };

export interface StoredPicture {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'bmp' | 'webp' | 'avif' | 'heic';
  readonly bitDepth: number;
  readonly exact: boolean;
  readonly profileName: string | null;
  /** Absent: a file of the user's, or a restored output. */
  readonly origin?: StoredPictureOrigin;
}

export interface StoredSettings {
  readonly modelId: string;
  readonly modelSha256: string;
  readonly provider: 'webgpu' | 'wasm';
  readonly tileSize: number;
  readonly tileOverlap: number;
  readonly pipelineVersion: number;
  readonly contract?: ModelContract;
  readonly wholePixels?: number;
  readonly mask?: string;
}

interface StoredRestoration {
  readonly kind: 'restored';
  readonly settings: StoredSettings;
  readonly modelTitle: string;
  readonly seconds: number;
  readonly tiles: number;
  /** The graphics adapter it ran on; null on WASM, and where it was not noted. */
  readonly adapter: string | null;
  /** What was known of the model's parity on that adapter; null where it was not checked. */
  readonly parity: 'agree' | 'differ' | 'failed' | 'not-applicable' | null;
  /** Why this provider ran; null where it was not noted. */
  readonly providerReason: string | null;
  /** Finished sentences about this output. */
  readonly warnings: readonly string[];
}

type StoredOrigin = StoredRestoration | { readonly kind: 'dropped' };

/** What one method made of a case. */
export interface StoredMethodOutput {
  /** Model, LUT or classical method; of a dropped output, its folder or suffix, else "output". */
  readonly method: string;
  readonly title: string;
  readonly picture: StoredPicture;
  readonly origin: StoredOrigin;
  /** Where `picture` is a mixture with the input: in percent, and what the method itself gave. */
  readonly mix?: { readonly strength: number; readonly plain: StoredPicture };
  /** What it is compared with the ground truth under; absent: as it is. */
  readonly shift?: Shift;
}

/** A restored output, found again by input and settings. */
export interface StoredOutput {
  readonly picture: StoredPicture;
  readonly origin: StoredRestoration;
}

export interface StoredCase {
  readonly id: string;
  /** Common stem of the files: what later files are matched by, and the title on screen. */
  readonly stem: string;
  /** Milliseconds since 1970; cases are shown in this order. */
  readonly addedAt: number;
  readonly input: StoredPicture | null;
  readonly gt: StoredPicture | null;
  readonly mask: StoredPicture | null;
  /** One for each method, in the order they came. */
  readonly outputs: readonly StoredMethodOutput[];
  /** The method whose output is on screen; null where there is none. */
  readonly shownMethod: string | null;
  /** The backend of the numbers on screen: with it they are found again before the engine runs. */
  readonly measuredWith: 'wgsl' | 'reference' | null;
  /** Methods still to be run when the page was closed; null stands for the chosen one. */
  readonly pendingMethods: ReadonlyArray<string | null>;
  /** Masks of other regions than the person. */
  readonly regionMasks: Readonly<Partial<Record<RegionName, StoredPicture>>>;
  /** A region that was drawn, in pixels of the picture. */
  readonly rectangle: Rectangle | null;
  /** The bench's case that it was opened from: what is said of it is said there. */
  readonly benchCase?: string;
}

/** What was known of a device's numbers when it measured. */
export interface StoredVerdict {
  /** Adapter, browser and versions; see `deviceKey`. */
  readonly device: string;
  readonly verdict: 'unchecked' | 'exact' | 'failed';
}

export interface StoredMetrics {
  readonly values: MetricValues;
  readonly backend: 'wgsl' | 'reference';
  /** The graphics adapter that measured; null for the reference, and where it was not noted. */
  readonly adapter: string | null;
  readonly seconds: number;
  /** Null where the reference measured, which needs no check. */
  readonly checked: StoredVerdict | null;
}

/** Metrics over one further region. */
interface StoredRegionMetrics {
  readonly values: Readonly<Partial<Record<MetricId, MetricValue>>>;
  /** As in `StoredMetrics`; absent where it was not noted. */
  readonly adapter?: string | null;
  readonly seconds: number;
  readonly checked: StoredVerdict | null;
}

interface StoredNiqe {
  readonly result: NiqeResult;
}

/** The value of a learned metric. */
export interface StoredLearned {
  readonly value: MetricValue;
  readonly seconds: number;
}

/** Whether a device's WGSL was found to give the numbers of the reference. */
export interface StoredDeviceCheck {
  readonly exact: boolean;
  readonly deviations: ReadonlyArray<{
    readonly id: MetricId;
    readonly deviation: number | null;
    readonly tolerance: number;
    readonly exact: boolean;
  }>;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

/** The network of a learned metric; the file lies under its hash. */
export interface StoredNetwork {
  readonly sha256: string;
  readonly bytes: number;
  readonly sources: ReadonlyArray<{ readonly name: string; readonly sha256: string }>;
  readonly warning: string | null;
  /** Absent of LPIPS, which has its own. */
  readonly contract?: MetricContract;
}

/** A weight file that waits for the one it belongs with; the file lies under its hash. */
export interface StoredWaiting {
  readonly sha256: string;
  readonly name: string;
  readonly kind: 'alexnet' | 'heads';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPicture(value: unknown): value is StoredPicture {
  return (
    isObject(value) &&
    typeof value.sha256 === 'string' &&
    typeof value.name === 'string' &&
    typeof value.width === 'number' &&
    typeof value.height === 'number'
  );
}

function isRestoration(value: unknown): value is StoredRestoration {
  return (
    isObject(value) &&
    value.kind === 'restored' &&
    isObject(value.settings) &&
    typeof value.seconds === 'number'
  );
}

/** What restorations of schema version 3 and before did not note. */
export const UNNOTED = { adapter: null, parity: null, providerReason: null, warnings: [] } as const;

/** Records of before adapters were noted are brought to the shape of today. */
export function readStoredOutput(value: unknown): StoredOutput | null {
  if (!isObject(value) || !isPicture(value.picture) || !isRestoration(value.origin)) return null;
  return { picture: value.picture, origin: { ...UNNOTED, ...value.origin } };
}

/** A picture that was made of others and is remembered: a mask, a mixture. */
export function readMadePicture(value: unknown): { readonly picture: StoredPicture } | null {
  return isObject(value) && isPicture(value.picture) ? { picture: value.picture } : null;
}

/** Whole pixels to the right and down. */
export const isShift = (value: unknown): value is Shift =>
  isObject(value) && Number.isInteger(value.dx) && Number.isInteger(value.dy);

function isMethodOutput(value: unknown): value is StoredMethodOutput {
  if (!isObject(value) || typeof value.method !== 'string' || !isPicture(value.picture)) {
    return false;
  }
  const { origin, mix, shift } = value;
  if (shift !== undefined && !isShift(shift)) return false;
  if (mix !== undefined && !(isObject(mix) && isPicture(mix.plain))) return false;
  return isRestoration(origin) || (isObject(origin) && origin.kind === 'dropped');
}

const isVerdict = (value: unknown): boolean =>
  value === null || (isObject(value) && typeof value.device === 'string');

/** Records of before devices were checked are brought to the shape of today. */
export function readStoredMetrics(value: unknown): StoredMetrics | null {
  if (!isObject(value) || !isObject(value.values)) return null;
  const { values, backend, seconds, checked = null, adapter = null } = value;
  if (backend !== 'wgsl' && backend !== 'reference') return null;
  if (typeof seconds !== 'number' || !isVerdict(checked)) return null;
  if (adapter !== null && typeof adapter !== 'string') return null;
  return { values, backend, adapter, seconds, checked: checked as StoredVerdict | null };
}

export function isStoredRegionMetrics(value: unknown): value is StoredRegionMetrics {
  return isObject(value) && isObject(value.values) && isVerdict(value.checked);
}

const isMetricValue = (value: unknown): boolean => value === null || typeof value === 'number';

export function isStoredNiqe(value: unknown): value is StoredNiqe {
  if (!isObject(value) || !isObject(value.result)) return false;
  return isMetricValue(value.result.value) && Array.isArray(value.result.flags);
}

export function isStoredLearned(value: unknown): value is StoredLearned {
  return isObject(value) && isMetricValue(value.value) && typeof value.seconds === 'number';
}

export function isStoredDeviceCheck(value: unknown): value is StoredDeviceCheck {
  return (
    isObject(value) &&
    typeof value.exact === 'boolean' &&
    Array.isArray(value.deviations) &&
    typeof value.checkedAt === 'number'
  );
}

export function isStoredNetwork(value: unknown): value is StoredNetwork {
  return (
    isObject(value) &&
    typeof value.sha256 === 'string' &&
    typeof value.bytes === 'number' &&
    Array.isArray(value.sources) &&
    (value.contract === undefined || isObject(value.contract))
  );
}

export function isStoredWaiting(value: unknown): value is StoredWaiting {
  return isObject(value) && typeof value.sha256 === 'string' && typeof value.name === 'string';
}

/** Guards against a damaged record: one that fails is left out, the others open. */
export function isStoredCase(value: unknown): value is StoredCase {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.stem !== 'string') {
    return false;
  }
  if (!isObject(value.regionMasks)) return false;
  if (value.rectangle !== null && !isObject(value.rectangle)) return false;
  if (!Object.values(value.regionMasks).every(isPicture)) return false;
  const slots = [value.input, value.gt, value.mask];
  if (!slots.every((slot) => slot === null || isPicture(slot))) return false;
  if (!Array.isArray(value.outputs) || !Array.isArray(value.pendingMethods)) return false;
  return value.outputs.every(isMethodOutput);
}
