import type { ModelContract } from '../../../protocol/models.ts';
import { type ModelNode, nodeLabel } from './graph.ts';
import type { Probe } from './guess/sizes.ts';
import type { GraphFigures } from './inspection.ts';

const roundUp = (side: number, multiple: number, least: number) =>
  Math.max(Math.ceil(side / multiple) * multiple, least);

function label(node: ModelNode | null): string | null {
  return node && `${node.operator} ${nodeLabel(node)}`;
}

/**
 * What one picture costs. A network of fixed size is counted as often as its pieces cover the picture
 * without overlap; one that gives a table or a grid runs once, whatever the picture's size.
 * @param width, height of the picture in pixels
 */
export function figuresAt(
  { input, output }: ModelContract,
  probe: Probe,
  width: number,
  height: number,
): GraphFigures {
  const [fixedHeight, fixedWidth] = input.fixedSize ?? [null, null];
  const runHeight = fixedHeight ?? roundUp(height, input.sizeMultiple, input.minSize);
  const runWidth = fixedWidth ?? roundUp(width, input.sizeMultiple, input.minSize);
  const pieces = Math.ceil(height / runHeight) * Math.ceil(width / runWidth);
  const at = probe(runHeight, runWidth);
  return {
    width: runWidth,
    height: runHeight,
    macs: at.macs * (output.kind === 'image' ? pieces : 1),
    peakActivationBytes: at.peakActivationBytes,
    stoppedAt: at.conflict ?? label(at.stoppedAt),
  };
}
