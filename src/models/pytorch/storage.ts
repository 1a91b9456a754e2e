import { CheckpointError } from './checkpointError.ts';
import type { StorageRef } from './pickleValue.ts';

/** Where a storage's values lie in the file, in bytes. */
export type LocateStorage = (
  storage: StorageRef,
) => Promise<{ readonly offset: number; readonly size: number }>;

/** Values of a storage's class: bytes each, and how to read one at a byte offset. */
export interface NumberFormat {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

/** IEEE 754 binary16. */
function float16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const widen = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  widen.setUint32(0, bits << 16);
  return widen.getFloat32(0);
}

const FLOATS: Readonly<Record<string, NumberFormat>> = {
  FloatStorage: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  DoubleStorage: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  HalfStorage: { bytes: 2, read: (view, at) => float16(view.getUint16(at, true)) },
  BFloat16Storage: { bytes: 2, read: (view, at) => bfloat16(view.getUint16(at, true)) },
};

/** Bytes of a value for the classes whose values are never read, only stepped over. */
const WIDTHS: Readonly<Record<string, number>> = {
  LongStorage: 8,
  IntStorage: 4,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
  BoolStorage: 1,
};

const unknown = (type: string) =>
  new CheckpointError(`it has values of the kind ${type}, which Loupe does not know`);

/** @throws {CheckpointError} where the class does not hold real numbers */
export function floatFormat({ type }: StorageRef): NumberFormat {
  const format = FLOATS[type];
  if (!format) throw unknown(type);
  return format;
}

/**
 * Bytes of one value.
 * @throws {CheckpointError} where the class is unknown
 */
export function valueBytes({ type }: StorageRef): number {
  const bytes = FLOATS[type]?.bytes ?? WIDTHS[type];
  if (bytes === undefined) throw unknown(type);
  return bytes;
}
