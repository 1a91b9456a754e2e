import { elementType, isFloating, storedBytes } from './elementTypes.ts';
import type { ModelTensor, TensorPlace } from './graph.ts';
import { MAX_FLOATS, MAX_INTEGERS, MAX_NAME_BYTES, MAX_RANK } from './limits.ts';
import { damaged, OnnxRefusal } from './refusal.ts';
import { decodeRaw, decodeTyped } from './tensorValues.ts';
import type { Field, Range, WireReader } from './wire.ts';

/** Field numbers of TensorProto; source: onnx.proto of the ONNX project. */
const DIMS = 1;
const DATA_TYPE = 2;
const SEGMENT = 3;
const NAME = 8;
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;
/** float_data, int32_data, string_data, int64_data, double_data, uint64_data. */
const TYPED_DATA: readonly number[] = [4, 5, 6, 7, 10, 11];

const EXTERNAL = 1;

interface Parts {
  readonly dims: number[];
  dataType: number;
  name: string;
  raw: Field | null;
  readonly typed: Field[];
  readonly external: Map<string, string>;
  isExternal: boolean;
}

async function entry(reader: WireReader, range: Range): Promise<[string, string]> {
  const pair: [string, string] = ['', ''];
  for (const field of await reader.fields(range, 'where the weights lie')) {
    if (field.number !== 1 && field.number !== 2) continue;
    pair[field.number - 1] = await reader.name(field, 'where the weights lie');
  }
  return pair;
}

async function parts(reader: WireReader, range: Range): Promise<Parts> {
  const found: Parts = {
    dims: [],
    dataType: 0,
    name: '',
    raw: null,
    typed: [],
    external: new Map(),
    isExternal: false,
  };
  for (const field of await reader.fields(range, 'a constant')) {
    if (field.number === DIMS) {
      found.dims.push(...(await reader.integers(field, MAX_RANK, 'a shape')));
    } else if (field.number === DATA_TYPE) found.dataType = field.value;
    else if (field.number === NAME) found.name = await reader.name(field, 'a constant’s name');
    else if (field.number === RAW_DATA) found.raw = field;
    else if (field.number === DATA_LOCATION) found.isExternal = field.value === EXTERNAL;
    else if (field.number === EXTERNAL_DATA) {
      const [key, value] = await entry(reader, field);
      found.external.set(key, value);
    } else if (TYPED_DATA.includes(field.number)) found.typed.push(field);
    else if (field.number === SEGMENT) throw damaged('a constant that is split into segments');
  }
  return found;
}

function whole(text: string | undefined): number {
  const value = text === undefined || text === '' ? 0 : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw damaged('where the weights lie');
  return value;
}

function placeOf({ raw, typed, external, isExternal, name }: Parts, bytes: number): TensorPlace {
  if (isExternal) {
    const location = external.get('location') ?? '';
    if (location === '' || location.length > MAX_NAME_BYTES) throw damaged('where the weights lie');
    const length = whole(external.get('length')) || bytes;
    if (length !== bytes) throw damaged(`the size of the weights ${name}`);
    return { kind: 'external', location, offset: whole(external.get('offset')), length };
  }
  if (raw) {
    if (raw.end - raw.start !== bytes) throw damaged(`the size of the weights ${name}`);
    return { kind: 'inside', start: raw.start, end: raw.end };
  }
  return { kind: 'typed-fields', length: typed.reduce((sum, f) => sum + f.end - f.start, 0) };
}

function elementsOf(dims: readonly number[], name: string): number {
  const elements = dims.reduce((product, dim) => product * dim, 1);
  const sound = dims.length <= MAX_RANK && dims.every((dim) => dim >= 0);
  if (!sound || !Number.isSafeInteger(elements)) throw damaged(`the shape of the weights ${name}`);
  return elements;
}

/**
 * A TensorProto: where its values lie, and the values themselves where it is small.
 * @throws {OnnxRefusal} where its parts contradict each other
 */
export async function readTensor(reader: WireReader, range: Range): Promise<ModelTensor> {
  const found = await parts(reader, range);
  const { dims, dataType, name, raw, typed } = found;
  const type = elementType(dataType);
  const elements = elementsOf(dims, name);
  const bytes = storedBytes(dataType, elements);
  if (dataType === 0) throw damaged(`the element type of the weights ${name}`);
  // A text in the graph is of no use to a network for pictures, and has no fixed size to check.
  if (bytes === null) throw new OnnxRefusal(`holds texts (${name}): it is not for pictures.`);
  const place = placeOf(found, bytes);
  const most = isFloating(type) ? MAX_FLOATS : MAX_INTEGERS;
  const small = elements <= most;
  let values: readonly number[] | null = null;
  if (small && place.kind === 'inside' && raw) {
    values = decodeRaw(await reader.bytes(raw, 'a small constant'), type);
  } else if (small && place.kind === 'typed-fields') {
    values = await decodeTyped(reader, typed, type, most);
    if (values.length !== elements) throw damaged(`the values of the constant ${name}`);
  }
  return { name, type, dims, elements, bytes, place, values };
}
