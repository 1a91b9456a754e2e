/** Nearest of left, up and upper left to their linear prediction (PNG specification, filter 4). */
function paeth(left: number, up: number, upLeft: number): number {
  const distanceLeft = Math.abs(up - upLeft);
  const distanceUp = Math.abs(left - upLeft);
  const distanceUpLeft = Math.abs(left + up - 2 * upLeft);
  if (distanceLeft <= distanceUp && distanceLeft <= distanceUpLeft) return left;
  return distanceUp <= distanceUpLeft ? up : upLeft;
}

type Predictor = (left: number, up: number, upLeft: number) => number;

/** The filter types tried, by their number in the specification. */
const PREDICTORS: readonly (readonly [number, Predictor])[] = [
  [0, () => 0],
  [1, (left) => left],
  [2, (_left, up) => up],
  [4, paeth],
];

/**
 * Filtered scanlines, each with its filter type in front, ready to be deflated. Every row takes the
 * filter whose differences, read as signed bytes, have the least sum of absolute values (the
 * heuristic the PNG specification recommends).
 * @param data `height` rows of `rowBytes` bytes
 * @param step bytes a pixel
 */
export function filterScanlines(
  data: Uint8Array,
  rowBytes: number,
  height: number,
  step: number,
): Uint8Array<ArrayBuffer> {
  const lines = new Uint8Array((rowBytes + 1) * height);
  const zeros = new Uint8Array(rowBytes);
  const candidate = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * rowBytes, (y + 1) * rowBytes);
    const above = y === 0 ? zeros : data.subarray((y - 1) * rowBytes, y * rowBytes);
    const line = lines.subarray(y * (rowBytes + 1), (y + 1) * (rowBytes + 1));
    let best = Number.POSITIVE_INFINITY;
    for (const [type, predict] of PREDICTORS) {
      let sum = 0;
      for (let i = 0; i < rowBytes && sum < best; i += 1) {
        const left = i < step ? 0 : (row[i - step] ?? 0);
        const upLeft = i < step ? 0 : (above[i - step] ?? 0);
        const difference = ((row[i] ?? 0) - predict(left, above[i] ?? 0, upLeft)) & 0xff;
        candidate[i] = difference;
        sum += difference < 128 ? difference : 256 - difference;
      }
      if (sum >= best) continue;
      best = sum;
      line[0] = type;
      line.set(candidate, 1);
    }
  }
  return lines;
}
