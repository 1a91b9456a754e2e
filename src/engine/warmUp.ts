import { createStorage } from '../gpu/buffers.ts';
import type { RestorationSession } from '../models/session.ts';
import { ELEMENT_BYTES } from '../models/tensor.ts';
import { WHOLE } from '../models/tiling.ts';
import type { ModelContract } from '../protocol/models.ts';

/**
 * One run over black of the size that tiles will have, on buffers that never leave the device: shaders
 * are compiled and buffers planned before the first tile, whose time is then that of the others.
 * @throws {Error} where ONNX Runtime fails
 */
export async function warmUp(
  session: RestorationSession,
  { input, thumbnail, mask }: ModelContract,
  device: GPUDevice,
  width: number,
  height: number,
): Promise<void> {
  const channels = 3 * (input.copies ?? 1) + (mask?.kind === 'channel' ? 1 : 0);
  const zeros = (values: number, bytes: number) => ({
    gpu: createStorage(device, 'warm-up', values * bytes),
  });
  const bytes = ELEMENT_BYTES[input.element];
  const picture = zeros(channels * width * height, bytes);
  const small = thumbnail && zeros(3 * thumbnail.size[0] * thumbnail.size[1], bytes);
  const inside =
    mask?.kind === 'tensor'
      ? zeros((mask.copies ?? 1) * width * height, ELEMENT_BYTES[mask.element])
      : null;
  try {
    const feeds = { picture, width, height, thumbnail: small, region: WHOLE, mask: inside };
    const { release } = await session.run(feeds);
    await device.queue.onSubmittedWorkDone();
    release();
  } finally {
    for (const data of [picture, small, inside]) data?.gpu.destroy();
  }
}
