import type { Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';

/** A curve for each channel: the output level of every input level. */
export interface ToneCurves {
  readonly red: Uint8Array<ArrayBuffer>;
  readonly green: Uint8Array<ArrayBuffer>;
  readonly blue: Uint8Array<ArrayBuffer>;
}

/** The table of a function on code values [0, 1]; clamped, rounded half up. */
export function curveOf(valueAt: (value: number) => number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 256 }, (_, level) => levelOf(valueAt(level / 255)));
}

/** The same curve for all three channels. */
export function equalCurves(valueAt: (value: number) => number): ToneCurves {
  const curve = curveOf(valueAt);
  return { red: curve, green: curve, blue: curve };
}

/** A picture with its levels looked up in the curves. */
export function applyCurves(picture: Rgba8, { red, green, blue }: ToneCurves): Rgba8 {
  const { width, height, data } = picture;
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    result[i] = red[data[i] ?? 0] ?? 0;
    result[i + 1] = green[data[i + 1] ?? 0] ?? 0;
    result[i + 2] = blue[data[i + 2] ?? 0] ?? 0;
    result[i + 3] = 255;
  }
  return { width, height, data: result };
}
