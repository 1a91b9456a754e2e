import type { ModelNode, OnnxModel } from '../graph.ts';
import type { Inference } from '../infer.ts';
import { Call } from '../shapes/call.ts';
import { einsumAxes } from '../shapes/matrices.ts';
import { axisOf, elementsOf, NotInferable, ShapeConflict } from '../shapes/value.ts';

/*
 * An operator is global where it gathers values over an axis whose length grows with the picture: a
 * tile then gives another result than the whole picture. Two inferences of different sizes tell, so a
 * pool over a thumbnail of fixed size, or attention within windows, is not taken for one.
 */

/** How many values one value of the output is gathered from; null for operators that gather none. */
type Gathered = (call: Call, output: readonly number[]) => number;

const wholePlane: Gathered = (call) => elementsOf(call.input(0).shape.slice(2));
const reduced: Gathered = (call, output) => elementsOf(call.input(0).shape) / elementsOf(output);

const softmax: Gathered = (call) => {
  const { shape } = call.input(0);
  if (call.opset < 13)
    return elementsOf(shape.slice(axisOf(call.integer('axis', 1), shape.length)));
  return shape[axisOf(call.integer('axis', -1), shape.length)] ?? 1;
};

const layerNorm: Gathered = (call) => {
  const { shape } = call.input(0);
  return elementsOf(shape.slice(axisOf(call.integer('axis', -1), shape.length)));
};

const inner: Gathered = (call) => call.input(0).shape.at(-1) ?? 1;
const along: Gathered = (call) => Math.max(...call.input(0).shape, 1);

const einsum: Gathered = (call, output) =>
  elementsOf([...einsumAxes(call).sides.values()]) / elementsOf(output);

const GATHERED: ReadonlyMap<string, Gathered> = new Map(
  Object.entries({
    GlobalAveragePool: wholePlane,
    GlobalMaxPool: wholePlane,
    GlobalLpPool: wholePlane,
    InstanceNormalization: wholePlane,
    GroupNormalization: wholePlane,
    MeanVarianceNormalization: wholePlane,
    ReduceMean: reduced,
    ReduceSum: reduced,
    ReduceMax: reduced,
    ReduceMin: reduced,
    ReduceL1: reduced,
    ReduceL2: reduced,
    ReduceSumSquare: reduced,
    ReduceLogSumExp: reduced,
    ReduceLogSum: reduced,
    ReduceProd: reduced,
    ArgMax: reduced,
    ArgMin: reduced,
    Softmax: softmax,
    LogSoftmax: softmax,
    LayerNormalization: layerNorm,
    MatMul: inner,
    Einsum: einsum,
    DFT: along,
    CumSum: along,
    LSTM: along,
    GRU: along,
  }),
);

/** Those that scale a picture to a size of its own, whatever the input's is. */
const RESAMPLERS: readonly string[] = ['Resize', 'Upsample'];

function callAt(node: ModelNode, opset: number, at: Inference): Call {
  return new Call(
    node,
    opset,
    node.inputs.map((name) => at.values.get(name) ?? null),
    new Map(),
  );
}

function gatheredAt(node: ModelNode, opset: number, at: Inference): number | null {
  const count = GATHERED.get(node.operator);
  const output = at.values.get(node.outputs[0] ?? '')?.shape;
  if (!count || !output) return null;
  try {
    return count(callAt(node, opset, at), output);
  } catch (caught) {
    if (caught instanceof NotInferable || caught instanceof ShapeConflict) return null;
    throw caught;
  }
}

function squeezes(node: ModelNode, first: Inference, second: Inference): boolean {
  if (!RESAMPLERS.includes(node.operator)) return false;
  const [input = '', output = ''] = [node.inputs[0], node.outputs[0]];
  const differs = (name: string) => {
    const [before, after] = [first.values.get(name), second.values.get(name)];
    return before && after ? before.shape.join() !== after.shape.join() : null;
  };
  return differs(input) === true && differs(output) === false;
}

/**
 * Names of the operators that see the whole picture, each once.
 * @param first, second inferences at two sizes that differ in both sides
 */
export function globalOperators(
  model: OnnxModel,
  first: Inference,
  second: Inference,
): readonly string[] {
  const opset = model.opsets.get('') ?? 1;
  const found = model.graph.nodes.filter((node) => {
    if (node.domain !== '') return false;
    if (squeezes(node, first, second)) return true;
    const [before, after] = [gatheredAt(node, opset, first), gatheredAt(node, opset, second)];
    return before !== null && after !== null && before !== after;
  });
  return [...new Set(found.map(({ operator }) => operator))];
}
