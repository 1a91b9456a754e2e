import { describe, expect, it } from 'vitest';
import { areaThumbnail } from '../../src/core/image/thumbnail.ts';
import {
  type GuidedFilterParams,
  guidedFilterFor,
  guidedUpsample,
  guideOf,
} from '../../src/core/methods/guidedFilter.ts';
import {
  createStorage,
  createStorageFrom,
  readBuffer,
  uploadPicture,
} from '../../src/gpu/buffers.ts';
import { GuidedFilterPass } from '../../src/gpu/passes/guidedFilterPass.ts';
import { makePicture, makeRandom, noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const { device } = context;
const pass = new GuidedFilterPass(context);

/** Mask levels far from the float64 ones, and how many differ at all. */
async function compare(
  guide: ReturnType<typeof makePicture>,
  [maskWidth, maskHeight]: readonly [number, number],
  refine: Omit<GuidedFilterParams, 'guide'>,
): Promise<{ most: number; share: number }> {
  const { width, height } = guide;
  const params = { ...refine, guide: guideOf(areaThumbnail(guide, 64, 64)) };
  const random = makeRandom(maskWidth * 7 + maskHeight);
  const data = Float32Array.from({ length: maskWidth * maskHeight }, (_, i) => {
    const x = (i % maskWidth) / maskWidth;
    return Math.min(1, Math.max(0, 2 * x - 0.5 + (random(101) - 50) / 300));
  });
  const mask = { width: maskWidth, height: maskHeight, data };
  const buffer = createStorageFrom(device, 'mask', data);
  const from = { width, height, buffer: uploadPicture(device, 'picture', guide) };
  const target = createStorage(device, 'refined', width * height);
  const encoder = device.createCommandEncoder();
  const release = pass.record(encoder, { ...mask, buffer }, from, params, target);
  device.queue.submit([encoder.finish()]);
  release();
  const actual = new Uint8Array(await readBuffer(device, target, width * height));
  const wanted = guidedUpsample(mask, guide, params).data;
  for (const used of [buffer, from.buffer, target]) used.destroy();
  const apart = actual.map((level, i) => Math.abs(level - (wanted[i] ?? 0)));
  return {
    most: apart.reduce((a, b) => Math.max(a, b), 0),
    share: apart.filter((d) => d > 0).length / apart.length,
  };
}

const scene = (width: number, height: number) =>
  makePicture(width, height, (x, y) => {
    const light = 2 * x > width ? 170 : 12;
    return [light + ((x * 3) % 24), light * 0.8 + (y % 16), light * 0.6 + ((x + y) % 8)];
  });

describe('guided filter pass', () => {
  it.each<[number, number, number, number, number, number]>([
    [301, 203, 64, 48, 9, 1],
    [301, 203, 64, 48, 9, 3.7],
    [128, 530, 32, 32, 70, 2],
    [61, 7, 5, 3, 2, 1],
    [1, 1, 1, 1, 1, 1],
  ])(
    'equals float64 but for ties: %i × %i from %i × %i, radius %i, every %fth pixel',
    async (width, height, maskWidth, maskHeight, radius, subsample) => {
      const params = { radius, epsilon: 1e-3, subsample };
      for (const guide of [scene(width, height), noisePicture(width, height, 3)]) {
        const { most, share } = await compare(guide, [maskWidth, maskHeight], params);
        expect(most).toBeLessThanOrEqual(1);
        expect(share).toBeLessThan(2e-3);
      }
    },
  );

  it('keeps its digits where the picture is nearly flat and epsilon small', async () => {
    const flat = makePicture(200, 90, (x) => [250 + (x % 2), 250, 250]);
    const { most } = await compare(flat, [40, 30], { radius: 6, epsilon: 1e-5, subsample: 1 });
    expect(most).toBeLessThanOrEqual(1);
  });

  it('takes a mask network’s parameters, on a large picture too', async () => {
    const refine = { radius: 8, epsilon: 1e-3, subsample: 2 };
    const params = guidedFilterFor(1300, 400, refine);
    const { most } = await compare(scene(1300, 400), [256, 256], params);
    expect(most).toBeLessThanOrEqual(1);
  });
});
