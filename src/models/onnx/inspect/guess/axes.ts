import type { ContractGuess, TensorElement, TensorLayout } from '../../../../protocol/models.ts';
import type { ElementType } from '../elementTypes.ts';
import type { ModelPort, OnnxDimension, OnnxModel } from '../graph.ts';
import { OnnxRefusal } from '../refusal.ts';
import { firstFilter } from './filters.ts';
import type { Wiring } from './paths.ts';

/** An input that may hold a picture: which of its four axes is which. */
export interface PicturePort {
  readonly port: ModelPort;
  readonly layout: TensorLayout;
  /** 1, 3, 4 or 6. */
  readonly channels: number;
  readonly height: OnnxDimension;
  readonly width: OnnxDimension;
  readonly known: ContractGuess['known'];
}

const PICTURE_CHANNELS: readonly number[] = [1, 3, 4, 6];

const isPictureSide = (side: OnnxDimension | undefined): side is number =>
  typeof side === 'number' && PICTURE_CHANNELS.includes(side);

function port(
  from: ModelPort,
  layout: TensorLayout,
  channels: number,
  known: ContractGuess['known'],
): PicturePort {
  const [, second = null, third = null, fourth = null] = from.dims ?? [];
  const [height, width] = layout === 'NCHW' ? [third, fourth] : [second, third];
  return { port: from, layout, channels, height, width, known };
}

/**
 * How an input of four axes holds a picture; null where it does not seem to. Shapes decide; where they
 * are free, the first convolution that reads the input.
 */
export function picturePort(model: OnnxModel, wiring: Wiring, from: ModelPort): PicturePort | null {
  const { dims } = from;
  if (dims?.length !== 4) return null;
  const [, second, , last] = dims;
  const filter = firstFilter(model, wiring, from.name);
  const [front, back] = [isPictureSide(second), isPictureSide(last)];
  if (front && !(back && filter?.fromChannelsLast))
    return port(from, 'NCHW', Number(second), 'graph');
  if (back) return port(from, 'NHWC', Number(last), 'graph');
  if (!filter || !PICTURE_CHANNELS.includes(filter.channels)) return null;
  const layout = filter.fromChannelsLast ? 'NHWC' : 'NCHW';
  const free = typeof (layout === 'NCHW' ? second : last) !== 'number';
  return free ? port(from, layout, filter.channels, 'graph') : null;
}

/** Element types a picture may be given in. @throws {OnnxRefusal} for all others */
export function pictureElement(type: ElementType, name: string): TensorElement {
  if (type === 'float32' || type === 'float16' || type === 'uint8') return type;
  throw new OnnxRefusal(
    `takes or gives “${name}” as ${type}; Loupe runs float32, float16 and uint8 pictures. Export it with float32 inputs and outputs.`,
  );
}
