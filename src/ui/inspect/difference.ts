import type { DifferenceGain } from '../../app/model.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { type DisplayChannel, displayed } from '../../core/inspect/displayTransform.ts';

export interface DifferenceSettings {
  readonly gain: DifferenceGain;
  /** Second minus first about mid-grey; else how far apart the two are, from black up. */
  readonly signed: boolean;
  /** A single channel, or luma, is compared alone and shown as grey. */
  readonly channel: DisplayChannel;
}

/** The level that stands for no difference where its sign is shown. */
const MIDDLE = 128;

/**
 * Difference of two pictures of one size for the eye, code value by code value: `gain × |b − a|`, or
 * signed `128 + gain × (b − a)`, clamped to 0..255. Opaque where both pictures are, else transparent.
 * @throws RangeError where the sizes differ
 */
export function differenceOf(
  first: Rgba8,
  second: Rgba8,
  { gain, signed, channel }: DifferenceSettings,
): Rgba8 {
  const { width, height } = first;
  if (second.width !== width || second.height !== height) {
    throw new RangeError('A difference is made of two pictures of one size.');
  }
  const alone = (picture: Rgba8) =>
    channel === 'rgb' ? picture : displayed(picture, { exposure: 0, gamma: 1, channel });
  const [a, b] = [alone(first).data, alone(second).data];
  const data = new Uint8ClampedArray(first.data.length);
  for (let i = 0; i < data.length; i += 4) {
    if (first.data[i + 3] !== 255 || second.data[i + 3] !== 255) continue;
    for (let c = i; c < i + 3; c += 1) {
      const step = gain * ((b[c] ?? 0) - (a[c] ?? 0));
      data[c] = signed ? MIDDLE + step : Math.abs(step);
    }
    data[i + 3] = 255;
  }
  return { width, height, data };
}
