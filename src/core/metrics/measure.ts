import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { deltaEReference } from './deltae.ts';
import { psnrReference } from './psnr.ts';
import { ssimReference } from './ssim.ts';
import type { MetricValues } from './types.ts';

interface Sized {
  readonly width: number;
  readonly height: number;
}

const sizeOf = ({ width, height }: Sized) => `${width}×${height}`;

/**
 * Checks that pictures can be compared pixel by pixel.
 * @throws RangeError that names both sizes, when output, ground truth and mask differ in size.
 */
export function requireEqualSizes(output: Sized, groundTruth: Sized, mask: Sized | null): void {
  if (sizeOf(output) !== sizeOf(groundTruth)) {
    throw new RangeError(
      `The output is ${sizeOf(output)} pixels, the ground truth ${sizeOf(groundTruth)}.`,
    );
  }
  if (mask !== null && sizeOf(output) !== sizeOf(mask)) {
    throw new RangeError(`The output is ${sizeOf(output)} pixels, the mask ${sizeOf(mask)}.`);
  }
}

/**
 * The RAIM 2026 metrics in float64 on the CPU: what the shaders are held against, and what measures
 * where there is no GPU. Without a mask only `global` has values.
 * @throws RangeError when the sizes differ.
 */
export function measureReference(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
): MetricValues {
  requireEqualSizes(output, groundTruth, mask);
  return {
    psnr: psnrReference(output, groundTruth, mask),
    ssim: ssimReference(output, groundTruth, mask),
    deltae: deltaEReference(output, groundTruth, mask),
  };
}
