import { lumaThousandths } from '../colour/luma.ts';
import type { Plane, Rgba8 } from '../image/types.ts';

/** BT.601 luma, 0..255, averaged over squares of `factor` pixels; an incomplete square is left out. */
export function reducedLuma({ width, height, data }: Rgba8, factor: number): Plane {
  const columns = Math.max(1, Math.floor(width / factor));
  const rows = Math.max(1, Math.floor(height / factor));
  const sums = new Float64Array(columns * rows);
  for (let y = 0; y < Math.min(height, rows * factor); y += 1) {
    const row = Math.floor(y / factor) * columns;
    for (let x = 0; x < Math.min(width, columns * factor); x += 1) {
      const i = (y * width + x) * 4;
      const at = row + Math.floor(x / factor);
      sums[at] =
        (sums[at] ?? 0) + lumaThousandths(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
    }
  }
  const scale = 1 / (1000 * Math.min(factor, width) * Math.min(factor, height));
  return { width: columns, height: rows, data: sums.map((sum) => sum * scale) };
}

/** Sums over runs of up to `2 radius + 1` values of lines, cut off at their ends, and their lengths. */
function lineMeans(
  data: Float64Array,
  length: number,
  stride: number,
  radius: number,
): Float64Array<ArrayBuffer> {
  const result = new Float64Array(data.length);
  const block = length * stride;
  for (let line = 0; line < data.length / length; line += 1) {
    const start = Math.floor(line / stride) * block + (line % stride);
    const at = (k: number) => data[start + k * stride] ?? 0;
    let sum = 0;
    for (let k = 0; k < Math.min(radius, length); k += 1) sum += at(k);
    for (let k = 0; k < length; k += 1) {
      if (k + radius < length) sum += at(k + radius);
      if (k - radius - 1 >= 0) sum -= at(k - radius - 1);
      const count = Math.min(length - 1, k + radius) - Math.max(0, k - radius) + 1;
      result[start + k * stride] = sum / count;
    }
  }
  return result;
}

/** Means over squares of `2 radius + 1` pixels a side, cut off at the edges. Running sums. */
export function boxMeans({ width, height, data }: Plane, radius: number): Plane {
  const rows = lineMeans(data, width, 1, radius);
  return { width, height, data: lineMeans(rows, height, width, radius) };
}

const WINDOW_RADIUS = 4;
/** Levels: contrast well below this does not count. */
const CONTRAST_FLOOR = 1;

/**
 * A plane less its local mean, over its local standard deviation plus one level: what is left of a
 * picture when brightness and contrast are taken out. Window 9×9.
 */
export function locallyNormalised(plane: Plane): Plane {
  const means = boxMeans(plane, WINDOW_RADIUS).data;
  const deviations = { ...plane, data: plane.data.map((v, i) => (v - (means[i] ?? 0)) ** 2) };
  const variances = boxMeans(deviations, WINDOW_RADIUS).data;
  const data = plane.data.map((value, i) => {
    const contrast = Math.sqrt(Math.max(0, variances[i] ?? 0));
    return (value - (means[i] ?? 0)) / (contrast + CONTRAST_FLOOR);
  });
  return { ...plane, data };
}
