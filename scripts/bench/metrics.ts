import { measureReference } from '../../src/core/metrics/measure.ts';
import { RAIM_METRIC_IDS, type RaimValues, REGION_IDS } from '../../src/core/metrics/types.ts';
import { type GpuContext, requestDevice } from '../../src/gpu/device.ts';
import { RaimMetrics } from '../../src/gpu/metrics.ts';
import { makePair } from './pictures.ts';
import { type Timing, timeCalls, timed } from './timing.ts';

export interface MetricsBench {
  readonly adapter: string;
  readonly wgsl: Timing;
  /** One call of the float64 reference on the CPU, in milliseconds. */
  readonly reference: number;
  /** Largest difference of any metric in any region between the two. */
  readonly difference: number;
}

async function openDevice(): Promise<GpuContext> {
  const errors: string[] = [];
  const context = await requestDevice(navigator.gpu, (message) => errors.push(message));
  if (context === null) throw new Error(`No WebGPU device: ${errors.join('; ') || 'no adapter'}`);
  return context;
}

function largestDifference(a: RaimValues, b: RaimValues): number {
  const differences = RAIM_METRIC_IDS.flatMap((metric) =>
    REGION_IDS.map((region) => Math.abs((a[metric][region] ?? 0) - (b[metric][region] ?? 0))),
  );
  return Math.max(...differences);
}

/** Times the fused RAIM 2026 metrics at one size on a device of their own, upload and readback in. */
export async function benchMetrics(
  width: number,
  height: number,
  runs: number,
): Promise<MetricsBench> {
  const { output, groundTruth, mask } = makePair(width, height);
  const context = await openDevice();
  let metrics: RaimMetrics | null = null;
  let values: RaimValues | null = null;
  const wgsl = await timeCalls(runs, async () => {
    metrics ??= new RaimMetrics(context);
    values = await metrics.measure(output, groundTruth, mask);
  });
  let wanted: RaimValues | null = null;
  const reference = await timed(() => {
    wanted = measureReference(output, groundTruth, mask);
  });
  context.device.destroy();
  if (values === null || wanted === null) throw new Error('nothing was measured');
  const difference = largestDifference(values, wanted);
  return { adapter: context.description, wgsl, reference, difference };
}
