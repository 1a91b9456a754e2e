import { expect } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { createStorage, readPicture, uploadPicture } from '../../src/gpu/buffers.ts';
import type { GpuPicture } from '../../src/gpu/rows.ts';

/** What a pass makes of pictures of one size, the first of which tells it. */
export async function runPass(
  device: GPUDevice,
  sources: readonly [Rgba8, ...Rgba8[]],
  record: (encoder: GPUCommandEncoder, from: readonly GpuPicture[], to: GpuPicture) => unknown,
): Promise<Rgba8> {
  const [{ width, height }] = sources;
  const from = sources.map((picture) => ({
    width: picture.width,
    height: picture.height,
    buffer: uploadPicture(device, 'picture', picture),
  }));
  const target = { width, height, buffer: createStorage(device, 'result', width * height * 4) };
  const encoder = device.createCommandEncoder();
  record(encoder, from, target);
  device.queue.submit([encoder.finish()]);
  const result = await readPicture(device, target.buffer, width, height);
  for (const { buffer } of [...from, target]) buffer.destroy();
  return result;
}

/**
 * Equal to the float64 twin but for values half way between two levels, which f32 may round to the
 * other side: by one level, and in at most this share of all bytes.
 */
export function expectTwin(actual: Rgba8, wanted: Rgba8, share = 2e-4): void {
  expect(actual.data.length).toBe(wanted.data.length);
  let off = 0;
  actual.data.forEach((level, i) => {
    const apart = Math.abs(level - (wanted.data[i] ?? 0));
    if (apart > 1) throw new Error(`byte ${i} is ${level}, not ${wanted.data[i]}`);
    off += apart;
  });
  expect(off).toBeLessThanOrEqual(Math.max(1, wanted.data.length * share));
}
