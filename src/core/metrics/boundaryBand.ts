import type { BinaryMask } from '../image/types.ts';

/** Further away than any pixel of any picture: there is nothing to be near to. */
const UNREACHABLE = 0xffff;

/**
 * Chessboard distance of every pixel to the nearest pixel whose mask value is `target` (0 there), in
 * pixels; 65535 where no pixel has that value. Exact in two passes over the picture: from the top
 * left with the four neighbours already passed, then back from the bottom right with the other four.
 * Source: Rosenfeld and Pfaltz, "Distance functions on digital pictures", Pattern Recognition 1, 1968.
 */
export function chessboardDistance(mask: BinaryMask, target: 0 | 1): Uint16Array<ArrayBuffer> {
  const { width, height, data } = mask;
  const distance = Uint16Array.from(data, (bit) => (bit === target ? 0 : UNREACHABLE));
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? UNREACHABLE : (distance[y * width + x] ?? 0);
  const relax = (i: number, side: 1 | -1) => {
    const x = i % width;
    const y = (i - x) / width;
    const near = Math.min(
      at(x + side, y),
      at(x - 1, y + side),
      at(x, y + side),
      at(x + 1, y + side),
    );
    distance[i] = Math.min(distance[i] ?? 0, near + 1);
  };
  for (let i = 0; i < distance.length; i += 1) relax(i, -1);
  for (let i = distance.length - 1; i >= 0; i -= 1) relax(i, 1);
  return distance;
}

/**
 * The pixels within `radius` pixels of the mask's edge, on both sides of it: those with a pixel of the
 * other side at chessboard distance `radius` or less. This is the mask dilated minus the mask eroded
 * with a square of 2 radius + 1 pixels (OpenCV's morphological gradient), the picture's border being
 * no edge. Chessboard rather than Euclidean distance, so that any toolbox gives the same band.
 * @param radius whole pixels, 1 or more
 * @throws RangeError where it is not
 */
export function boundaryBand(mask: BinaryMask, radius: number): BinaryMask {
  if (!Number.isInteger(radius) || radius < 1) {
    throw new RangeError(`A boundary band is a whole number of pixels wide, not ${radius}.`);
  }
  const toInside = chessboardDistance(mask, 1);
  const toOutside = chessboardDistance(mask, 0);
  const data = mask.data.map((bit, i) => {
    const distance = (bit === 1 ? toOutside : toInside)[i] ?? UNREACHABLE;
    return distance <= radius && distance !== UNREACHABLE ? 1 : 0;
  });
  return { width: mask.width, height: mask.height, data };
}
