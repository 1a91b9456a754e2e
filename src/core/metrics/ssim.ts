import type { Rgba8 } from '../image/types.ts';
import { byPixel, type PixelQuantity } from './perPixel.ts';

const SSIM_C1 = 1e-4;
const SSIM_C2 = 9e-4;
/** One axis of the window; the 5 x 5 window is its outer product with itself, over 256. */
const SSIM_BINOMIAL = [1, 4, 6, 4, 1] as const;

const RADIUS = 2;
const WINDOW: readonly (readonly number[])[] = SSIM_BINOMIAL.map((v) =>
  SSIM_BINOMIAL.map((h) => (v * h) / 256),
);

/**
 * Row `y` of the BT.601 luma `0.299 R + 0.587 G + 0.114 B` in [0, 1], with two zeros on either side;
 * all zeros above and below the picture. That is the zero padding of the definition.
 */
function paddedLumaRow(picture: Rgba8, y: number): Float64Array {
  const { width, height, data } = picture;
  const row = new Float64Array(width + 2 * RADIUS);
  if (y < 0 || y >= height) return row;
  for (let x = 0, i = y * width * 4; x < width; x += 1, i += 4) {
    const luma = 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
    row[x + RADIUS] = luma / 255;
  }
  return row;
}

/** SSIM of the window whose top left corner is column `x` of the five padded rows. */
function windowSsim(
  rowsA: readonly Float64Array[],
  rowsB: readonly Float64Array[],
  x: number,
): number {
  let meanA = 0;
  let meanB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  for (let v = 0; v < WINDOW.length; v += 1) {
    const weights = WINDOW[v] ?? [];
    for (let h = 0; h < weights.length; h += 1) {
      const weight = weights[h] ?? 0;
      const a = rowsA[v]?.[x + h] ?? 0;
      const b = rowsB[v]?.[x + h] ?? 0;
      meanA += weight * a;
      meanB += weight * b;
      squareA += weight * (a * a);
      squareB += weight * (b * b);
      product += weight * (a * b);
    }
  }
  const varianceA = squareA - meanA * meanA;
  const varianceB = squareB - meanB * meanB;
  const covariance = product - meanA * meanB;
  const luminance = (2 * (meanA * meanB) + SSIM_C1) / (meanA * meanA + meanB * meanB + SSIM_C1);
  const structure = (2 * covariance + SSIM_C2) / (varianceA + varianceB + SSIM_C2);
  return luminance * structure;
}

/** The five padded luma rows around each row in turn: one new row a step. */
function lumaRows(picture: Rgba8): (y: number) => readonly Float64Array[] {
  let rows: Float64Array[] = [];
  let centre = Number.NaN;
  return (y) => {
    if (y === centre) return rows;
    rows =
      y === centre + 1
        ? [...rows.slice(1), paddedLumaRow(picture, y + RADIUS)]
        : SSIM_BINOMIAL.map((_, v) => paddedLumaRow(picture, y + v - RADIUS));
    centre = y;
    return rows;
  };
}

/** SSIM of the 5 x 5 window around a pixel; quickest when asked in row order. */
export function ssimAt(output: Rgba8, groundTruth: Rgba8): PixelQuantity {
  const { width } = output;
  const rowsOfA = lumaRows(output);
  const rowsOfB = lumaRows(groundTruth);
  return (pixel) => {
    const y = Math.floor(pixel / width);
    return windowSsim(rowsOfA(y), rowsOfB(y), pixel - y * width);
  };
}

/**
 * SSIM with a 5 x 5 binomial window on luma and zero padding, in float64, by region; literal
 * reference of the RAIM 2026 definition. The map covers every pixel of the whole picture, windows
 * look across the mask's edge, and a region's value is the mean of the map over its pixels.
 */
export const ssimReference = byPixel(ssimAt);
