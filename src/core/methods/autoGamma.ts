import type { Rgba8 } from '../image/types.ts';
import { levelHistogram, meanLevel } from './histogram.ts';
import { equalCurves, type ToneCurves } from './toneCurves.ts';

/** Where the mean code value goes. */
const AUTO_GAMMA_MEAN = 0.42;

/**
 * Auto gamma: one power for all channels, `gamma = log .42 / log mean`, with the mean code value over
 * all pixels and channels; it would bring a picture of that mean alone to .42. An all-black or
 * all-white picture stays as it is.
 */
export function autoGamma(picture: Rgba8): ToneCurves {
  const mean = meanLevel(levelHistogram(picture)) / 255;
  const gamma = mean > 0 && mean < 1 ? Math.log(AUTO_GAMMA_MEAN) / Math.log(mean) : 1;
  return equalCurves((value) => value ** gamma);
}
