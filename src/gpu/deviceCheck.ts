import { measureReference } from '../core/metrics/measure.ts';
import { METRIC_IDS, type MetricId, type MetricValues, REGION_IDS } from '../core/metrics/types.ts';
import { type CheckPair, checkPairs } from './checkFixtures.ts';
import type { GpuContext } from './device.ts';
import { PixelMetrics } from './pixelMetrics.ts';

/** How far a metric is from float64 on this device. */
export interface Deviation {
  readonly id: MetricId;
  /**
   * Largest deviation over the built-in pictures and their regions, absolute below 1 and relative
   * above; null where a value was missing, superfluous or not finite.
   */
  readonly deviation: number | null;
  /** Up to here the metric may be cited. */
  readonly tolerance: number;
  readonly exact: boolean;
}

/** Metrics whose sums are whole numbers throughout agree to the last bit, on any device. */
const TOLERANCES: Readonly<Record<MetricId, number>> = {
  psnr: 0,
  'psnr-y': 0,
  mae: 0,
  rmse: 0,
  ssim: 1e-6,
  'ssim-wang': 1e-6,
  'ms-ssim': 1e-6,
  deltae: 1e-6,
  deltae76: 1e-6,
  deltae2000: 1e-6,
};

function deviationOf(actual: MetricValues, wanted: MetricValues, id: MetricId): number | null {
  let most = 0;
  for (const region of REGION_IDS) {
    const a = actual[id]?.[region] ?? null;
    const b = wanted[id]?.[region] ?? null;
    if (a === null && b === null) continue;
    if (a === null || b === null || !Number.isFinite(a)) return null;
    most = Math.max(most, Math.abs(a - b) / Math.max(1, Math.abs(b)));
  }
  return most;
}

/**
 * Holds every metric of this device against the float64 reference, over procedural pictures that
 * reach what goes wrong on GPUs: flat fields, saturated edges, odd sizes, noise, all 2^16 pairs of
 * a channel's levels, colours of the whole cube. Uses a measurer of its own.
 * @param pairs what to measure, for tests; all built-in pictures otherwise
 * @param pause awaited between two pictures: the place to stop
 * Rejects when the device is lost.
 */
export async function checkDevice(
  context: GpuContext,
  ids: readonly MetricId[] = METRIC_IDS,
  pairs: readonly CheckPair[] = checkPairs(),
  pause: () => Promise<void> = async () => undefined,
): Promise<readonly Deviation[]> {
  const metrics = new PixelMetrics(context);
  const worst = new Map<MetricId, number | null>(ids.map((id) => [id, 0]));
  try {
    for (const { output, groundTruth, mask, only } of pairs) {
      await pause();
      const asked = only === null ? ids : ids.filter((id) => only.includes(id));
      if (asked.length === 0) continue;
      const actual = await metrics.measure(asked, output, groundTruth, mask);
      const wanted = measureReference(output, groundTruth, mask, asked);
      for (const id of asked) {
        const before = worst.get(id) ?? null;
        const deviation = deviationOf(actual, wanted, id);
        const unknown = deviation === null || before === null;
        worst.set(id, unknown ? null : Math.max(before, deviation));
      }
    }
  } finally {
    metrics.destroy();
  }
  return ids.map((id) => {
    const deviation = worst.get(id) ?? null;
    const tolerance = TOLERANCES[id];
    return { id, deviation, tolerance, exact: deviation !== null && deviation <= tolerance };
  });
}
