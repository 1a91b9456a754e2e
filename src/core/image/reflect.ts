/**
 * Where padding takes its pixel from: mirrors index `i` (any integer) into `0..n-1` about the edge
 * pixels, which are not repeated (OpenCV `BORDER_REFLECT_101`, numpy and PyTorch `reflect`). Where
 * the side is too short to mirror that far, the pixel the mirror ends at is repeated, so that the
 * padded row stays continuous. `n` is at least 1.
 */
export function reflectIndex(i: number, n: number): number {
  const last = n - 1;
  if (i < 0) return Math.min(-i, last);
  if (i > last) return Math.max(2 * last - i, 0);
  return i;
}
