import type { OnnxDimension, OnnxModel } from '../graph.ts';
import { type Value, value } from '../shapes/value.ts';
import type { PicturePort } from './axes.ts';

/** Side of a free axis that no picture decides: a batch, or the length of something unknown. */
const FREE_SIDE = 1;

/**
 * Shapes of all inputs for a run over one picture size. Axes that carry the same name as the picture's
 * get the same length, and so do the free sides of other inputs of four axes.
 */
export function feedsFor(
  model: OnnxModel,
  picture: PicturePort,
  height: number,
  width: number,
): ReadonlyMap<string, Value> {
  const named = new Map<string, number>();
  const note = (side: OnnxDimension, length: number) => {
    if (typeof side === 'string') named.set(side, length);
  };
  note(picture.height, height);
  note(picture.width, width);
  const feeds = new Map<string, Value>();
  for (const { name, type, dims } of model.graph.inputs) {
    const layout =
      dims?.length === 4 && typeof dims[3] === 'number' && dims[3] <= 4 ? 'NHWC' : 'NCHW';
    const spatial = layout === 'NCHW' ? [1, 1, height, width] : [1, height, width, 1];
    const sides = (dims ?? []).map((side, axis) => {
      if (typeof side === 'number') return side;
      const same = side === null ? undefined : named.get(side);
      return same ?? (dims?.length === 4 ? (spatial[axis] ?? FREE_SIDE) : FREE_SIDE);
    });
    feeds.set(name, value(type, sides));
  }
  const sides =
    picture.layout === 'NCHW'
      ? [1, picture.channels, height, width]
      : [1, height, width, picture.channels];
  feeds.set(picture.port.name, value(picture.port.type, sides));
  return feeds;
}
