import type { ModelFacts, TensorFacts } from '../../../protocol/models.ts';
import { doubtfulOnWebGpu } from './doubtful.ts';
import { type ElementType, isFloating } from './elementTypes.ts';
import type { ModelPort, ModelTensor, OnnxModel } from './graph.ts';
import type { GraphContract } from './guess/contract.ts';
import type { GraphFigures } from './inspection.ts';
import { lacksOnWebGpu } from './operators.ts';
import { allNodes, allTensors } from './walk.ts';

/** Names of the constants that quantisation brings: scales and zero points are measured, not trained. */
function quantisationConstants(model: OnnxModel): ReadonlySet<string> {
  const names = new Set<string>();
  const skipped: Record<string, number> = { QuantizeLinear: 1, DequantizeLinear: 1 };
  for (const node of allNodes(model)) {
    const from = skipped[node.operator];
    if (from !== undefined) for (const name of node.inputs.slice(from)) names.add(name);
    // Scales of a resampling are its shape by another name.
    if (node.operator === 'Resize') for (const name of node.inputs.slice(1)) names.add(name);
  }
  return names;
}

const WEIGHT_TYPES: readonly ElementType[] = ['int8', 'uint8', 'int4', 'int16', 'uint16'];

/** Biases of quantised layers are int32 and go through a DequantizeLinear, as weights do. */
function dequantised(model: OnnxModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { operator, inputs } of allNodes(model)) {
    if (operator === 'DequantizeLinear' && inputs[0] !== undefined) names.add(inputs[0]);
  }
  return names;
}

/** Constants that were trained: floats and quantised integers, not shapes. */
function trained(model: OnnxModel): ModelTensor[] {
  const measured = quantisationConstants(model);
  const integers = dequantised(model);
  const initialisers = new Set(model.graph.constants.values());
  return [...allTensors(model)].filter((tensor) => {
    const { name, type, dims } = tensor;
    if (measured.has(name)) return false;
    // A scalar in a Constant node is arithmetic; a matrix in one is a weight, as older exporters write.
    if (!initialisers.has(tensor) && dims.length < 2) return false;
    return isFloating(type) || WEIGHT_TYPES.includes(type) || integers.has(name);
  });
}

function precisionOf(weights: readonly ModelTensor[], quantises: boolean): string {
  const sizes = new Map<ElementType, number>();
  for (const tensor of weights) {
    sizes.set(tensor.type, (sizes.get(tensor.type) ?? 0) + tensor.elements);
  }
  const [most = 'float32'] = [...sizes].sort((a, b) => b[1] - a[1]).map(([type]) => type);
  return quantises && !isFloating(most) ? `${most} (QDQ)` : most;
}

function counted(model: OnnxModel): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { operator, domain } of allNodes(model)) {
    const name = domain === '' ? operator : `${domain}.${operator}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function tensorFacts({ name, type, dims }: ModelPort): TensorFacts {
  return { name, element: type, dims: (dims ?? []).map((side) => side ?? '?') };
}

/** True where the model's weights are 8-bit integers with scales beside them. */
export function isQuantised(model: OnnxModel): boolean {
  for (const { operator } of allNodes(model)) {
    if (/^(De)?[Qq]uantizeLinear$|^QLinear|Integer$/.test(operator)) return true;
  }
  return false;
}

/**
 * The facts of a model card.
 * @param figures over a picture of 1280×720
 */
export function factsOf(
  model: OnnxModel,
  figures: GraphFigures,
  { globalOperators, sure }: GraphContract,
): ModelFacts {
  const weights = trained(model);
  const complete = figures.stoppedAt === null;
  return {
    opset: model.opsets.get('') ?? 0,
    producer: model.producer || null,
    parameters: weights.reduce((sum, { elements }) => sum + elements, 0),
    macs720p: complete || figures.macs > 0 ? figures.macs : null,
    macsComplete: complete,
    peakActivationBytes720p: figures.peakActivationBytes,
    precision: precisionOf(weights, isQuantised(model)),
    operators: counted(model),
    missingOnWebGpu: lacksOnWebGpu(model, sure),
    doubtfulOnWebGpu: doubtfulOnWebGpu(model, sure),
    globalOperators,
    inputs: model.graph.inputs.map(tensorFacts),
    outputs: model.graph.outputs.map(tensorFacts),
  };
}
