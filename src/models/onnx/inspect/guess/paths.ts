import type { ModelGraph, ModelNode } from '../graph.ts';
import { tensorValue } from '../shapes/constants.ts';
import type { Value } from '../shapes/value.ts';

/** Who writes and who reads each tensor of a graph, and the constants' values. */
export interface Wiring {
  readonly writer: ReadonlyMap<string, ModelNode>;
  readonly readers: ReadonlyMap<string, readonly ModelNode[]>;
  /** A constant of the file or of a Constant node; null for everything else. */
  constant(name: string): Value | null;
}

export function wiringOf(graph: ModelGraph): Wiring {
  const writer = new Map<string, ModelNode>();
  const readers = new Map<string, ModelNode[]>();
  for (const node of graph.nodes) {
    for (const name of node.outputs) writer.set(name, node);
    for (const name of node.inputs) {
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  }
  return {
    writer,
    readers,
    constant(name) {
      const tensor = graph.constants.get(name);
      if (tensor) return tensorValue(tensor);
      const node = writer.get(name);
      const held = node?.operator === 'Constant' ? node.attributes.get('value') : undefined;
      return held?.kind === 'tensor' ? tensorValue(held.value) : null;
    },
  };
}

/** x·factor + offset, one number for all channels or one a channel. */
export interface Affine {
  readonly factor: readonly number[];
  readonly offset: readonly number[];
}

export const UNCHANGED: Affine = { factor: [1], offset: [0] };

function each(
  a: readonly number[],
  b: readonly number[],
  compute: (x: number, y: number) => number,
): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    compute(a[i % a.length] ?? 0, b[i % b.length] ?? 0),
  );
}

/** One more step of arithmetic with a constant; null where the node is none, or the constant is a picture. */
export function stepOf(node: ModelNode, through: string, wiring: Wiring): Affine | null {
  const [left, right] = node.inputs;
  if (left === undefined || right === undefined || left === right) return null;
  const first = left === through;
  const values = wiring.constant(first ? right : left)?.values;
  // One number, or one a channel; the channels' place is the same for every step of the chain.
  if (!values || values.length === 0 || values.length > 4) return null;
  const one = [1];
  const zero = [0];
  switch (node.operator) {
    case 'Add':
      return { factor: one, offset: values };
    case 'Sub':
      return first
        ? { factor: one, offset: values.map((x) => -x) }
        : { factor: [-1], offset: values };
    case 'Mul':
      return { factor: values, offset: zero };
    case 'Div':
      return first ? { factor: values.map((x) => 1 / x), offset: zero } : null;
    default:
      return null;
  }
}

/** First `inner`, then `outer`. */
export function composed(inner: Affine, outer: Affine): Affine {
  const scaled = each(inner.offset, outer.factor, (x, y) => x * y);
  return {
    factor: each(inner.factor, outer.factor, (x, y) => x * y),
    offset: each(scaled, outer.offset, (x, y) => x + y),
  };
}

/** Operators that hand values on as they are. */
export const CARRIERS: ReadonlySet<string> = new Set([
  'Transpose',
  'Identity',
  'Cast',
  'Dropout',
  'Pad',
  'Slice',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'DepthToSpace',
  'SpaceToDepth',
  'QuantizeLinear',
  'DequantizeLinear',
]);
