import { describe, expect, it } from 'vitest';
import { throughPass } from '../../src/engine/throughPass.ts';
import { createStorage } from '../../src/gpu/buffers.ts';
import { noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const { device } = context;
const picture = noisePicture(16, 12, 1);

describe('a picture through a pass', () => {
  it('comes back as the pass leaves it, and what the pass needed is freed', async () => {
    let freed = 0;
    const copy = await throughPass(context, [picture], (encoder, [source], target) => {
      if (source) encoder.copyBufferToBuffer(source.buffer, 0, target.buffer, 0, 16 * 12 * 4);
      return () => {
        freed += 1;
      };
    });
    expect(copy.data).toEqual(picture.data);
    expect(freed).toBe(1);
  });

  // That nothing reaches the device's error listener is checked after every test.
  it.each<[string, (encoder: GPUCommandEncoder, target: GPUBuffer) => void]>([
    ['recorded', (encoder, target) => encoder.copyBufferToBuffer(target, 0, target, 0, 4)],
    ['allocated', () => createStorage(device, 'huge', 2 * device.limits.maxBufferSize)],
  ])('is no black one where something cannot be %s', async (_, fail) => {
    const failed = throughPass(context, [picture], (encoder, __, target) => {
      fail(encoder, target.buffer);
      return () => undefined;
    });
    await expect(failed).rejects.toMatchObject({
      kind: 'model-run',
      message: expect.stringMatching(/^The graphics device could not do this \(.+\), .* Try again/),
    });
  });

  it('leaves no scope open where recording throws', async () => {
    const thrown = throughPass(context, [picture], () => {
      throw new RangeError('of two sizes');
    });
    await expect(thrown).rejects.toThrow('of two sizes');
    await expect(device.popErrorScope()).rejects.toThrow();
  });
});
