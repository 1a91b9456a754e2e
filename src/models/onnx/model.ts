import { concatBytes } from '../../core/bytes.ts';
import { bytesField, integerField, integersField, messageField, textField } from './protobuf.ts';

/** A whole number or several. */
export type Attribute = number | readonly number[];

/** One operation: an operator of the default ONNX domain, the names it reads and the names it writes. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A constant tensor of float32 values in row-major order; shape [] is a scalar. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A float32 input or output; a side given as text may have any size, the same wherever it stands. */
export interface OnnxPort {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which every name is written before it is read. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Texts that travel in the file, e.g. where the weights are from. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Operator set of the default domain that `OnnxNode.operator` speaks of, and the format it came with. */
const OPSET = 17;
const IR_VERSION = 8;

const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

function attribute(name: string, value: Attribute): Uint8Array {
  const body =
    typeof value === 'number'
      ? [integerField(3, value), integerField(20, ATTRIBUTE_INT)]
      : [integersField(8, value), integerField(20, ATTRIBUTE_INTS)];
  return messageField(5, [textField(1, name), ...body]);
}

function node({ operator, inputs, outputs, attributes }: OnnxNode): Uint8Array {
  return messageField(1, [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(3, outputs.join('+')),
    textField(4, operator),
    ...Object.entries(attributes ?? {}).map(([name, value]) => attribute(name, value)),
  ]);
}

function constant({ name, shape, values }: OnnxConstant): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return messageField(5, [
    integersField(1, shape),
    integerField(2, FLOAT),
    textField(8, name),
    bytesField(9, raw),
  ]);
}

function port(field: number, { name, shape }: OnnxPort): Uint8Array {
  const sides = shape.map((side) =>
    messageField(1, [typeof side === 'number' ? integerField(1, side) : textField(2, side)]),
  );
  const tensor = messageField(1, [integerField(1, FLOAT), messageField(2, sides)]);
  return messageField(field, [textField(1, name), messageField(2, [tensor])]);
}

/**
 * The bytes of an ONNX file (opset 17). The same graph gives the same bytes, so their hash names it.
 * Source: `onnx/onnx.proto` of the ONNX project. Float32 values are written as they lie in memory,
 * which is little-endian wherever browsers and Node run.
 */
export function writeOnnx(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const body = [
    ...graph.nodes.map(node),
    textField(2, graph.name),
    ...graph.constants.map(constant),
    ...graph.inputs.map((input) => port(11, input)),
    ...graph.outputs.map((output) => port(12, output)),
  ];
  const metadata = Object.entries(graph.metadata).map(([key, value]) =>
    messageField(14, [textField(1, key), textField(2, value)]),
  );
  return concatBytes([
    integerField(1, IR_VERSION),
    textField(2, 'Loupe'),
    messageField(7, body),
    messageField(8, [textField(1, ''), integerField(2, OPSET)]),
    ...metadata,
  ]);
}
