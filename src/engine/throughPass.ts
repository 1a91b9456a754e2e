import type { Rgba8 } from '../core/image/types.ts';
import { createStorage, readPicture, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import type { GpuPicture } from '../gpu/rows.ts';

/**
 * Pictures of one size through one pass into a picture of that size: uploads, submits, reads back.
 * @param record records the pass over the uploaded pictures into the target
 */
export async function throughPass(
  { device }: GpuContext,
  pictures: readonly [Rgba8, ...Rgba8[]],
  record: (encoder: GPUCommandEncoder, sources: readonly GpuPicture[], target: GpuPicture) => void,
): Promise<Rgba8> {
  const [{ width, height, data }] = pictures;
  const sources = pictures.map((picture) => ({
    width: picture.width,
    height: picture.height,
    buffer: uploadPicture(device, 'input', picture),
  }));
  const target = { width, height, buffer: createStorage(device, 'result', data.byteLength) };
  try {
    const encoder = device.createCommandEncoder();
    record(encoder, sources, target);
    device.queue.submit([encoder.finish()]);
    return await readPicture(device, target.buffer, width, height);
  } finally {
    for (const { buffer } of [...sources, target]) buffer.destroy();
  }
}
