import { fromHalf } from '../../half.ts';
import type { ElementType } from './elementTypes.ts';
import { damaged } from './refusal.ts';
import type { Field, WireReader } from './wire.ts';

type Decode = (view: DataView, index: number) => number;

const DECODERS: Readonly<Partial<Record<ElementType, { bytes: number; at: Decode }>>> = {
  float32: { bytes: 4, at: (view, i) => view.getFloat32(4 * i, true) },
  float64: { bytes: 8, at: (view, i) => view.getFloat64(8 * i, true) },
  float16: { bytes: 2, at: (view, i) => fromHalf(view.getUint16(2 * i, true)) },
  uint8: { bytes: 1, at: (view, i) => view.getUint8(i) },
  int8: { bytes: 1, at: (view, i) => view.getInt8(i) },
  bool: { bytes: 1, at: (view, i) => view.getUint8(i) },
  uint16: { bytes: 2, at: (view, i) => view.getUint16(2 * i, true) },
  int16: { bytes: 2, at: (view, i) => view.getInt16(2 * i, true) },
  int32: { bytes: 4, at: (view, i) => view.getInt32(4 * i, true) },
  uint32: { bytes: 4, at: (view, i) => view.getUint32(4 * i, true) },
  int64: { bytes: 8, at: (view, i) => Number(view.getBigInt64(8 * i, true)) },
  uint64: { bytes: 8, at: (view, i) => Number(view.getBigUint64(8 * i, true)) },
};

/** Little-endian values as `raw_data` and external files hold them; null for types that are not decoded. */
export function decodeRaw(
  bytes: Uint8Array<ArrayBuffer>,
  type: ElementType,
): readonly number[] | null {
  const decoder = DECODERS[type];
  if (!decoder) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / decoder.bytes) }, (_, i) =>
    decoder.at(view, i),
  );
}

/** float_data and double_data lie in fixed widths; every other typed field holds varints. */
const FIXED: Readonly<Record<number, ElementType>> = { 4: 'float32', 10: 'float64' };

/**
 * Values of a tensor's typed fields. float16 lies in int32_data as its bits.
 * @param most values that are read at most
 * @throws {OnnxRefusal} where there are more or they cannot be read
 */
export async function decodeTyped(
  reader: WireReader,
  fields: readonly Field[],
  type: ElementType,
  most: number,
): Promise<readonly number[]> {
  const values: number[] = [];
  for (const field of fields) {
    const fixed = FIXED[field.number];
    if (fixed) {
      if (field.end - field.start > 8 * most) throw damaged('a small constant');
      values.push(...(decodeRaw(await reader.bytes(field, 'a small constant'), fixed) ?? []));
    } else {
      const read = await reader.integers(field, most, 'a small constant');
      values.push(...(type === 'float16' ? read.map(fromHalf) : read));
    }
    if (values.length > most) throw damaged('a small constant');
  }
  return values;
}
