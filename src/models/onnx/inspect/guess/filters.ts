import type { ModelNode, OnnxModel } from '../graph.ts';
import { CARRIERS, stepOf, type Wiring } from './paths.ts';

/** The convolution that first reads an input, and how the axes were turned before it. */
interface FirstFilter {
  /** Channels that the convolution reads. */
  readonly channels: number;
  /** True where channels were moved from the last axis to the second on the way. */
  readonly fromChannelsLast: boolean;
}

const LONGEST_WAY = 64;

function filterChannels(node: ModelNode, model: OnnxModel, wiring: Wiring): number | null {
  const place = node.operator === 'QLinearConv' ? 3 : 1;
  const name = node.inputs[place] ?? '';
  // A quantised filter stands behind its DequantizeLinear.
  const source = wiring.writer.get(name)?.inputs[0] ?? '';
  const tensor = model.graph.constants.get(name) ?? model.graph.constants.get(source);
  const group = node.attributes.get('group');
  const groups = group?.kind === 'number' ? group.value : 1;
  const perGroup = tensor?.dims[1];
  return perGroup === undefined ? null : perGroup * groups;
}

const CONVOLUTIONS: readonly string[] = ['Conv', 'QLinearConv', 'FusedConv', 'ConvInteger'];

/**
 * Follows an input to the first convolution through what changes neither the number of channels nor the
 * picture; null where there is none, or other operators stand in between.
 */
export function firstFilter(model: OnnxModel, wiring: Wiring, input: string): FirstFilter | null {
  let open = [{ name: input, fromChannelsLast: false }];
  for (let step = 0; step < LONGEST_WAY && open.length > 0; step++) {
    const next: typeof open = [];
    for (const { name, fromChannelsLast } of open) {
      for (const node of wiring.readers.get(name) ?? []) {
        if (CONVOLUTIONS.includes(node.operator) && node.inputs[0] === name) {
          const channels = filterChannels(node, model, wiring);
          if (channels !== null) return { channels, fromChannelsLast };
        }
        const [output] = node.outputs;
        const order = node.attributes.get('perm');
        const turned = order?.kind === 'numbers' && order.value.join() === '0,3,1,2';
        const keeps =
          (CARRIERS.has(node.operator) && node.operator !== 'SpaceToDepth') ||
          stepOf(node, name, wiring) !== null;
        if (output !== undefined && keeps) {
          next.push({ name: output, fromChannelsLast: fromChannelsLast || turned });
        }
      }
    }
    open = next.slice(0, LONGEST_WAY);
  }
  return null;
}
