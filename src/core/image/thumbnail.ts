import type { Rgba8 } from './types.ts';

/** The source pixels one destination pixel covers along an axis, and how much of each. */
interface Coverage {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Splits `from` source pixels into `to` equal intervals; the weights of each add up to 1. */
function coverages(from: number, to: number): Coverage[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, x) => {
    const start = x * scale;
    const end = Math.min((x + 1) * scale, from);
    const first = Math.min(Math.floor(start), from - 1);
    const last = Math.max(first, Math.ceil(end) - 1);
    const weights: number[] = [];
    for (let i = first; i <= last; i += 1) {
      weights.push((Math.min(end, i + 1) - Math.max(start, i)) / (end - start));
    }
    return { first, weights };
  });
}

/** One source row shrunk to `columns.length` RGB triples, values 0..255. */
function shrinkRow(picture: Rgba8, y: number, columns: readonly Coverage[]): Float64Array {
  const row = new Float64Array(columns.length * 3);
  const start = y * picture.width;
  columns.forEach(({ first, weights }, x) => {
    for (let channel = 0; channel < 3; channel += 1) {
      let sum = 0;
      for (let i = 0; i < weights.length; i += 1) {
        const level = picture.data[(start + first + i) * 4 + channel] ?? 0;
        sum += level * (weights[i] ?? 0);
      }
      row[x * 3 + channel] = sum;
    }
  });
  return row;
}

/**
 * The whole picture averaged down to `width` x `height`: every destination pixel is the mean of the
 * area it covers, source pixels that it cuts counted by the fraction inside. This is
 * `cv2.resize(..., INTER_AREA)` on floats when the picture shrinks; a picture smaller than the
 * thumbnail goes through the same formula. Returns planar RGB `[3, height, width]` in [0, 1].
 */
export function areaThumbnail(picture: Rgba8, width: number, height: number): Float32Array {
  const columns = coverages(picture.width, width);
  const planes = new Float32Array(3 * width * height);
  coverages(picture.height, height).forEach(({ first, weights }, y) => {
    const sums = new Float64Array(width * 3);
    weights.forEach((weight, i) => {
      const row = shrinkRow(picture, first + i, columns);
      for (let k = 0; k < sums.length; k += 1) sums[k] = (sums[k] ?? 0) + weight * (row[k] ?? 0);
    });
    for (let k = 0; k < sums.length; k += 1) {
      const x = Math.floor(k / 3);
      planes[(k % 3) * width * height + y * width + x] = (sums[k] ?? 0) / 255;
    }
  });
  return planes;
}
