import { niqe } from '../core/metrics/niqe/niqe.ts';
import { regionMask } from '../core/metrics/regionRule.ts';
import { type MetricId, type MetricValue, RAIM_METRIC_IDS } from '../core/metrics/types.ts';
import type {
  MeasureJob,
  MeasureOutcome,
  MeasureRegionJob,
  MeasureRegionOutcome,
  NiqeJob,
  NiqeOutcome,
  PairJob,
} from '../protocol/engine.ts';
import { Failure } from './failure.ts';
import { type GpuMeter, measurePair } from './pixelMeter.ts';
import type { JobControl } from './queue.ts';

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/** @throws {Failure} `size-mismatch` that names the file */
export function requirePair({
  fileName,
  output,
  groundTruth,
}: Pick<PairJob, 'fileName' | 'output' | 'groundTruth'>): void {
  if (output.width === groundTruth.width && output.height === groundTruth.height) return;
  throw new Failure(
    'size-mismatch',
    `${fileName} is ${output.width}×${output.height}, its ground truth ${groundTruth.width}×${groundTruth.height}. Use a ground truth of the same size.`,
  );
}

/** Metrics of a picture by person, background and as a whole. */
export async function runMeasure(
  meter: GpuMeter | null,
  job: MeasureJob,
  control: JobControl,
): Promise<MeasureOutcome> {
  requirePair(job);
  const started = performance.now();
  const metrics = job.metrics ?? RAIM_METRIC_IDS;
  const { values, backends } = await measurePair(meter, job, job.mask, metrics, control);
  const backend = metrics.every((id) => backends[id] === 'wgsl') ? 'wgsl' : 'reference';
  return { values, backend, backends, seconds: secondsSince(started) };
}

/** Metrics over one further region. */
export async function runMeasureRegion(
  meter: GpuMeter | null,
  job: MeasureRegionJob,
  control: JobControl,
): Promise<MeasureRegionOutcome> {
  requirePair(job);
  const started = performance.now();
  const { width, height } = job.output;
  const region = regionMask(job.rule, width, height, job.masks);
  const none = region === null || !region.data.includes(1);
  const measured = none
    ? { values: {}, backends: {} }
    : await measurePair(meter, job, region, job.metrics, control);
  const values: { [Id in MetricId]?: MetricValue } = {};
  for (const id of job.metrics) values[id] = measured.values[id]?.person ?? null;
  return { values, backends: measured.backends, seconds: secondsSince(started) };
}

export function runNiqe({ picture }: NiqeJob): NiqeOutcome {
  const started = performance.now();
  return { result: niqe(picture), seconds: secondsSince(started) };
}
