import { linearToSrgb } from '../colour/srgb.ts';
import type { Gray8, Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';
import type { Rgb } from './lut3d.ts';
import { noiseAt, pcg3d } from './noise.ts';
import { LINEAR_LIGHT } from './strength.ts';

/** A weak flash in a dim room, and the camera that photographs it. Light is linear, white is 1. */
export interface WeakFlash {
  /** Of the noise; a whole number in [0, 2^32). */
  readonly seed: number;
  /** What the flash leaves of the picture's light at its centre, .05 to .21. */
  readonly flash: number;
  /** Where it is brightest, as shares of the picture's width and height. */
  readonly centre: readonly [number, number];
  /** Distance at which half of it is left, in the picture's longer sides, .45 to 1.4. */
  readonly reach: number;
  /** The flash's colour, channels .96 to 1.04. */
  readonly cast: Rgb;
  /** What the room's own light leaves of the picture's, .015 to .065. */
  readonly ambient: number;
  /** The room light's colour: red 1 to 1.4, green 1, blue .55 to 1. */
  readonly warmth: Rgb;
  /** The share of the flash that reaches what lies outside the person mask; .12. */
  readonly backgroundShare: number;
  /** The camera's gain, 1 to 2.2. */
  readonly gain: number;
  /** Standard deviation of the optical blur in pixels, .3 to .8. */
  readonly blur: number;
  /** Variance of the noise: `shot × light + read²`; shot 6e-5 to 9e-4, read 4e-4 to 4e-3. */
  readonly shot: number;
  readonly read: number;
  /** The share of the noise's variance that neighbouring pixels have in common, .1 to .7. */
  readonly correlation: number;
}

/** The mean place of a mask, weighed by its levels, as shares of its sides; null where it is empty. */
export function maskCentre({ width, data }: Gray8): readonly [number, number] | null {
  let [sum, across, down] = [0, 0, 0];
  data.forEach((level, i) => {
    sum += level;
    across += level * ((i % width) + 0.5);
    down += level * (Math.floor(i / width) + 0.5);
  });
  const height = data.length / width;
  return sum === 0 ? null : [across / sum / width, down / sum / height];
}

/**
 * Parameters drawn from their ranges, the same for the same seed; shot and read noise evenly on a
 * logarithmic scale.
 * @param centre where the flash points, for instance `maskCentre`; drawn near the upper middle where
 * none is given
 */
export function weakFlashFromSeed(
  seed: number,
  centre: readonly [number, number] | null = null,
): WeakFlash {
  let drawn = 0;
  const between = (low: number, high: number): number => {
    const [word] = pcg3d(seed, drawn, 0x5eed);
    drawn += 1;
    return low + ((high - low) * word) / 2 ** 32;
  };
  const onLogScale = (low: number, high: number) =>
    Math.exp(between(Math.log(low), Math.log(high)));
  const place = [between(0.3, 0.7), between(0.1, 0.6)] as const;
  return {
    seed,
    flash: between(0.05, 0.21),
    centre: centre ?? place,
    reach: between(0.45, 1.4),
    cast: [between(0.96, 1.04), between(0.96, 1.04), between(0.96, 1.04)],
    ambient: between(0.015, 0.065),
    warmth: [between(1, 1.4), 1, between(0.55, 1)],
    backgroundShare: 0.12,
    gain: between(1, 2.2),
    blur: between(0.3, 0.8),
    shot: onLogScale(6e-5, 9e-4),
    read: onLogScale(4e-4, 4e-3),
    correlation: between(0.1, 0.7),
  };
}

/** Weights of a 3 × 3 Gaussian's centre, sides and corners, which add up to 1 with 4 of each. */
export function blurWeights(sigma: number): readonly [number, number, number] {
  const side = Math.exp(-1 / (2 * sigma * sigma));
  const sum = (1 + 2 * side) ** 2;
  return [1 / sum, side / sum, (side * side) / sum];
}

/** How much of a picture's light each channel keeps at a pixel, gain included. */
function lightFactors(picture: Rgba8, mask: Gray8 | null, params: WeakFlash) {
  const { width, height } = picture;
  const reach = params.reach * Math.max(width, height);
  return (x: number, y: number, channel: 0 | 1 | 2): number => {
    const dx = (x + 0.5 - params.centre[0] * width) / reach;
    const dy = (y + 0.5 - params.centre[1] * height) / reach;
    const person = mask === null ? 1 : (mask.data[y * width + x] ?? 0) / 255;
    const share = params.backgroundShare + (1 - params.backgroundShare) * person;
    const direct = (params.flash * params.cast[channel] * share) / (1 + dx * dx + dy * dy);
    return params.gain * (direct + params.ambient * params.warmth[channel]);
  };
}

/**
 * A well-lit picture as a weak flash in a dim room would show it: linear light times an
 * inverse-square-like falloff and a warm room light, slight blur, signal-dependent noise that
 * neighbours share in part, sRGB, 8 bits. The same seed gives the same noise. Loupe's own model;
 * the ranges are those of weak-flash pairs in use for training.
 * @param mask the person, of the picture's size; the flash then lights the rest by `backgroundShare`
 * @throws RangeError when the sizes differ
 */
export function simulateWeakFlash(picture: Rgba8, mask: Gray8 | null, params: WeakFlash): Rgba8 {
  const { width, height, data } = picture;
  if (mask !== null && (mask.width !== width || mask.height !== height)) {
    throw new RangeError(`A mask of ${mask.width}×${mask.height} is not of the picture's size.`);
  }
  const factorAt = lightFactors(picture, mask, params);
  const weights = blurWeights(params.blur);
  const clamped = (i: number, length: number) => Math.min(length - 1, Math.max(0, i));
  const lightAt = (x: number, y: number, channel: 0 | 1 | 2): number => {
    let sum = 0;
    for (let k = 0; k < 9; k += 1) {
      const [dx, dy] = [(k % 3) - 1, Math.floor(k / 3) - 1];
      const [px, py] = [clamped(x + dx, width), clamped(y + dy, height)];
      const light = LINEAR_LIGHT[data[(py * width + px) * 4 + channel] ?? 0] ?? 0;
      sum += (weights[Math.abs(dx) + Math.abs(dy)] ?? 0) * light * factorAt(px, py, channel);
    }
    return sum;
  };
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const noise = noiseAt(x, y, params.seed, params.correlation);
    for (const channel of [0, 1, 2] as const) {
      const light = lightAt(x, y, channel);
      const deviation = Math.sqrt(params.shot * light + params.read ** 2);
      const noisy = Math.max(0, light + deviation * noise[channel]);
      result[i * 4 + channel] = levelOf(linearToSrgb(noisy));
    }
    result[i * 4 + 3] = 255;
  }
  return { width, height, data: result };
}
