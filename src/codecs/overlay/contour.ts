import { MASK_THRESHOLD } from '../../core/image/mask.ts';
import type { Gray8 } from '../../core/image/types.ts';
import type { Samples8 } from '../png/encode.ts';

/** Long side of a picture on which the line is two pixels wide. */
const TWO_PIXEL_SIDE = 1024;
const MAX_LINE = 12;
/** Opacity of the dark edge on either side of the white line. */
const EDGE_ALPHA = 0.6;

/** Width of the white line in pixels of the picture; grows with it, so that it survives "fit". */
export function contourWidth({ width, height }: Gray8): number {
  return Math.min(MAX_LINE, Math.max(2, (2 * Math.max(width, height)) / TWO_PIXEL_SIDE));
}

type Visit = (x: number, y: number) => void;

/**
 * Calls `visit` where the mask's level passes 128 between two neighbours, with the position
 * interpolated between the two pixel centres. The level counts as passing where one is below 128
 * and the other is not: exactly the edge of the binarised mask.
 */
function eachCrossing({ width, height, data }: Gray8, visit: Visit): void {
  const level = MASK_THRESHOLD - 0.5;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const here = data[i] ?? 0;
      const right = x + 1 < width ? (data[i + 1] ?? 0) : here;
      const below = y + 1 < height ? (data[i + width] ?? 0) : here;
      if (here < level !== right < level) visit(x + (level - here) / (right - here), y);
      if (here < level !== below < level) visit(x, y + (level - here) / (below - here));
    }
  }
}

/** Distance of every pixel centre to the nearest crossing, where it is at most `reach`; else infinite. */
function distances(mask: Gray8, reach: number): Float32Array {
  const { width, height } = mask;
  const distance = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  eachCrossing(mask, (cx, cy) => {
    const bottom = Math.min(height - 1, Math.floor(cy + reach));
    const right = Math.min(width - 1, Math.floor(cx + reach));
    for (let y = Math.max(0, Math.ceil(cy - reach)); y <= bottom; y += 1) {
      for (let x = Math.max(0, Math.ceil(cx - reach)); x <= right; x += 1) {
        const i = y * width + x;
        const d = Math.sqrt((x - cx) ** 2 + (y - cy) ** 2);
        if (d < (distance[i] ?? 0)) distance[i] = d;
      }
    }
  });
  return distance;
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));

/**
 * The mask's boundary at level 128 as a white line with a dark edge, so that it is seen on any
 * picture; both anti-aliased, transparent elsewhere. Grey and alpha, alpha not premultiplied.
 */
export function contourOf(mask: Gray8): Samples8 {
  const { width, height } = mask;
  const half = contourWidth(mask) / 2;
  const outer = half * 2;
  const distance = distances(mask, outer + 0.5);
  const data = new Uint8Array(width * height * 2);
  for (let i = 0; i < distance.length; i += 1) {
    const d = distance[i] ?? Number.POSITIVE_INFINITY;
    const white = clamp01(half - d + 0.5);
    const edge = (1 - white) * EDGE_ALPHA * clamp01(outer - d + 0.5);
    const alpha = white + edge;
    if (alpha === 0) continue;
    data[2 * i] = Math.round((255 * white) / alpha);
    data[2 * i + 1] = Math.round(255 * alpha);
  }
  return { width, height, channels: 2, data };
}
