/**
 * Quantile of sorted numbers with linear interpolation between the order statistics: type 7 of
 * Hyndman and Fan (1996), the default of NumPy and R.
 * @param sorted ascending, at least one number
 * @param share 0 (least) to 1 (greatest)
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError('No quantile of no numbers');
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
