import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { deltaEReference } from './deltae.ts';
import { deltaE76Reference } from './deltae76.ts';
import { deltaE2000Reference } from './deltae2000.ts';
import { maeReference } from './mae.ts';
import { msSsimReference } from './msSsim.ts';
import { psnrReference } from './psnr.ts';
import { psnrYReference } from './psnrY.ts';
import { rmseReference } from './rmse.ts';
import { ssimReference } from './ssim.ts';
import { ssimWangReference } from './ssimWang.ts';
import {
  type MetricId,
  type MetricValue,
  type MetricValues,
  RAIM_METRIC_IDS,
  type RaimValues,
  type RegionValues,
} from './types.ts';

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

type Reference = (output: Rgba8, groundTruth: Rgba8, mask: BinaryMask | null) => RegionValues;

const REFERENCES: Readonly<Record<MetricId, Reference>> = {
  psnr: psnrReference,
  'psnr-y': psnrYReference,
  mae: maeReference,
  rmse: rmseReference,
  ssim: ssimReference,
  'ssim-wang': ssimWangReference,
  'ms-ssim': msSsimReference,
  deltae: deltaEReference,
  deltae76: deltaE76Reference,
  deltae2000: deltaE2000Reference,
};

/**
 * Metrics in float64 on the CPU, the RAIM 2026 set unless others are asked for: what the shaders are
 * held against, and what measures where there is no GPU. Without a mask only `global` has values.
 * @throws RangeError when the sizes differ.
 */
export function measureReference(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
): RaimValues;
export function measureReference<Id extends MetricId>(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
  ids: readonly Id[],
): Readonly<Record<Id, RegionValues>>;
export function measureReference(
  output: Rgba8,
  groundTruth: Rgba8,
  mask: BinaryMask | null,
  ids: readonly MetricId[] = RAIM_METRIC_IDS,
): MetricValues {
  requireEqualSizes(output, groundTruth, mask);
  return Object.fromEntries(ids.map((id) => [id, REFERENCES[id](output, groundTruth, mask)]));
}

/**
 * Metrics over one region of any shape, in float64: what `measureReference` gives for the person of
 * a mask. Null where the region has no pixels, or where the metric has a value of the whole only.
 * @param region 1 in the region, 0 outside
 * @throws RangeError when the sizes differ.
 */
export function measureRegion(
  output: Rgba8,
  groundTruth: Rgba8,
  region: BinaryMask,
  ids: readonly MetricId[] = RAIM_METRIC_IDS,
): Readonly<Partial<Record<MetricId, MetricValue>>> {
  const values: MetricValues = measureReference(output, groundTruth, region, ids);
  return Object.fromEntries(ids.map((id) => [id, values[id]?.person ?? null]));
}
