import { areaThumbnail } from '../image/thumbnail.ts';
import type { Rgba8 } from '../image/types.ts';

/** The picture is averaged to this side: noise, sparkle and small lamps no longer count. */
const SIDE = 64;
/** A camera's exposure brings what is brightest (a shirt, teeth, a wall) this close to white. */
const HIGHLIGHTS = 0.72;
/** Below this on average, the highlights are a lamp, a window or a screen in a dark room. */
const AVERAGE = 0.32;
/** The share of the picture that is brighter than its highlights' level. */
const HIGHLIGHT_SHARE = 0.03;

/** How bright a picture is, by each pixel's brightest channel (HSV value; code values, 0..1). */
export interface Lighting {
  readonly average: number;
  /** The 97th percentile. */
  readonly highlights: number;
}

/** Of a picture averaged to 64 × 64. */
export function lightingOf(picture: Rgba8): Lighting {
  const planes = areaThumbnail(picture, SIDE, SIDE);
  const pixels = SIDE * SIDE;
  const values = Float64Array.from({ length: pixels }, (_, i) =>
    Math.max(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0),
  ).sort();
  return {
    average: values.reduce((sum, value) => sum + value, 0) / pixels,
    highlights: values[Math.floor((1 - HIGHLIGHT_SHARE) * (pixels - 1))] ?? 0,
  };
}

/**
 * Whether restoring would show nothing because the picture is lit well already. A weak flash leaves
 * nothing near white, good light does; faces are not looked for, since how bright skin is tells
 * the skin from the light no better than the light from the skin (a threshold on the luma of the
 * middle, tried first, took only portraits of dark-skinned people for badly lit).
 *
 * The thresholds were set on weak-flash and strong-flash portraits: of 443 dark ones (40 of a
 * validation set, 403 simulated) one passes, of 403 well-lit ones all do.
 */
export function looksWellLit(picture: Rgba8): boolean {
  const { average, highlights } = lightingOf(picture);
  return average >= AVERAGE && highlights >= HIGHLIGHTS;
}
