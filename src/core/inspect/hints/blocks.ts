import type { BinaryMask, Plane } from '../../image/types.ts';
import { chessboardDistance } from '../../metrics/boundaryBand.ts';
import type { Rectangle } from '../../metrics/regionRule.ts';

/** A square of a picture (less at its right and bottom), with the mean over its part of the region. */
export interface Block extends Rectangle {
  readonly mean: number;
  readonly pixels: number;
}

/**
 * Means of a plane over squares of `side` pixels.
 * @param region null: the whole picture
 * @param share 0..1: squares with less of their area in the region are left out
 */
export function blockMeans(
  { width, height, data }: Plane,
  region: BinaryMask | null,
  side: number,
  share = 0.5,
): Block[] {
  const blocks: Block[] = [];
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      const [w, h] = [Math.min(side, width - x), Math.min(side, height - y)];
      let [sum, pixels] = [0, 0];
      for (let row = y; row < y + h; row += 1) {
        for (let i = row * width + x; i < row * width + x + w; i += 1) {
          if (region !== null && region.data[i] !== 1) continue;
          sum += data[i] ?? 0;
          pixels += 1;
        }
      }
      if (pixels > 0 && pixels >= share * side * side) {
        blocks.push({ x, y, width: w, height: h, mean: sum / pixels, pixels });
      }
    }
  }
  return blocks;
}

/** The item with the greatest score; null of none. */
export function greatest<T>(items: readonly T[], score: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (best, item) => (best === null || score(item) > score(best) ? item : best),
    null,
  );
}

/** A block's or anything's rectangle alone. */
export function placeOf({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height };
}

/** The rectangle around a region; null where it has no pixels. */
export function boundingBox({ width, data }: BinaryMask): Rectangle | null {
  let [left, top, right, bottom] = [width, data.length, -1, -1];
  for (let i = 0; i < data.length; i += 1) {
    if (data[i] !== 1) continue;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  if (right < 0) return null;
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** What is left of a region more than `margin` pixels (chessboard distance) from its edge. */
export function interiorOf(region: BinaryMask, margin: number): BinaryMask {
  const toOutside = chessboardDistance(region, 0);
  return { ...region, data: region.data.map((_, i) => ((toOutside[i] ?? 0) > margin ? 1 : 0)) };
}
