import type { Plane } from '../../image/types.ts';
import { gamma } from '../../stats/gamma.ts';
import { fitAggd } from './aggd.ts';

/** Neighbours that coefficients are multiplied with: rows down, columns right. */
const SHIFTS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** The block of `side` x `side` in block column and row, row by row. */
export function cutBlock(plane: Plane, side: number, column: number, row: number): Float64Array {
  const block = new Float64Array(side * side);
  for (let y = 0; y < side; y += 1) {
    const start = (row * side + y) * plane.width + column * side;
    block.set(plane.data.subarray(start, start + side), y * side);
  }
  return block;
}

/** Every coefficient times the one `down` rows above and `right` columns left, wrapped in the block. */
function products(block: Float64Array, side: number, down: number, right: number): Float64Array {
  return block.map((value, i) => {
    const y = (Math.floor(i / side) - down + side) % side;
    const x = ((i % side) - right + side) % side;
    return value * (block[y * side + x] ?? 0);
  });
}

/**
 * The 18 features of a block of MSCN coefficients: shape and mean scale of the coefficients, then
 * shape, mean, left and right scale of their products with four neighbours. NaN where undefined.
 * Source: Mittal, Soundararajan and Bovik, IEEE SPL 20(3), 2013, section II.
 */
export function blockFeatures(block: Float64Array, side: number): number[] {
  const own = fitAggd(block);
  const features = [own.alpha, (own.left + own.right) / 2];
  for (const [down, right] of SHIFTS) {
    const pair = fitAggd(products(block, side, down, right));
    const mean = (pair.right - pair.left) * (gamma(2 / pair.alpha) / gamma(1 / pair.alpha));
    features.push(pair.alpha, mean, pair.left, pair.right);
  }
  return features;
}
