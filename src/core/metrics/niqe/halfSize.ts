import type { Plane } from '../../image/types.ts';

/** Keys' cubic convolution kernel with a = -1/2. */
function cubic(distance: number): number {
  const t = Math.abs(distance);
  if (t <= 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
  return t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
}

/** Pixels of the full size under the kernel stretched twofold; pixel 2 x - 3 is the first for x. */
const TAPS = 8;
const FIRST = -3;

/** Weights of the pixels 2 x - 3 to 2 x + 4, whose middle 2 x + 1/2 is where pixel x lies. */
const WEIGHTS: readonly number[] = (() => {
  const weights = Array.from({ length: TAPS }, (_, tap) => cubic((FIRST + tap - 0.5) / 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/** An index beyond either end, mirrored so that the edge pixel comes twice. */
const mirrored = (i: number, length: number): number =>
  i < 0 ? -1 - i : i >= length ? 2 * length - 1 - i : i;

/** Halves the lines of a plane: `lines` of them, `lineStep` apart, along pixels `step` apart. */
function halveLines(
  data: Float64Array,
  length: number,
  [lines, lineStep]: readonly [number, number],
  step: number,
): Float64Array<ArrayBuffer> {
  const half = length / 2;
  const result = new Float64Array(lines * half);
  for (let line = 0; line < lines; line += 1) {
    for (let x = 0; x < half; x += 1) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap += 1) {
        const from = mirrored(2 * x + FIRST + tap, length);
        sum += (WEIGHTS[tap] ?? 0) * (data[line * lineStep + from * step] ?? 0);
      }
      result[line * half + x] = sum;
    }
  }
  return result;
}

/**
 * Half the size by bicubic interpolation with antialiasing, as MATLAB's `imresize(plane, 0.5)` and its
 * mirrored borders; both sides must be even and at least 4. Not rounded.
 */
export function halfSize({ width, height, data }: Plane): Plane {
  const halfHeight = height / 2;
  // Columns first, as MATLAB does; the result lies column by column.
  const columns = halveLines(data, height, [width, 1], width);
  const transposed = halveLines(columns, width, [halfHeight, 1], halfHeight);
  return { width: width / 2, height: halfHeight, data: transposed };
}
