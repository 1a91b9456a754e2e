import type { Rgba8 } from '../core/image/types.ts';
import { createStorage, readPicture, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { scoped } from '../gpu/errorScopes.ts';
import type { GpuPicture } from '../gpu/rows.ts';
import { Failure, reasonOf } from './failure.ts';

/** Records a pass; gives what frees the pass's own buffers, to be called once it has run. */
type Recording = (
  encoder: GPUCommandEncoder,
  sources: readonly GpuPicture[],
  target: GpuPicture,
) => () => void;

const upload = (device: GPUDevice, picture: Rgba8): GpuPicture => ({
  width: picture.width,
  height: picture.height,
  buffer: uploadPicture(device, 'input', picture),
});

/**
 * Pictures of one size through one pass into a picture of that size: uploads, submits, reads back.
 * @param record records the pass over the uploaded pictures into the target
 * @throws {Failure} `model-run` where the device reports an error: the result would be black
 */
export async function throughPass(
  { device }: GpuContext,
  pictures: readonly [Rgba8, ...Rgba8[]],
  record: Recording,
): Promise<Rgba8> {
  const [{ width, height, data }] = pictures;
  const release: (() => void)[] = [];
  const run = (): Promise<Rgba8> => {
    const sources = pictures.map((picture) => upload(device, picture));
    const target = { width, height, buffer: createStorage(device, 'result', data.byteLength) };
    for (const { buffer } of [...sources, target]) release.push(() => buffer.destroy());
    const encoder = device.createCommandEncoder();
    release.push(record(encoder, sources, target));
    device.queue.submit([encoder.finish()]);
    return readPicture(device, target.buffer, width, height);
  };
  try {
    const { made, error } = scoped(device, ['validation', 'out-of-memory'], run);
    const [read] = await Promise.allSettled([made]);
    const reason = await error;
    if (reason !== null) throw notDone(reason);
    if (read.status === 'rejected') throw read.reason;
    return read.value;
  } finally {
    for (const free of release) free();
  }
}

function notDone(reason: string): Failure {
  return new Failure(
    'model-run',
    `The graphics device could not do this (${reasonOf(reason)}), so nothing was kept. Try again, or use a smaller picture.`,
  );
}
