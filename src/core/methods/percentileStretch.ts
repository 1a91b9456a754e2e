import type { Rgba8 } from '../image/types.ts';
import { levelHistogram, percentileLevel } from './histogram.ts';
import { equalCurves, type ToneCurves } from './toneCurves.ts';

const LOW_PERCENT = 1;
const HIGH_PERCENT = 99;
const POWER = 0.75;

/**
 * Percentile stretch: `((x - p1) / (p99 - p1)) ^ .75`, with the 1st and the 99th percentile of the
 * levels of all channels together, clamped. A picture whose two percentiles are equal stays as it is.
 */
export function percentileStretch(picture: Rgba8): ToneCurves {
  const counts = levelHistogram(picture);
  const low = percentileLevel(counts, LOW_PERCENT) / 255;
  const high = percentileLevel(counts, HIGH_PERCENT) / 255;
  if (high <= low) return equalCurves((value) => value);
  return equalCurves((value) => Math.max(0, (value - low) / (high - low)) ** POWER);
}
