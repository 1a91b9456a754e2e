import type { MetricValues } from '../core/metrics/types.ts';

/**
 * The shapes that lie in the database. They are written out here, apart from the types of the
 * screen, so that a change of the screen cannot change what is stored without a migration.
 */

export interface StoredPicture {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'bmp' | 'webp' | 'avif' | 'heic' | 'other';
  readonly bitDepth: number;
  readonly exact: boolean;
  readonly profileName: string | null;
}

export interface StoredSettings {
  readonly modelId: string;
  readonly modelSha256: string;
  readonly provider: 'webgpu' | 'wasm';
  readonly tileSize: number;
  readonly tileOverlap: number;
  readonly pipelineVersion: number;
}

export interface StoredRestoration {
  readonly kind: 'restored';
  readonly settings: StoredSettings;
  readonly modelTitle: string;
  readonly seconds: number;
  readonly tiles: number;
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
  readonly output: {
    readonly picture: StoredPicture;
    readonly origin: StoredRestoration | { readonly kind: 'dropped' };
  } | null;
  /** The backend of the numbers on screen: with it they are found again before the engine runs. */
  readonly measuredWith: 'wgsl' | 'reference' | null;
  /** Still to be restored when the page was closed. */
  readonly restorePending: boolean;
}

export interface StoredMetrics {
  readonly values: MetricValues;
  readonly backend: 'wgsl' | 'reference';
  readonly seconds: number;
}

function isObject(value: unknown): value is Record<string, unknown> {
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

export function isStoredOutput(value: unknown): value is StoredOutput {
  return isObject(value) && isPicture(value.picture) && isRestoration(value.origin);
}

export function isStoredMetrics(value: unknown): value is StoredMetrics {
  return isObject(value) && isObject(value.values) && typeof value.backend === 'string';
}

/** Guards against a damaged record: one that fails is left out, the others open. */
export function isStoredCase(value: unknown): value is StoredCase {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.stem !== 'string') {
    return false;
  }
  const slots = [value.input, value.gt, value.mask];
  if (!slots.every((slot) => slot === null || isPicture(slot))) return false;
  const output = value.output;
  if (output === null) return true;
  if (!isObject(output) || !isPicture(output.picture)) return false;
  const origin = output.origin;
  return isRestoration(origin) || (isObject(origin) && origin.kind === 'dropped');
}
