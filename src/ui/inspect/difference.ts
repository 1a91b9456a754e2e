import type { DifferenceGain } from '../../app/model.ts';
import type { Rgba8 } from '../../core/image/types.ts';

export interface DifferenceSettings {
  readonly gain: DifferenceGain;
  /** Second minus first about mid-grey; else how far apart the two are, from black up. */
  readonly signed: boolean;
}

/** The level that stands for no difference where its sign is shown. */
const MIDDLE = 128;
const MOST = 255;

/** The shown level of every difference of two levels, from −255 on. */
function levelTable({ gain, signed }: DifferenceSettings): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: 2 * MOST + 1 }, (_, i) => {
    const step = gain * (i - MOST);
    return signed ? MIDDLE + step : Math.abs(step);
  });
}

const wordsOf = ({ data }: Rgba8) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4);

/**
 * Turns the second of two drawn pictures of one size into their difference for the eye, code value by
 * code value: `gain × |b − a|`, or signed `128 + gain × (b − a)`, clamped to 0..255. Opaque where both
 * pictures are, else transparent. A pixel is handled as one word, as in showInPlace.
 * @throws RangeError where the sizes differ
 */
export function differenceInPlace(first: Rgba8, second: Rgba8, settings: DifferenceSettings): void {
  if (second.width !== first.width || second.height !== first.height) {
    throw new RangeError('A difference is made of two pictures of one size.');
  }
  const [before, after] = [wordsOf(first), wordsOf(second)];
  const level = levelTable(settings);
  for (let i = 0; i < after.length; i += 1) {
    const a = before[i] ?? 0;
    const b = after[i] ?? 0;
    if ((a & b) >>> 24 !== 255) {
      after[i] = 0;
      continue;
    }
    const red = level[MOST + (b & 255) - (a & 255)] ?? 0;
    const green = level[MOST + ((b >>> 8) & 255) - ((a >>> 8) & 255)] ?? 0;
    const blue = level[MOST + ((b >>> 16) & 255) - ((a >>> 16) & 255)] ?? 0;
    after[i] = (MOST << 24) | (blue << 16) | (green << 8) | red;
  }
}
