import type { BinaryMask, Rgba8 } from '../src/core/image/types.ts';
import { measureReference } from '../src/core/metrics/measure.ts';
import { METRIC_IDS, type MetricValues } from '../src/core/metrics/types.ts';
import { BadInput, NoGpu } from './exit.ts';

/** What measures a pair of pictures of one size, on the GPU or in float64 on the CPU. */
export interface Measurer {
  readonly backend: 'wgsl' | 'reference';
  /** For the terminal, e.g. "google SwiftShader driver (software)". */
  readonly description: string;
  /** Every metric that compares pixels. */
  measure(output: Rgba8, groundTruth: Rgba8, mask: BinaryMask | null): Promise<MetricValues>;
  close(): void;
}

const DEVICES = ['auto', 'cpu', 'gpu'] as const;
export type Device = (typeof DEVICES)[number];

/** @throws {BadInput} for another word */
export function readDevice(text: string): Device {
  const device = DEVICES.find((known) => known === text);
  if (device) return device;
  throw new BadInput(`--device is “${text}”; it must be ${DEVICES.join(', ')}.`);
}

const ON_CPU: Measurer = {
  backend: 'reference',
  description: 'the CPU, in float64',
  measure: async (output, groundTruth, mask) =>
    measureReference(output, groundTruth, mask, METRIC_IDS),
  close() {},
};

async function onGpu(): Promise<Measurer | null> {
  const [{ openGpu }, { PixelMetrics }] = await Promise.all([
    import('./gpu.ts'),
    import('../src/gpu/pixelMetrics.ts'),
  ]);
  const gpu = await openGpu();
  if (!gpu) return null;
  const metrics = new PixelMetrics(gpu.context);
  return {
    backend: 'wgsl',
    description: gpu.context.description,
    async measure(output, groundTruth, mask) {
      const values = await metrics.measure(METRIC_IDS, output, groundTruth, mask);
      gpu.check();
      return values;
    },
    close() {
      metrics.destroy();
      gpu.close();
    },
  };
}

/** @throws {NoGpu} where a GPU is asked for and there is none */
export async function openMeasurer(device: Device): Promise<Measurer> {
  if (device === 'cpu') return ON_CPU;
  const gpu = await onGpu();
  if (gpu) return gpu;
  if (device === 'auto') return ON_CPU;
  throw new NoGpu(
    'There is no GPU that WebGPU can use here, and no Chromium whose software adapter could stand in: install a Vulkan driver, or use --device cpu.',
  );
}
