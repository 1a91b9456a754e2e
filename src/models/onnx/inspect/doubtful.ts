import type { ModelNode, OnnxModel } from './graph.ts';
import type { Inference } from './infer.ts';
import { allNodes } from './walk.ts';

/*
 * Convolutions that onnxruntime-web 1.30.0 computes wrongly on WebGPU, by as much as the values
 * themselves (docs/export.md; microsoft/onnxruntime#29651 has the case at the network's input). The
 * rule was measured over kernels, groups and channel counts; raise or drop it with the package.
 */

/** `[Cout, Cin / groups, kernel…]` of a convolution's filter; null where it is not known. */
function filterOf(
  { inputs }: ModelNode,
  model: OnnxModel,
  at: Inference,
): readonly number[] | null {
  const name = inputs[1] ?? '';
  return model.graph.constants.get(name)?.dims ?? at.values.get(name)?.shape ?? null;
}

function isUngrouped({ attributes }: ModelNode): boolean {
  const group = attributes.get('group');
  return group?.kind !== 'number' || group.value === 1;
}

/**
 * The convolutions of that kind as words, e.g. "6 to 16 channels by 3×3", each kind once.
 * @param at an inference, for filters that are computed
 */
export function doubtfulOnWebGpu(model: OnnxModel, at: Inference): readonly string[] {
  const found = [...allNodes(model)].flatMap((node) => {
    if (node.operator !== 'Conv' || !isUngrouped(node)) return [];
    const [outputs = 0, inputs = 0, ...kernel] = filterOf(node, model, at) ?? [];
    const wrong =
      inputs > 3 &&
      inputs % 3 === 0 &&
      inputs % 4 !== 0 &&
      outputs % 4 === 0 &&
      kernel.some((side) => side > 1);
    return wrong ? [`${inputs} to ${outputs} channels by ${kernel.join('×')}`] : [];
  });
  return [...new Set(found)];
}
