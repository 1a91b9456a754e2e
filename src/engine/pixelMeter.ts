import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { measureReference } from '../core/metrics/measure.ts';
import { METRIC_IDS, type MetricId, type MetricValues } from '../core/metrics/types.ts';
import type { GpuContext } from '../gpu/device.ts';
import { PixelMetrics } from '../gpu/pixelMetrics.ts';
import type { GpuPicture } from '../gpu/rows.ts';
import type { MetricsBackend, PairJob } from '../protocol/engine.ts';
import type { JobControl } from './queue.ts';

/** Pixel metrics on the device. */
export interface GpuMeter {
  /** The metrics there is a pass for. */
  readonly ids: ReadonlySet<MetricId>;
  /** Of `metrics`, all of which have a pass. Rejects when the device is lost. */
  measure(
    job: PairJob,
    mask: BinaryMask | null,
    metrics: readonly MetricId[],
  ): Promise<MetricValues>;
  /** Takes over an output that was made on the device, for measurements under its address. */
  adopt(address: string, picture: GpuPicture): void;
}

/** A meter with a pass for every metric; ground truths stay on the device under their address. */
export function makeGpuMeter(gpu: GpuContext): GpuMeter {
  const pixels = new PixelMetrics(gpu);
  return {
    ids: new Set(METRIC_IDS),
    measure: ({ output, groundTruth, addresses }, mask, metrics) =>
      pixels.measure(
        metrics,
        output,
        groundTruth,
        mask,
        addresses ? { groundTruthKey: addresses.groundTruth, outputKey: addresses.output } : {},
      ),
    adopt: (address, picture) => pixels.adopt(address, picture),
  };
}

/** What measures each metric here. */
export function metricBackends(meter: GpuMeter | null): Record<MetricId, MetricsBackend> {
  const entries = METRIC_IDS.map((id) => [id, meter?.ids.has(id) ? 'wgsl' : 'reference'] as const);
  return Object.fromEntries(entries) as Record<MetricId, MetricsBackend>;
}

export interface Measured {
  readonly values: MetricValues;
  readonly backends: Readonly<Partial<Record<MetricId, MetricsBackend>>>;
}

function measureOne(output: Rgba8, groundTruth: Rgba8, mask: BinaryMask | null, id: MetricId) {
  return measureReference(output, groundTruth, mask, [id]);
}

/**
 * Metrics of a pair of pictures: on the device those it has a pass for, the others, or all of a job
 * that says `onCpu`, by the float64 reference.
 * @throws {Failure} `cancelled` between two metrics of the reference
 */
export async function measurePair(
  meter: GpuMeter | null,
  job: PairJob,
  mask: BinaryMask | null,
  metrics: readonly MetricId[],
  control: JobControl,
): Promise<Measured> {
  const device = job.onCpu ? null : meter;
  const onDevice = metrics.filter((id) => device?.ids.has(id));
  const values: { -readonly [Id in MetricId]?: MetricValues[Id] } = {};
  const backends: { [Id in MetricId]?: MetricsBackend } = {};
  if (device && onDevice.length > 0) {
    Object.assign(values, await device.measure(job, mask, onDevice));
    for (const id of onDevice) backends[id] = 'wgsl';
  }
  for (const id of metrics) {
    if (backends[id] !== undefined) continue;
    await control.checkpoint();
    Object.assign(values, measureOne(job.output, job.groundTruth, mask, id));
    backends[id] = 'reference';
  }
  return { values, backends };
}
