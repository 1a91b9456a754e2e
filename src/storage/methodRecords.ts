import type {
  ContractGuess,
  ModelContract,
  ModelFacts,
  ParityOutcome,
} from '../protocol/models.ts';

/** A file that lies in the storage under its hash. */
export interface StoredFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

interface StoredMethodBase extends StoredFile {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970; methods are listed in this order. */
  readonly addedAt: number;
}

/** A model that the user brought, with what was found out and what the user changed. */
export interface StoredModel extends StoredMethodBase {
  readonly kind: 'model';
  readonly externalData: readonly StoredFile[];
  readonly contract: ModelContract;
  /** What is not certain of the contract. */
  readonly guesses: readonly ContractGuess[];
  readonly facts: ModelFacts;
  readonly licence: string | null;
  readonly training: string | null;
  readonly warnings: readonly string[];
}

/** A LUT file that the user brought. */
export interface StoredLut extends StoredMethodBase {
  readonly kind: 'lut';
  /** Points a side. */
  readonly size: number;
  readonly macs720p: number;
}

/** A model that waits for files its weights lie in. */
export interface StoredWaitingModel extends StoredMethodBase {
  readonly kind: 'waiting-model';
  /** Those that are here already. */
  readonly externalData: readonly StoredFile[];
  /** Which file is missing, a finished sentence. */
  readonly message: string;
}

export type StoredMethod = StoredModel | StoredLut | StoredWaitingModel;

/** What is known of a method on one device. */
export interface StoredMethodDevice {
  readonly secondsPerMegapixel: number | null;
  /** Megapixels of the picture that it was measured on. */
  readonly measuredOn: number | null;
  /** Why it ran where it last ran; null before it ran. */
  readonly providerReason: string | null;
  readonly parity: ParityOutcome | null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const isFile = (value: unknown): boolean =>
  isObject(value) && typeof value.name === 'string' && typeof value.sha256 === 'string';

/** Guards against a damaged record. */
export function isStoredMethod(value: unknown): value is StoredMethod {
  if (!isObject(value) || !isFile(value)) return false;
  if (typeof value.id !== 'string' || typeof value.title !== 'string') return false;
  if (value.kind === 'lut') return typeof value.size === 'number';
  if (!Array.isArray(value.externalData) || !value.externalData.every(isFile)) return false;
  if (value.kind === 'waiting-model') return typeof value.message === 'string';
  if (value.kind !== 'model') return false;
  if (![value.guesses, value.warnings].every(Array.isArray)) return false;
  return isObject(value.contract) && isObject(value.facts);
}

/** Null where the record is damaged. */
export function readMethodDevice(value: unknown): StoredMethodDevice | null {
  if (!isObject(value)) return null;
  const { secondsPerMegapixel: seconds, providerReason: reason, parity } = value;
  if (seconds !== null && typeof seconds !== 'number') return null;
  if (reason !== null && typeof reason !== 'string') return null;
  if (parity !== null && !isObject(parity)) return null;
  return {
    secondsPerMegapixel: seconds,
    measuredOn: typeof value.measuredOn === 'number' ? value.measuredOn : null,
    providerReason: reason,
    parity: parity as ParityOutcome | null,
  };
}

/** The files of a method. */
export function filesOf(method: StoredMethod): readonly StoredFile[] {
  return method.kind === 'lut' ? [method] : [method, ...method.externalData];
}
