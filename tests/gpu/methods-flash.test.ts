import { describe, expect, it } from 'vitest';
import type { Gray8, Rgba8 } from '../../src/core/image/types.ts';
import {
  simulateWeakFlash,
  type WeakFlash,
  weakFlashFromSeed,
} from '../../src/core/methods/weakFlash.ts';
import { createStorage, writeBytes } from '../../src/gpu/buffers.ts';
import { WeakFlashPass } from '../../src/gpu/passes/weakFlashPass.ts';
import { largestBinding, makePicture, noisePicture, openDevice } from './helpers.ts';
import { expectTwin, runPass } from './twins.ts';

const context = await openDevice();
const { device } = context;
const pass = new WeakFlashPass(context);

async function run(
  source: Rgba8,
  mask: Gray8 | null,
  params: WeakFlash,
  bindingBytes?: number,
): Promise<Rgba8> {
  const inside = mask && createStorage(device, 'mask', mask.data.byteLength);
  if (mask && inside) writeBytes(device, inside, mask.data, 0, mask.data.byteLength);
  const result = await runPass(device, [source], (encoder, [from], to) => {
    if (from) pass.record(encoder, from, inside, params, to, bindingBytes);
  });
  inside?.destroy();
  return result;
}

/** Noise multiplies what f32 and float64 round apart. */
const TIES = 5e-4;

const portrait = makePicture(203, 151, (x, y) => [
  Math.min(255, 130 + ((x * 5 + y * 3) % 120)),
  90 + ((x + y) % 100),
  70 + ((x * y) % 90),
]);
const mask: Gray8 = {
  width: 203,
  height: 151,
  data: Uint8Array.from({ length: 203 * 151 }, (_, i) => (i * 5) % 256),
};

describe('weak flash pass', () => {
  it.each([1, 2, 0xffffffff])('equals float64 but for ties: seed %i', async (seed) => {
    const params = weakFlashFromSeed(seed);
    expectTwin(await run(portrait, null, params), simulateWeakFlash(portrait, null, params), TIES);
    expectTwin(await run(portrait, mask, params), simulateWeakFlash(portrait, mask, params), TIES);
  });

  it('equals float64 over noise and in pictures of a pixel', async () => {
    const params = weakFlashFromSeed(77);
    for (const source of [noisePicture(301, 97, 4), noisePicture(1, 1, 5), noisePicture(2, 3, 5)]) {
      expectTwin(await run(source, null, params), simulateWeakFlash(source, null, params), TIES);
    }
  });

  it('does not change when the picture is bound in parts', async () => {
    const source = noisePicture(150, 333, 9);
    const params = weakFlashFromSeed(3);
    const limit = 150 * 4 * 60;
    const whole = await run(source, null, params);
    const bound = await largestBinding(device, async () => {
      expect(await run(source, null, params, limit)).toEqual(whole);
    });
    expect(bound).toBeLessThanOrEqual(limit);
  });
});
