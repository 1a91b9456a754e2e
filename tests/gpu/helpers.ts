import fc from 'fast-check';
import { afterAll, afterEach, expect, vi } from 'vitest';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import { RAIM_METRIC_IDS, type RaimValues, REGION_IDS } from '../../src/core/metrics/types.ts';
import { type GpuContext, requestDevice } from '../../src/gpu/device.ts';
import { PixelMetrics } from '../../src/gpu/pixelMetrics.ts';
import type { GpuPicture } from '../../src/gpu/rows.ts';

/**
 * A device for a test file. Any error that WebGPU reports outside a call fails the test that was
 * running; a machine without WebGPU fails the file.
 */
export async function openDevice(): Promise<GpuContext> {
  const errors: string[] = [];
  const context = await requestDevice(navigator.gpu, (message) => errors.push(message));
  if (context === null) throw new Error(`No WebGPU device: ${errors.join('; ') || 'no adapter'}`);
  afterEach(async () => {
    await context.device.queue.onSubmittedWorkDone();
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(() => context.device.destroy());
  return context;
}

/** The RAIM 2026 set alone. `bandBytes`: the most that a band of one picture may take. */
export function makeRaimMetrics(context: GpuContext, bandBytes?: number) {
  const metrics = new PixelMetrics(context, bandBytes === undefined ? {} : { bandBytes });
  return {
    measure: (
      output: Rgba8 | GpuPicture,
      groundTruth: Rgba8 | GpuPicture,
      mask: BinaryMask | GpuPicture | null,
    ): Promise<RaimValues> => metrics.measure(RAIM_METRIC_IDS, output, groundTruth, mask),
    destroy: () => metrics.destroy(),
  };
}

/** Bytes of the largest binding that `work` makes on this device. */
export async function largestBinding(
  device: GPUDevice,
  work: () => Promise<unknown>,
): Promise<number> {
  const spy = vi.spyOn(device, 'createBindGroup');
  try {
    await work();
    const entries = spy.mock.calls.flatMap(([{ entries: list }]) => [...list]);
    const sizes = entries.map(({ resource }) =>
      'buffer' in resource ? (resource.size ?? resource.buffer.size - (resource.offset ?? 0)) : 0,
    );
    return Math.max(...sizes);
  } finally {
    spy.mockRestore();
  }
}

/** Opaque picture from `rgbAt(x, y)`. */
export function makePicture(
  width: number,
  height: number,
  rgbAt: (x: number, y: number) => readonly [number, number, number],
): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    data.set([...rgbAt(i % width, Math.floor(i / width)), 255], i * 4);
  }
  return { width, height, data };
}

export function makeMask(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
): BinaryMask {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(i % width, Math.floor(i / width)) ? 1 : 0,
  );
  return { width, height, data };
}

/** A small deterministic source of whole numbers in [0, below): xorshift32. */
export function makeRandom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Noise over every byte value. */
export function noisePicture(width: number, height: number, seed: number): Rgba8 {
  const random = makeRandom(seed);
  return makePicture(width, height, () => [random(256), random(256), random(256)]);
}

/** PSNR to the last bit, the others to `tolerance`; "no value" in the same places. */
export function expectMetrics(actual: RaimValues, wanted: RaimValues, tolerance = 1e-6): void {
  expect(actual.psnr).toEqual(wanted.psnr);
  for (const metric of RAIM_METRIC_IDS) {
    for (const region of REGION_IDS) {
      const a = actual[metric][region];
      const b = wanted[metric][region];
      const what = `${metric} ${region}: ${a} against ${b}`;
      if (a === null || b === null) expect(a, what).toBe(b);
      else expect(Math.abs(a - b), what).toBeLessThanOrEqual(tolerance);
    }
  }
}

/** Byte values with black, white and their neighbours far more often than chance. */
export const levels = fc.oneof(
  fc.constantFrom(0, 1, 127, 128, 254, 255),
  fc.integer({ min: 0, max: 255 }),
);
