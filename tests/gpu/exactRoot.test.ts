import { describe, expect, it } from 'vitest';
import { createStorage, readBuffer } from '../../src/gpu/buffers.ts';
import { recordDispatch } from '../../src/gpu/compute.ts';
import { openDevice } from './helpers.ts';

const context = await openDevice();
const { device } = context;

/** One more than the largest squared distance of two 8-bit colours. */
const COUNT = 3 * 255 * 255 + 1;

/** Roots of 0..COUNT-1 in float64, from estimates that are off by a relative `error`. */
async function rootsFrom(error: number): Promise<number[]> {
  const pipeline = context.pipelines.compute(
    'roots',
    `// use: exact_root
override ERROR: f32;
@group(0) @binding(0) var<storage, read_write> roots: array<vec2f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < ${COUNT}u) {
    let k = f32(id.x);
    let root = refine_root(k, sqrt(k) * (1.0 + ERROR));
    roots[id.x] = vec2f(root.whole, root.fraction);
  }
}`,
    { ERROR: error },
  );
  const buffer = createStorage(device, 'roots', COUNT * 8);
  const encoder = device.createCommandEncoder();
  recordDispatch(device, encoder, pipeline, [{ buffer }], [Math.ceil(COUNT / 256), 1]);
  device.queue.submit([encoder.finish()]);
  const words = new Float32Array(await readBuffer(device, buffer, COUNT * 8));
  buffer.destroy();
  return Array.from(
    { length: COUNT },
    (_, k) => (words[2 * k] ?? Number.NaN) + (words[2 * k + 1] ?? Number.NaN),
  );
}

describe('square root in whole part and fraction', () => {
  // Eight units in the last place: twice what WGSL's sqrt may be off.
  it.each([0, 1e-6, -1e-6])('is right to 1e-6 for every ΔE, estimates off by %f', async (error) => {
    const roots = await rootsFrom(error);
    const worst = roots.reduce((most, root, k) => Math.max(most, Math.abs(root - Math.sqrt(k))), 0);
    expect(worst).toBeLessThan(1e-6);
  });

  it('is exact for squares', async () => {
    for (const error of [1e-6, -1e-6]) {
      const roots = await rootsFrom(error);
      for (let n = 0; n * n < COUNT; n += 1) expect(roots[n * n]).toBe(n);
    }
  });
});
