import { linearToSrgb, srgbToLinear } from '../colour/srgb.ts';
import type { Rgba8 } from '../image/types.ts';
import { applyCurves, curveOf } from '../methods/toneCurves.ts';
import { lumaLevel } from './histogram.ts';

export const DISPLAY_CHANNELS = ['rgb', 'red', 'green', 'blue', 'luma'] as const;
export type DisplayChannel = (typeof DISPLAY_CHANNELS)[number];

/** How a picture is shown; what is measured never passes through this. */
export interface DisplaySettings {
  /** In EV: linear light times 2^exposure. */
  readonly exposure: number;
  /** The code value to the power 1 / gamma; above 1 brightens. Greater than 0. */
  readonly gamma: number;
  /** A single channel, or BT.601 luma, is shown as grey. */
  readonly channel: DisplayChannel;
}

export const NEUTRAL_DISPLAY: DisplaySettings = { exposure: 0, gamma: 1, channel: 'rgb' };

/** Whether the settings leave every picture as it is. */
export function isNeutral({ exposure, gamma, channel }: DisplaySettings): boolean {
  return exposure === 0 && gamma === 1 && channel === 'rgb';
}

/**
 * The shown level of every level, 256 bytes: `encode(decode(v) × 2^exposure) ^ (1 / gamma)` with the
 * sRGB transfer functions of IEC 61966-2-1, clamped, rounded half up.
 * @throws RangeError where gamma is not above 0
 */
export function displayCurve(exposure: number, gamma: number): Uint8Array<ArrayBuffer> {
  if (!(gamma > 0)) throw new RangeError(`A gamma is greater than 0, not ${gamma}.`);
  const gain = 2 ** exposure;
  return curveOf((value) => linearToSrgb(srgbToLinear(value) * gain) ** (1 / gamma));
}

const OFFSETS = { red: 0, green: 1, blue: 2 } as const;

/** The chosen channel of a pixel as a level. */
function levelReader(
  { data }: Rgba8,
  channel: Exclude<DisplayChannel, 'rgb'>,
): (i: number) => number {
  if (channel === 'luma') {
    return (i) => lumaLevel(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
  }
  const offset = OFFSETS[channel];
  return (i) => data[i + offset] ?? 0;
}

/**
 * A picture as it is shown under the settings; for display only. The channel is chosen first.
 * @throws RangeError where gamma is not above 0
 */
export function displayed(picture: Rgba8, { exposure, gamma, channel }: DisplaySettings): Rgba8 {
  const curve = displayCurve(exposure, gamma);
  if (channel === 'rgb') {
    return applyCurves(picture, { red: curve, green: curve, blue: curve });
  }
  const { width, height } = picture;
  const levelAt = levelReader(picture, channel);
  const data = new Uint8ClampedArray(picture.data.length);
  for (let i = 0; i < data.length; i += 4) {
    const level = curve[levelAt(i)] ?? 0;
    data[i] = level;
    data[i + 1] = level;
    data[i + 2] = level;
    data[i + 3] = 255;
  }
  return { width, height, data };
}
