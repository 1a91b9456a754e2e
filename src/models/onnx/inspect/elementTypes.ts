/** Element types as ONNX names them; `other` for those no network of pictures uses (complex, 2-bit…). */
export type ElementType =
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'float64'
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'float8'
  | 'int4'
  | 'other';

interface TypeInfo {
  readonly type: ElementType;
  /** Bits of one element; 0 where it has no fixed size. */
  readonly bits: number;
}

/** `TensorProto.DataType` of onnx.proto (ONNX 1.20), by its number. */
const TYPES: Readonly<Record<number, TypeInfo>> = {
  1: { type: 'float32', bits: 32 },
  2: { type: 'uint8', bits: 8 },
  3: { type: 'int8', bits: 8 },
  4: { type: 'uint16', bits: 16 },
  5: { type: 'int16', bits: 16 },
  6: { type: 'int32', bits: 32 },
  7: { type: 'int64', bits: 64 },
  8: { type: 'string', bits: 0 },
  9: { type: 'bool', bits: 8 },
  10: { type: 'float16', bits: 16 },
  11: { type: 'float64', bits: 64 },
  12: { type: 'uint32', bits: 32 },
  13: { type: 'uint64', bits: 64 },
  14: { type: 'other', bits: 64 },
  15: { type: 'other', bits: 128 },
  16: { type: 'bfloat16', bits: 16 },
  17: { type: 'float8', bits: 8 },
  18: { type: 'float8', bits: 8 },
  19: { type: 'float8', bits: 8 },
  20: { type: 'float8', bits: 8 },
  21: { type: 'int4', bits: 4 },
  22: { type: 'int4', bits: 4 },
  23: { type: 'other', bits: 4 },
  24: { type: 'float8', bits: 8 },
  25: { type: 'other', bits: 2 },
  26: { type: 'other', bits: 2 },
};

/** @param code `TensorProto.DataType`; unknown codes are `other` */
export function elementType(code: number): ElementType {
  return TYPES[code]?.type ?? 'other';
}

const BITS = new Map(Object.values(TYPES).map(({ type, bits }) => [type, bits]));

/** Bytes that `count` elements take in memory. */
export function bytesOf(type: ElementType, count: number): number {
  return Math.ceil(((BITS.get(type) ?? 0) * count) / 8);
}

/** Bytes that `count` elements of a data type take in a file; null where that is not fixed (texts). */
export function storedBytes(code: number, count: number): number | null {
  const bits = TYPES[code]?.bits ?? 0;
  return bits === 0 ? null : Math.ceil((bits * count) / 8);
}

const FLOATING: readonly ElementType[] = ['float32', 'float16', 'bfloat16', 'float64', 'float8'];

export function isFloating(type: ElementType): boolean {
  return FLOATING.includes(type);
}
