import { lumaPlane } from '../colour/luma.ts';
import type { Plane, Rgba8 } from '../image/types.ts';
import { forEachSsimRow, GAUSSIAN_SIDE } from './gaussianSsim.ts';
import type { RegionValues } from './types.ts';

/** Exponents of the five scales, finest first (the paper's human calibration). */
export const MS_SSIM_WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const;

/** Least side for which the window fits at the coarsest scale: 11 pixels, halved four times: 176. */
export const MS_SSIM_MIN_SIDE = GAUSSIAN_SIDE * 2 ** (MS_SSIM_WEIGHTS.length - 1);

/** 2 x 2 means at every second pixel; an odd last row or column is averaged with itself. */
function halve({ width, height, data }: Plane): Plane {
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const half = new Float64Array(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y += 1) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < halfWidth; x += 1) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const sum =
        (data[upper + left] ?? 0) +
        (data[upper + right] ?? 0) +
        (data[lower + left] ?? 0) +
        (data[lower + right] ?? 0);
      half[y * halfWidth + x] = sum / 4;
    }
  }
  return { width: halfWidth, height: halfHeight, data: half };
}

/** Means over all windows of contrast times structure, and of SSIM. */
function meanSimilarities(a: Plane, b: Plane): { structure: number; ssim: number } {
  let structureSum = 0;
  let ssimSum = 0;
  let windows = 0;
  forEachSsimRow(a, b, ({ luminance, structure }) => {
    structure.forEach((value, x) => {
      structureSum += value;
      ssimSum += value * (luminance[x] ?? 0);
    });
    windows += structure.length;
  });
  return { structure: structureSum / windows, ssim: ssimSum / windows };
}

/** MS-SSIM of two luma planes on 0..255; null where a side is below 176 pixels. */
export function msSsim(a: Plane, b: Plane): number | null {
  if (Math.min(a.width, a.height) < MS_SSIM_MIN_SIDE) return null;
  let [scaleA, scaleB] = [a, b];
  let product = 1;
  MS_SSIM_WEIGHTS.forEach((weight, scale) => {
    const coarsest = scale === MS_SSIM_WEIGHTS.length - 1;
    const { structure, ssim } = meanSimilarities(scaleA, scaleB);
    // A fractional power of a negative mean is not real: such a scale counts as wholly unlike.
    product *= Math.max(0, coarsest ? ssim : structure) ** weight;
    if (!coarsest) [scaleA, scaleB] = [halve(scaleA), halve(scaleB)];
  });
  return product;
}

/**
 * Multi-scale SSIM in float64: contrast and structure of five scales, luminance of the coarsest, on
 * unrounded BT.601 luma with the window and constants of `ssim-wang`. Of the whole picture only,
 * since a mask has no meaning at scales that mix its sides; a picture with a side below 176 pixels
 * has no value.
 * Source: Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality
 * assessment", Asilomar 2003, equation (7) and its weights; 2 x 2 means between the scales as in the
 * authors' program.
 */
export function msSsimReference(output: Rgba8, groundTruth: Rgba8): RegionValues {
  return {
    person: null,
    background: null,
    global: msSsim(lumaPlane(output), lumaPlane(groundTruth)),
  };
}
