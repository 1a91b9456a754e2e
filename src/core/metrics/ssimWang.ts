import { lumaPlane } from '../colour/luma.ts';
import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { forEachSsimRow, GAUSSIAN_MARGIN } from './gaussianSsim.ts';
import { meanOf, valuesOf } from './regions.ts';
import type { RegionValues } from './types.ts';

/**
 * SSIM as its paper defines it, in float64, by region: 11 x 11 Gaussian window of σ 1.5, population
 * variance, unrounded BT.601 luma on 0..255, K1 0.01, K2 0.03, and only windows that lie within the
 * picture. A region's value is the mean over the windows whose centre it holds; windows look across
 * the mask's edge. A region without such a centre has no value, nor has a picture with a side below
 * 11 pixels.
 * Source: Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 13(4), 2004.
 */
export function ssimWangReference(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
): RegionValues {
  const person = { sum: 0, pixels: 0 };
  const background = { sum: 0, pixels: 0 };
  forEachSsimRow(lumaPlane(output), lumaPlane(groundTruth), ({ luminance, structure }, y) => {
    const start = y * output.width + GAUSSIAN_MARGIN;
    luminance.forEach((value, x) => {
      const region = mask?.data[start + x] === 1 ? person : background;
      region.sum += value * (structure[x] ?? 0);
      region.pixels += 1;
    });
  });
  return valuesOf({ person, background }, mask !== null, meanOf);
}
