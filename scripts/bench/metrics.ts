import { measureReference } from '../../src/core/metrics/measure.ts';
import {
  METRIC_IDS,
  type MetricId,
  type MetricValues,
  RAIM_METRIC_IDS,
  REGION_IDS,
} from '../../src/core/metrics/types.ts';
import { createStorage, uploadPicture, writeBytes } from '../../src/gpu/buffers.ts';
import { type GpuContext, requestDevice } from '../../src/gpu/device.ts';
import { PassSet } from '../../src/gpu/passSet.ts';
import { PixelMetrics } from '../../src/gpu/pixelMetrics.ts';
import { GpuTimer } from './gpuTimer.ts';
import { makePair, type Pair } from './pictures.ts';
import { repeat, type Timing, timeCalls, timed } from './timing.ts';

export interface MetricBench {
  readonly name: string;
  /** From pictures in memory to values: upload and readback included. */
  readonly wgsl: Timing;
  /** The same with the ground truth on the GPU already. */
  readonly kept: Timing;
  /** Milliseconds of GPU time of the passes alone; null where the device tells none. */
  readonly gpu: number | null;
  /** One call of the float64 reference on the CPU, in milliseconds. */
  readonly reference: number;
  /** Largest difference of any metric in any region between the two. */
  readonly difference: number;
  /** Bytes that the passes must at least move, over GPU time, over the measured copy bandwidth. */
  readonly bandwidthShare: number | null;
}

export interface MetricsBench {
  readonly adapter: string;
  /** Bytes a second that a copy reads and writes; null on software adapters. */
  readonly copyBandwidth: number | null;
  /** What `benchMetric` times, by its place here. */
  readonly names: readonly string[];
}

/** Measured together, and every metric alone. */
const SETS: readonly (readonly [string, readonly MetricId[]])[] = [
  ['RAIM set, fused', RAIM_METRIC_IDS],
  ...METRIC_IDS.map((id) => [id, [id]] as const),
  ['all metrics', METRIC_IDS],
];

async function openDevice(): Promise<GpuContext> {
  const errors: string[] = [];
  const context = await requestDevice(navigator.gpu, (message) => errors.push(message));
  if (context === null) throw new Error(`No WebGPU device: ${errors.join('; ') || 'no adapter'}`);
  return context;
}

function largestDifference(a: MetricValues, b: MetricValues, ids: readonly MetricId[]): number {
  const differences = ids.flatMap((id) =>
    REGION_IDS.map((region) => Math.abs((a[id]?.[region] ?? 0) - (b[id]?.[region] ?? 0))),
  );
  return Math.max(...differences);
}

/** GPU time of the passes of a set over pictures that are on the GPU; the best of `runs`. */
async function timePasses(
  context: GpuContext,
  { output, groundTruth, mask }: Pair,
  ids: readonly MetricId[],
  runs: number,
): Promise<number | null> {
  const { device } = context;
  const timer = GpuTimer.of(device);
  if (timer === null) return null;
  const { width, height } = output;
  const passes = new PassSet(context);
  const a = uploadPicture(device, 'output', output);
  const b = uploadPicture(device, 'truth', groundTruth);
  const m = createStorage(device, 'mask', mask.data.length);
  writeBytes(device, m, mask.data, 0, mask.data.length);
  const range = (buffer: GPUBuffer) => ({ resource: { buffer }, origin: 0 });
  const ranges = { output: range(a), groundTruth: range(b), mask: range(m) };
  const band = { width, height, firstRow: 0, endRow: height, ...ranges };
  const times = await repeat(runs, async () => {
    const scratch: GPUBuffer[] = [];
    const time = await timer.time((encoder) => {
      for (const pass of passes.for(ids)) {
        const partials = createStorage(device, 'sums', pass.partialsBytes(width, height));
        const size = partials.size;
        scratch.push(partials, ...pass.record(encoder, band, { buffer: partials, size }));
      }
    });
    for (const buffer of scratch) buffer.destroy();
    return time;
  });
  for (const buffer of [a, b, m]) buffer.destroy();
  passes.destroy();
  timer.destroy();
  return Math.min(...times);
}

/** Bytes a second that a copy within the GPU reads and writes. */
async function copyBandwidth(device: GPUDevice, runs: number): Promise<number | null> {
  const timer = GpuTimer.of(device);
  if (timer === null) return null;
  const bytes = 128 * 2 ** 20;
  const [from, to] = [0, 1].map(() => createStorage(device, 'copy', bytes));
  if (!from || !to) return null;
  const times = await repeat(runs, () =>
    timer.time((encoder) => encoder.copyBufferToBuffer(from, 0, to, 0, bytes)),
  );
  for (const buffer of [from, to]) buffer.destroy();
  timer.destroy();
  return (2 * bytes) / (Math.min(...times) / 1000);
}

interface Prepared {
  readonly context: GpuContext;
  readonly pair: Pair;
  readonly runs: number;
  readonly bandwidth: number | null;
}

let prepared: Prepared | null = null;

/** Makes the pictures and a device of their own; ends what was prepared before. */
export async function prepareMetrics(
  width: number,
  height: number,
  runs: number,
): Promise<MetricsBench> {
  prepared?.context.device.destroy();
  const context = await openDevice();
  const bandwidth = context.software ? null : await copyBandwidth(context.device, runs);
  prepared = { context, pair: makePair(width, height), runs, bandwidth };
  const names = SETS.map(([name]) => name);
  return { adapter: context.description, copyBandwidth: bandwidth, names };
}

/** Times one of the prepared sets of metrics. */
export async function benchMetric(index: number): Promise<MetricBench> {
  const set = SETS[index];
  if (prepared === null || set === undefined) throw new Error('There is nothing to time.');
  const { context, pair, runs, bandwidth } = prepared;
  const { output, groundTruth, mask } = pair;
  const [name, ids] = set;
  let metrics: PixelMetrics | null = null;
  let values: MetricValues = {};
  const measure = async (groundTruthKey?: string) => {
    metrics ??= new PixelMetrics(context);
    const kept = groundTruthKey === undefined ? {} : { groundTruthKey };
    values = await metrics.measure(ids, output, groundTruth, mask, kept);
  };
  const wgsl = await timeCalls(runs, () => measure());
  const kept = await timeCalls(runs, () => measure('truth'));
  const gpu = await timePasses(context, pair, ids, runs);
  let wanted: MetricValues = {};
  const reference = await timed(() => {
    wanted = measureReference(output, groundTruth, mask, ids);
  });
  const moved = output.data.length + groundTruth.data.length + mask.data.length;
  const bandwidthShare = bandwidth && gpu ? moved / (gpu / 1000) / bandwidth : null;
  const difference = largestDifference(values, wanted, ids);
  return { name, wgsl, kept, gpu, reference, difference, bandwidthShare };
}
