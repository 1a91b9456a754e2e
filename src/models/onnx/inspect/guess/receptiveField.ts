import type { ModelNode, OnnxModel } from '../graph.ts';
import type { Inference } from '../infer.ts';

/*
 * How far a value of the output looks to each side, in pixels of the input. Along the graph, `step` is
 * the distance of neighbouring values in pixels of the input: a window adds its reach times the step,
 * a stride multiplies the step. Source: Araujo et al., Computing Receptive Fields of Convolutional
 * Neural Networks, Distill 2019. It is the bound, not what trained weights make use of.
 */

interface Reach {
  readonly step: number;
  readonly radius: number;
}

type Sides = readonly number[];

/** Operators on which the number of pixels between neighbours does not depend, nor the reach. */
const LOCAL: ReadonlySet<string> = new Set(
  (
    'Relu LeakyRelu PRelu Elu Celu Selu Sigmoid HardSigmoid HardSwish Softplus Softsign Tanh Gelu Mish Swish ' +
    'Clip Add Sub Mul Div Pow Max Min Sum Mean Where Abs Neg Exp Log Sqrt Reciprocal Sign Floor Ceil Round ' +
    'Erf Sin Cos Identity Cast Dropout BatchNormalization QuantizeLinear DequantizeLinear Concat Split ' +
    'Slice Pad Greater Less Equal Not And Or FastGelu QuickGelu BiasGelu'
  ).split(' '),
);

const WINDOWS: Readonly<Record<string, number | null>> = {
  Conv: 1,
  FusedConv: 1,
  ConvInteger: 1,
  QLinearConv: 3,
  MaxPool: null,
  AveragePool: null,
  LpPool: null,
};

function list(node: ModelNode, name: string): Sides | null {
  const found = node.attributes.get(name);
  return found?.kind === 'numbers' ? found.value : null;
}

function number(node: ModelNode, name: string, fallback: number): number {
  const found = node.attributes.get(name);
  return found?.kind === 'number' ? found.value : fallback;
}

const most = (sides: Sides | null, fallback: number) => Math.max(fallback, ...(sides ?? []));

/** Distance from a window's first to its last value, on its longest side. */
function extentOf(node: ModelNode, filter: Sides | null): number {
  const kernel = filter ?? list(node, 'kernel_shape') ?? [];
  const dilations = list(node, 'dilations');
  return Math.max(0, ...kernel.map((side, axis) => (side - 1) * (dilations?.[axis] ?? 1)));
}

function windowed(node: ModelNode, from: Reach, filter: Sides | null): Reach {
  return {
    step: from.step * most(list(node, 'strides'), 1),
    radius: from.radius + Math.ceil(extentOf(node, filter) / 2) * from.step,
  };
}

/** `scale` values where one was: each may stand up to a whole old value beside its source. */
function enlarged(from: Reach, scale: number, taps: number): Reach {
  const step = from.step / scale;
  return { step, radius: from.radius + (taps - 1) * from.step + (from.step - step) };
}

const TAPS: Readonly<Record<string, number>> = { nearest: 1, linear: 2, cubic: 3 };

function resampled(node: ModelNode, from: Reach, at: Inference): Reach | null {
  const before = at.values.get(node.inputs[0] ?? '')?.shape;
  const after = at.values.get(node.outputs[0] ?? '')?.shape;
  const mode = node.attributes.get('mode');
  const taps = TAPS[mode?.kind === 'text' ? mode.value : 'nearest'] ?? 3;
  const ratios = (after ?? []).map((side, axis) => side / (before?.[axis] ?? side));
  const scale = ratios.find((ratio) => ratio !== 1) ?? 1;
  if (!before || !after) return null;
  if (scale >= 1) return enlarged(from, scale, taps);
  // Without antialiasing only the neighbours are read, with it all that fall together.
  const step = from.step / scale;
  return { step, radius: from.radius + taps * step };
}

/** What one node makes of its picture-like input; null where it cannot be told. */
function reachOf(node: ModelNode, from: Reach, at: Inference): Reach | null {
  const { operator } = node;
  if (LOCAL.has(operator)) return from;
  const shapeAt = (index: number) =>
    at.values.get(node.inputs[index] ?? '')?.shape.slice(2) ?? null;
  const filter = WINDOWS[operator];
  if (filter !== undefined) return windowed(node, from, filter === null ? null : shapeAt(filter));
  const block = number(node, 'blocksize', 1);
  if (operator === 'DepthToSpace') return enlarged(from, block, 1);
  if (operator === 'SpaceToDepth') {
    return { step: from.step * block, radius: from.radius + (block - 1) * from.step };
  }
  if (operator === 'ConvTranspose') {
    const step = from.step / most(list(node, 'strides'), 1);
    return { step, radius: from.radius + Math.ceil(extentOf(node, shapeAt(1)) / 2) * step };
  }
  if (operator === 'Resize' || operator === 'Upsample') return resampled(node, from, at);
  const turned = list(node, 'perm')?.join() ?? '';
  return operator === 'Transpose' && /^0,(3,1,2|2,3,1)$/.test(turned) ? from : null;
}

/** The widest of a node's inputs that come from the picture; null where one of them is unknown. */
function joined(node: ModelNode, known: ReadonlyMap<string, Reach | null>): Reach | null {
  const found = node.inputs.flatMap((name) => (known.has(name) ? [known.get(name) ?? null] : []));
  if (found.includes(null)) return null;
  const reaches = found.flatMap((reach) => reach ?? []);
  return {
    step: Math.min(...reaches.map(({ step }) => step)),
    radius: Math.max(...reaches.map(({ radius }) => radius)),
  };
}

/**
 * How many pixels of the input to each side can change a value of the output.
 * @param input, output names of the picture's tensors
 * @param at an inference of the graph
 * @returns null where an operator mixes places in a way that is not followed here, e.g. attention
 */
export function receptiveRadius(
  model: OnnxModel,
  input: string,
  output: string,
  at: Inference,
): number | null {
  const known = new Map<string, Reach | null>([[input, { step: 1, radius: 0 }]]);
  for (const node of model.graph.nodes) {
    if (!node.inputs.some((name) => known.has(name))) continue;
    // What has values is arithmetic with shapes: it looks at no pixel.
    if (node.outputs.every((name) => at.values.get(name)?.values)) continue;
    const from = joined(node, known);
    const to = from && reachOf(node, from, at);
    for (const name of node.outputs) known.set(name, to);
  }
  return known.get(output)?.radius ?? null;
}
