import type { BinaryMask, Rgba8 } from '../image/types.ts';

/** From which levels on a pixel counts as clipped. */
export interface ClippingRule {
  /** Shadows: all three channels at this level or below. */
  readonly shadow: number;
  /** Highlights: at least one channel at this level or above. */
  readonly highlight: number;
}

/**
 * One level of tolerance at each end, since resampling and JPEG move clipped values by about one. A
 * highlight loses its colour with the first channel that clips, a shadow shows detail until the last.
 */
export const CLIPPING_RULE: ClippingRule = { shadow: 1, highlight: 254 };

/** Marks of `Clipping.marks`. */
export const SHADOW_MARK = 1;
export const HIGHLIGHT_MARK = 2;

export interface Clipping {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel: 0, `SHADOW_MARK` or `HIGHLIGHT_MARK`; 0 outside the region. */
  readonly marks: Uint8Array<ArrayBuffer>;
  /** Shares of the region's pixels, 0..1; null where it has none. */
  readonly shadowShare: number | null;
  readonly highlightShare: number | null;
}

/**
 * Where a picture's levels have run into an end of the scale.
 * @param region of the picture's size; null: the whole picture
 */
export function clippingOf(
  { width, height, data }: Rgba8,
  region: BinaryMask | null = null,
  { shadow, highlight }: ClippingRule = CLIPPING_RULE,
): Clipping {
  const marks = new Uint8Array(width * height);
  let [pixels, shadows, highlights] = [0, 0, 0];
  for (let i = 0, j = 0; i < marks.length; i += 1, j += 4) {
    if (region !== null && region.data[i] !== 1) continue;
    pixels += 1;
    const greatest = Math.max(data[j] ?? 0, data[j + 1] ?? 0, data[j + 2] ?? 0);
    if (greatest >= highlight) {
      marks[i] = HIGHLIGHT_MARK;
      highlights += 1;
    } else if (greatest <= shadow) {
      marks[i] = SHADOW_MARK;
      shadows += 1;
    }
  }
  const share = (count: number) => (pixels === 0 ? null : count / pixels);
  return { width, height, marks, shadowShare: share(shadows), highlightShare: share(highlights) };
}
