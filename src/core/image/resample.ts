import { areaThumbnail } from './thumbnail.ts';
import type { Rgba8 } from './types.ts';

/** The source pixels around one destination pixel along an axis, and their weights. */
interface Taps {
  readonly at: readonly number[];
  readonly weights: readonly number[];
}

type Kernel = (fraction: number) => readonly number[];

/** Weights of the pixels at floor(x) and behind it. */
const linear: Kernel = (t) => [1 - t, t];

/**
 * Weights of the pixels from floor(x) - 1 on: Keys' cubic convolution with a = -0.75, as OpenCV and
 * PyTorch have it. Source: R. Keys, IEEE Trans. ASSP 29(6), 1981.
 */
const cubic: Kernel = (t) => {
  const a = -0.75;
  const near = (x: number) => ((a + 2) * x - (a + 3)) * x * x + 1;
  const far = (x: number) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  return [far(t + 1), near(t), near(1 - t), far(2 - t)];
};

/** Pixel centres lie at halves; beyond the edge its pixel is repeated. */
function tapsAlong(from: number, to: number, kernel: Kernel): Taps[] {
  return Array.from({ length: to }, (_, i) => {
    const x = ((i + 0.5) * from) / to - 0.5;
    const first = Math.floor(x);
    const weights = kernel(x - first);
    const start = first - (weights.length / 2 - 1);
    const at = weights.map((__, k) => Math.min(from - 1, Math.max(0, start + k)));
    return { at, weights };
  });
}

/** One source row at the new width, RGB triples in 0..255. */
function resampleRow(picture: Rgba8, y: number, columns: readonly Taps[]): Float64Array {
  const row = new Float64Array(columns.length * 3);
  const start = y * picture.width;
  columns.forEach(({ at, weights }, x) => {
    for (let k = 0; k < at.length; k += 1) {
      const pixel = (start + (at[k] ?? 0)) * 4;
      const weight = weights[k] ?? 0;
      for (let channel = 0; channel < 3; channel += 1) {
        row[x * 3 + channel] =
          (row[x * 3 + channel] ?? 0) + weight * (picture.data[pixel + channel] ?? 0);
      }
    }
  });
  return row;
}

function interpolate(picture: Rgba8, width: number, height: number, kernel: Kernel) {
  const columns = tapsAlong(picture.width, width, kernel);
  const planes = new Float32Array(3 * width * height);
  // Neighbouring rows of the result share rows of the source.
  let kept = new Map<number, Float64Array>();
  tapsAlong(picture.height, height, kernel).forEach(({ at, weights }, y) => {
    const rows = new Map(at.map((i) => [i, kept.get(i) ?? resampleRow(picture, i, columns)]));
    kept = rows;
    for (let k = 0; k < width * 3; k += 1) {
      let sum = 0;
      at.forEach((i, tap) => {
        sum += (weights[tap] ?? 0) * (rows.get(i)?.[k] ?? 0);
      });
      planes[(k % 3) * width * height + y * width + Math.floor(k / 3)] = sum / 255;
    }
  });
  return planes;
}

/**
 * A picture at another size, as planar RGB `[3, height, width]` of floats that are not rounded to bytes,
 * [0, 1] but for what bicubic overshoots. `area` averages what a pixel covers (`areaThumbnail`);
 * `bilinear` and `bicubic` interpolate between pixel centres without smoothing first, as
 * `torch.nn.functional.interpolate(…, align_corners=False)` and OpenCV's INTER_LINEAR and INTER_CUBIC.
 */
export function resample(
  picture: Rgba8,
  width: number,
  height: number,
  method: 'area' | 'bilinear' | 'bicubic',
): Float32Array {
  if (method === 'area') return areaThumbnail(picture, width, height);
  return interpolate(picture, width, height, method === 'bilinear' ? linear : cubic);
}
