import type { Rgba8 } from '../core/image/types.ts';
import { packTensor } from '../models/pack.ts';
import type { Feeds } from '../models/session.ts';
import { strides, type TensorValues } from '../models/tensor.ts';
import type { ModelContract } from '../protocol/models.ts';
import { feedsFor } from './feeds.ts';
import type { Subject } from './tileRunner.ts';

/** The picture turned by half a turn: as like a photograph as before, and nowhere the same. */
function turned({ width, height, data }: Rgba8): Rgba8 {
  const pixels = new Uint32Array(data.slice().buffer).reverse();
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) };
}

/** Puts another picture into the second three channels. */
function fillSecond(
  { input, mask }: ModelContract,
  values: TensorValues,
  { width, height }: Feeds,
  picture: Rgba8,
): void {
  const pixels = width * height;
  const other = packTensor(turned(picture), { x: 0, y: 0, width, height }, input);
  const from = strides(input, 3, pixels);
  const to = strides(input, mask?.kind === 'channel' ? 7 : 6, pixels);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let i = 0; i < pixels; i += 1) {
      const value = other[channel * from.channel + i * from.pixel] ?? 0;
      values[(3 + channel) * to.channel + i * to.pixel] = value;
    }
  }
}

/**
 * What one run of a parity check is fed with. Where a network takes a picture twice, the second one is
 * another: equal ones would hide channels that are mixed up.
 */
export function parityFeeds(contract: ModelContract, subject: Subject): Feeds {
  const feeds = feedsFor(contract, subject);
  if (contract.input.copies === 2 && 'cpu' in feeds.picture) {
    fillSecond(contract, feeds.picture.cpu, feeds, subject.picture);
  }
  return feeds;
}
