import { areaThumbnail } from '../image/thumbnail.ts';
import type { Rgba8 } from '../image/types.ts';

/** The picture is averaged to this side: noise, sparkle and small lamps no longer count. */
const SIDE = 64;
/** People stand in the middle half of a portrait's width, between these rows of the 64. */
const COLUMNS = [16, 48] as const;
const ROWS = [16, 56] as const;

/** A lit face and its surroundings reach this luma in a tenth of the middle. */
const BRIGHT = 0.58;
/** Where less than half of the middle reaches this, the bright tenth is a lamp or a window. */
const MEDIAN = 0.2;

/** BT.601 luma (code values, 0..1) in the middle of a picture. */
export interface Lighting {
  readonly median: number;
  /** The 90th percentile. */
  readonly bright: number;
}

/** Of a picture averaged to 64 × 64: the luma of its middle half, a quarter from the top down. */
export function lightingOf(picture: Rgba8): Lighting {
  const planes = areaThumbnail(picture, SIDE, SIDE);
  const pixels = SIDE * SIDE;
  const lumas: number[] = [];
  for (let y = ROWS[0]; y < ROWS[1]; y += 1) {
    for (let x = COLUMNS[0]; x < COLUMNS[1]; x += 1) {
      const at = y * SIDE + x;
      const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((plane) => planes[plane * pixels + at]);
      lumas.push(0.299 * red + 0.587 * green + 0.114 * blue);
    }
  }
  lumas.sort((a, b) => a - b);
  const at = (share: number) => lumas[Math.floor(share * (lumas.length - 1))] ?? 0;
  return { median: at(0.5), bright: at(0.9) };
}

/**
 * Whether restoring would show nothing because the picture is lit well already. It looks at no
 * colours, so it treats all skin alike. The two thresholds were set on 40 pairs of weak-flash and
 * strong-flash portraits: all of the weak ones fall below, 39 of the strong ones above.
 */
export function looksWellLit(picture: Rgba8): boolean {
  const { median, bright } = lightingOf(picture);
  return median >= MEDIAN && bright >= BRIGHT;
}
