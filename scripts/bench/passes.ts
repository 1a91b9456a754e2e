import { createStorage, uploadPicture } from '../../src/gpu/buffers.ts';
import { requestDevice } from '../../src/gpu/device.ts';
import { BlendPass, createFaultCounters } from '../../src/gpu/passes/blendPass.ts';
import { PackPass } from '../../src/gpu/passes/packPass.ts';
import { ThumbnailPass } from '../../src/gpu/passes/thumbnailPass.ts';
import { planesBytes } from '../../src/gpu/rows.ts';
import { makePair } from './pictures.ts';
import { type Timing, timeCalls } from './timing.ts';

export interface PassesBench {
  readonly pack: Timing;
  readonly thumbnail: Timing;
  readonly blend: Timing;
}

/** Times pack and blend of one tile of the picture's size, and the thumbnail of the picture. */
export async function benchPasses(
  width: number,
  height: number,
  thumbnailSide: number,
  runs: number,
): Promise<PassesBench> {
  const context = await requestDevice(navigator.gpu);
  if (context === null) throw new Error('No WebGPU device');
  const { device } = context;
  const buffer = uploadPicture(device, 'picture', makePair(width, height).output);
  const picture = { width, height, buffer };
  const planes = createStorage(device, 'planes', planesBytes(width, height));
  const small = createStorage(device, 'thumbnail', planesBytes(thumbnailSide, thumbnailSide));
  const counters = createFaultCounters(device);
  const tile = { x: 0, y: 0, width, height, blendLeft: 32, blendTop: 32 };
  await device.queue.onSubmittedWorkDone();
  const time = (makeRecorder: () => (encoder: GPUCommandEncoder) => void) => {
    let record: ((encoder: GPUCommandEncoder) => void) | null = null;
    return timeCalls(runs, async () => {
      record ??= makeRecorder();
      const encoder = device.createCommandEncoder();
      record(encoder);
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
    });
  };
  const pack = await time(() => {
    const pass = new PackPass(context);
    return (encoder) => pass.record(encoder, picture, tile, planes);
  });
  const thumbnail = await time(() => {
    const pass = new ThumbnailPass(context);
    return (encoder) => pass.record(encoder, picture, thumbnailSide, thumbnailSide, small);
  });
  const blend = await time(() => {
    const pass = new BlendPass(context);
    return (encoder) => pass.record(encoder, planes, tile, picture, counters);
  });
  device.destroy();
  return { pack, thumbnail, blend };
}
