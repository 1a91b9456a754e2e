import { linearToSrgb, srgbToLinear } from '../colour/srgb.ts';
import { areaThumbnail } from '../image/thumbnail.ts';
import type { Rgba8 } from '../image/types.ts';
import type { Rgb } from './lut3d.ts';
import { curveOf, type ToneCurves } from './toneCurves.ts';

/** Statistics are taken of the picture averaged to this side, where noise is gone. */
const THUMBNAIL = 128;
/** Luminance of linear sRGB (Rec. 709 primaries). */
const LUMINANCE: Rgb = [0.2126, 0.7152, 0.0722];
/** What the log-average luminance becomes: the average that exposure meters are calibrated to. */
const KEY = 0.125;
/** Keeps black pixels out of the logarithm (Reinhard et al. use a small value as well). */
const LOG_FLOOR = 1e-4;
/** The luminance that becomes white is this share of all pixels' from below. */
const WHITE_PERCENTILE = 0.995;
/** How far the colour balance goes from none to grey world, and the most it may scale a channel. */
const BALANCE_SHARE = 0.25;
const BALANCE_LIMIT = 1.5;
const MAX_EXPOSURE = 64;

/** What the tone curve is made from. */
interface ToneStatistics {
  /** Mean linear light of each channel. */
  readonly means: Rgb;
  /** Linear luminance of every thumbnail pixel, ascending. */
  readonly luminances: Float64Array<ArrayBuffer>;
}

/** Of a picture averaged to 128 × 128. */
function toneStatistics(picture: Rgba8): ToneStatistics {
  const planes = areaThumbnail(picture, THUMBNAIL, THUMBNAIL);
  const pixels = THUMBNAIL * THUMBNAIL;
  const sums: [number, number, number] = [0, 0, 0];
  const luminances = Float64Array.from({ length: pixels }, (_, pixel) => {
    let luminance = 0;
    for (const channel of [0, 1, 2] as const) {
      const light = srgbToLinear(planes[channel * pixels + pixel] ?? 0);
      sums[channel] += light;
      luminance += LUMINANCE[channel] * light;
    }
    return luminance;
  });
  const [red, green, blue] = sums;
  return { means: [red / pixels, green / pixels, blue / pixels], luminances: luminances.sort() };
}

/** Reinhard's curve with a white point: monotone, 0 stays 0 and `white` becomes 1. */
const reinhard = (light: number, white: number): number =>
  (light * (1 + light / white ** 2)) / (1 + light);

/**
 * The exposure that brings the log-average luminance to `KEY` through the curve whose white is the
 * bright percentile. It grows from (L / white)² at no exposure to 1, so halving finds it; with
 * exposure 1 / white the curve is a straight line, and a picture that needs nothing keeps its tones.
 */
function exposureFor(luminances: Float64Array, brightest: number): number {
  const logSum = luminances.reduce((sum, value) => sum + Math.log(Math.max(value, LOG_FLOOR)), 0);
  const average = Math.exp(logSum / luminances.length);
  let low = 1e-3;
  let high = MAX_EXPOSURE;
  for (let step = 0; step < 50; step += 1) {
    const middle = Math.sqrt(low * high);
    if (reinhard(average * middle, brightest * middle) < KEY) low = middle;
    else high = middle;
  }
  return high;
}

/** Part of the way to grey world, luminance kept. */
function balanceOf(means: Rgb): Rgb {
  const grey = means.reduce((sum, mean, channel) => sum + mean * (LUMINANCE[channel] ?? 0), 0);
  const scaled = means.map((mean) => {
    const scale = (grey / Math.max(mean, LOG_FLOOR)) ** BALANCE_SHARE;
    return Math.min(BALANCE_LIMIT, Math.max(1 / BALANCE_LIMIT, scale));
  });
  const [red = 1, green = 1, blue = 1] = scaled;
  const after = [red, green, blue].reduce(
    (sum, scale, channel) => sum + scale * (means[channel] ?? 0) * (LUMINANCE[channel] ?? 0),
    0,
  );
  const keep = after > 0 ? grey / after : 1;
  return [red * keep, green * keep, blue * keep];
}

/**
 * A global-tone automatic, Loupe's own: in linear light every channel is scaled part of the way to
 * grey world, exposed, and compressed by Reinhard's curve with a white point (Reinhard, Stark,
 * Shirley and Ferwerda, "Photographic tone reproduction for digital images", SIGGRAPH 2002, equation
 * 4). White is the luminance of the 99.5th percentile; the exposure is the one that brings the
 * log-average luminance to .125. Per channel, as a camera's curve, so highlights lose saturation.
 */
export function globalTone(picture: Rgba8): ToneCurves {
  const { means, luminances } = toneStatistics(picture);
  const at = Math.floor(WHITE_PERCENTILE * (luminances.length - 1));
  const brightest = Math.max(luminances[at] ?? 0, LOG_FLOOR);
  const exposure = exposureFor(luminances, brightest);
  const balance = balanceOf(means);
  const curve = (scale: number) =>
    curveOf((value) =>
      linearToSrgb(reinhard(srgbToLinear(value) * scale * exposure, brightest * exposure)),
    );
  return { red: curve(balance[0]), green: curve(balance[1]), blue: curve(balance[2]) };
}
