import { concatBytes } from '../../src/core/bytes.ts';
import type { OnnxFiles } from '../../src/models/onnx/inspect/inspection.ts';
import {
  bytesField,
  integerField,
  integersField,
  messageField,
  textField,
} from '../../src/models/onnx/protobuf.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';

/*
 * Tiny foreign models for tests: other element types, integer constants, other domains and external
 * data, none of which the writer for Loupe's own networks needs. Field numbers as in onnx.proto.
 */

export type Sides = readonly (number | string)[];
type AttributeValue = number | string | readonly number[] | Uint8Array;

export interface NodeSpec {
  readonly op: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly domain?: string;
  /** Bytes are a graph. */
  readonly with?: Readonly<Record<string, AttributeValue>>;
}

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  readonly inputs?: Readonly<Record<string, Sides | null>>;
  readonly outputs?: Readonly<Record<string, Sides | null>>;
  /** float32 zeros of these shapes. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** float32 values, a vector or of the shape given. */
  readonly floats?: Readonly<Record<string, readonly number[]>>;
  /** int64 vectors. */
  readonly integers?: Readonly<Record<string, readonly number[]>>;
  /** Shapes of float32 weights that lie in a file of this name, one after another. */
  readonly external?: {
    readonly location: string;
    readonly shapes: readonly (readonly number[])[];
  };
  readonly opset?: number;
  readonly domains?: readonly string[];
  /** `TensorProto.DataType` of inputs and outputs; float32 where it is absent. */
  readonly element?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Further fields of the model, e.g. functions. */
  readonly more?: readonly Uint8Array[];
}

const FLOAT = 1;
const INT64 = 7;

function attribute(name: string, value: AttributeValue): Uint8Array {
  const body = () => {
    if (typeof value === 'number') return [integerField(3, value), integerField(20, 2)];
    if (typeof value === 'string') return [textField(4, value), integerField(20, 3)];
    if (value instanceof Uint8Array) return [bytesField(6, value), integerField(20, 5)];
    return [integersField(8, value), integerField(20, 7)];
  };
  return messageField(5, [textField(1, name), ...body()]);
}

export function nodeFields({
  op,
  in: inputs,
  out,
  domain,
  with: attributes,
}: NodeSpec): Uint8Array[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    ...out.map((name) => textField(2, name)),
    textField(4, op),
    ...(domain === undefined ? [] : [textField(7, domain)]),
    ...Object.entries(attributes ?? {}).map(([name, value]) => attribute(name, value)),
  ];
}

export function tensorField(
  name: string,
  dims: readonly number[],
  type: number,
  raw: Uint8Array,
  more: readonly Uint8Array[] = [],
): Uint8Array {
  return messageField(5, [
    integersField(1, dims),
    integerField(2, type),
    textField(8, name),
    ...(raw.length > 0 ? [bytesField(9, raw)] : []),
    ...more,
  ]);
}

function raw(values: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

const product = (sides: readonly number[]) => sides.reduce((a, b) => a * b, 1);

function port(field: number, name: string, sides: Sides | null, element: number): Uint8Array {
  const dims = (sides ?? []).map((side) =>
    messageField(1, [typeof side === 'number' ? integerField(1, side) : textField(2, side)]),
  );
  const shape = sides ? [messageField(2, dims)] : [];
  const tensor = messageField(1, [integerField(1, element), ...shape]);
  return messageField(field, [textField(1, name), messageField(2, [tensor])]);
}

function externalFields({ location, shapes }: NonNullable<ModelSpec['external']>): Uint8Array[] {
  let offset = 0;
  return shapes.map((shape, index) => {
    const length = 4 * product(shape);
    const entries = Object.entries({ location, offset: String(offset), length: String(length) });
    offset += length;
    const more = entries.map(([key, text]) =>
      messageField(13, [textField(1, key), textField(2, text)]),
    );
    return tensorField(`external${index}`, shape, FLOAT, new Uint8Array(), [
      ...more,
      integerField(14, 1),
    ]);
  });
}

/** The bytes of a graph without its wrapping, as branches of If hold them. */
export function graphBytes(spec: ModelSpec): Uint8Array {
  const element = spec.element ?? FLOAT;
  return concatBytes([
    ...spec.nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, 'test'),
    ...Object.entries(spec.weights ?? {}).map(([name, shape]) =>
      tensorField(name, shape, FLOAT, new Uint8Array(4 * product(shape))),
    ),
    ...Object.entries(spec.floats ?? {}).map(([name, values]) =>
      tensorField(name, [values.length], FLOAT, raw(Float32Array.from(values))),
    ),
    ...Object.entries(spec.integers ?? {}).map(([name, values]) =>
      tensorField(name, [values.length], INT64, raw(BigInt64Array.from(values, BigInt))),
    ),
    ...(spec.external ? externalFields(spec.external) : []),
    ...Object.entries(spec.inputs ?? {}).map(([name, sides]) => port(11, name, sides, element)),
    ...Object.entries(spec.outputs ?? {}).map(([name, sides]) => port(12, name, sides, element)),
  ]);
}

/** The bytes of an ONNX file. */
export function modelBytes(spec: ModelSpec): Uint8Array<ArrayBuffer> {
  return concatBytes([
    integerField(1, 8),
    textField(2, 'test'),
    bytesField(7, graphBytes(spec)),
    messageField(8, [textField(1, ''), integerField(2, spec.opset ?? 17)]),
    ...(spec.domains ?? []).map((name) =>
      messageField(8, [textField(1, name), integerField(2, 1)]),
    ),
    ...Object.entries(spec.metadata ?? {}).map(([key, value]) =>
      messageField(14, [textField(1, key), textField(2, value)]),
    ),
    ...(spec.more ?? []),
  ]);
}

/** A file as it is dropped. */
export function dropped(
  bytes: Uint8Array<ArrayBuffer>,
  name = 'test.onnx',
  externalData: OnnxFiles['externalData'] = [],
): OnnxFiles {
  return { name, file: blobAccess(new Blob([bytes])), externalData };
}
