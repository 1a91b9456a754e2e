import { MS_SSIM_MIN_SIDE, MS_SSIM_WEIGHTS } from '../core/metrics/msSsim.ts';
import { psnrFromSquaredErrors } from '../core/metrics/psnr.ts';
import { psnrYFromSquaredErrors } from '../core/metrics/psnrY.ts';
import { meanOf, type RegionSum, valuesOf } from '../core/metrics/regions.ts';
import type { MetricId, RegionValues } from '../core/metrics/types.ts';
import { COLOUR_UNIT } from './passes/colourSumsPass.ts';
import { GAUSSIAN_UNIT } from './passes/gaussianSsimPass.ts';
import { LAB8_UNIT } from './passes/opencvLabSumsPass.ts';
import { SSIM_UNIT } from './passes/ssimSumsPass.ts';
import type { RegionTotals } from './regionTotals.ts';

interface Measured {
  readonly totals: RegionTotals;
  readonly hasMask: boolean;
  readonly width: number;
  readonly height: number;
}

type Finish = (measured: Measured) => RegionValues;

/** The shaders sum 1 - SSIM, whose small values keep more digits than those near 1. */
const complement = (region: RegionSum) => 1 - meanOf(region);

function msSsim({ totals, width, height }: Measured): RegionValues {
  const none = { person: null, background: null, global: null };
  if (Math.min(width, height) < MS_SSIM_MIN_SIDE) return none;
  let product = 1;
  MS_SSIM_WEIGHTS.forEach((weight, level) => {
    const coarsest = level === MS_SSIM_WEIGHTS.length - 1;
    const name = coarsest ? (`similarity${level}` as const) : (`structure${level}` as const);
    const sums = totals.sums(name, GAUSSIAN_UNIT, `windows${level}`);
    const mean = valuesOf(sums, false, complement).global ?? 0;
    product *= Math.max(0, mean) ** weight;
  });
  return { ...none, global: product };
}

const FINISH: Readonly<Record<MetricId, Finish>> = {
  psnr: ({ totals, hasMask }) =>
    valuesOf(totals.sums('squaredError'), hasMask, psnrFromSquaredErrors),
  'psnr-y': ({ totals, hasMask }) =>
    valuesOf(totals.sums('squaredLumaError'), hasMask, psnrYFromSquaredErrors),
  mae: ({ totals, hasMask }) =>
    valuesOf(totals.sums('absoluteError'), hasMask, (region) => meanOf(region) / 3),
  rmse: ({ totals, hasMask }) =>
    valuesOf(totals.sums('squaredError'), hasMask, (region) => Math.sqrt(meanOf(region) / 3)),
  ssim: ({ totals, hasMask }) =>
    valuesOf(totals.sums('dissimilarity', SSIM_UNIT), hasMask, complement),
  'ssim-wang': ({ totals, hasMask }) =>
    valuesOf(totals.sums('similarity0', GAUSSIAN_UNIT, 'windows0'), hasMask, complement),
  'ms-ssim': msSsim,
  deltae: ({ totals, hasMask }) => valuesOf(totals.sums('deltaE', LAB8_UNIT), hasMask, meanOf),
  deltae76: ({ totals, hasMask }) =>
    valuesOf(totals.sums('deltaE76', COLOUR_UNIT), hasMask, meanOf),
  deltae2000: ({ totals, hasMask }) =>
    valuesOf(totals.sums('deltaE2000', COLOUR_UNIT), hasMask, meanOf),
};

/** A metric's values from the totals of the passes that it needs, finished in float64. */
export function finishMetric(id: MetricId, measured: Measured): RegionValues {
  return FINISH[id](measured);
}
