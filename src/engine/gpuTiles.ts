import type { Rgba8 } from '../core/image/types.ts';
import { createStorage, readPicture, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { BlendPass, createFaultCounters, readFaults } from '../gpu/passes/blendPass.ts';
import { PackPass } from '../gpu/passes/packPass.ts';
import { ThumbnailPass } from '../gpu/passes/thumbnailPass.ts';
import { planesBytes } from '../gpu/rows.ts';
import type { RestorationSession } from '../models/session.ts';
import type { ModelEntry } from '../protocol/engine.ts';
import type { TileRunner } from './tileRunner.ts';

/**
 * Runs `create` and rejects where the device could not give what it asked for: a buffer that failed
 * for want of memory is otherwise silently black.
 */
async function withMemory<T>(device: GPUDevice, create: () => T): Promise<T> {
  device.pushErrorScope('out-of-memory');
  const made = create();
  const error = await device.popErrorScope();
  if (error) throw new Error(`the graphics memory does not suffice (${error.message})`);
  return made;
}

/**
 * Tiles through a WebGPU session: one upload, then every step stays on the device until the restored
 * picture is read back once.
 */
export function makeGpuTiles(
  context: GpuContext,
  session: RestorationSession,
  entry: ModelEntry,
  picture: Rgba8,
): TileRunner {
  const { device } = context;
  const { width, height } = picture;
  const taken: GPUBuffer[] = [];
  const take = (buffer: GPUBuffer) => {
    taken.push(buffer);
    return buffer;
  };
  const pack = new PackPass(context);
  const blend = new BlendPass(context);

  function submit(record: (encoder: GPUCommandEncoder) => void) {
    const encoder = device.createCommandEncoder();
    record(encoder);
    device.queue.submit([encoder.finish()]);
  }

  function prepare() {
    const source = { width, height, buffer: take(uploadPicture(device, 'input', picture)) };
    const target = {
      width,
      height,
      buffer: take(createStorage(device, 'restored', picture.data.byteLength)),
    };
    const faults = take(createFaultCounters(device));
    let thumbnail: { gpu: GPUBuffer } | null = null;
    if (entry.thumbnail) {
      const [rows, columns] = entry.thumbnail.size;
      const buffer = take(createStorage(device, 'thumbnail', planesBytes(columns, rows)));
      submit((encoder) =>
        new ThumbnailPass(context).record(encoder, source, columns, rows, buffer),
      );
      thumbnail = { gpu: buffer };
    }
    return { source, target, faults, thumbnail };
  }

  let prepared: ReturnType<typeof withMemory<ReturnType<typeof prepare>>> | null = null;
  const ready = () => {
    prepared ??= withMemory(device, prepare);
    return prepared;
  };

  return {
    async runTile(tile) {
      const { source, target, faults, thumbnail } = await ready();
      const planes = await withMemory(device, () =>
        createStorage(device, 'tile', planesBytes(tile.width, tile.height)),
      );
      try {
        submit((encoder) => pack.record(encoder, source, tile, planes));
        const { output, release } = await session.run(
          { gpu: planes },
          tile.width,
          tile.height,
          thumbnail,
        );
        if (!('gpu' in output)) throw new Error('a WebGPU session gave its output on the CPU');
        submit((encoder) => blend.record(encoder, output.gpu, tile, target, faults));
        // Waiting keeps progress honest and a cancel quick: run() only queues the work.
        await device.queue.onSubmittedWorkDone();
        release();
      } finally {
        planes.destroy();
      }
    },
    async finish() {
      const { target, faults } = await ready();
      const { notANumber } = await readFaults(device, faults);
      return { pixels: await readPicture(device, target.buffer, width, height), notANumber };
    },
    dispose() {
      for (const buffer of taken) buffer.destroy();
    },
  };
}
