import type { Rgba8 } from '../core/image/types.ts';
import { createStorage, readPicture, uploadBytes, uploadPicture } from '../gpu/buffers.ts';
import type { GpuContext } from '../gpu/device.ts';
import { scoped } from '../gpu/errorScopes.ts';
import { BlendPass, createFaultCounters, readFaults } from '../gpu/passes/blendPass.ts';
import { type PackOptions, PackPass, packedBytes } from '../gpu/passes/packPass.ts';
import { ThumbnailPass } from '../gpu/passes/thumbnailPass.ts';
import { isPlainFormat } from '../gpu/pixelFormat.ts';
import { type GpuPicture, planesBytes } from '../gpu/rows.ts';
import { scaleTile } from '../models/blend.ts';
import type { RestorationSession } from '../models/session.ts';
import type { TensorData } from '../models/tensor.ts';
import { regionOf, type Tile } from '../models/tiling.ts';
import { packThumbnail } from './feeds.ts';
import type { ImageContract } from './imageContract.ts';
import type { Subject, TileRunner } from './tileRunner.ts';

/**
 * Runs `create` and rejects where the device could not give what it asked for: a buffer that failed
 * for want of memory is otherwise silently black.
 */
async function withMemory<T>(device: GPUDevice, create: () => T): Promise<T> {
  const { made, error } = scoped(device, ['out-of-memory'], create);
  const reason = await error;
  if (reason !== null) throw new Error(`the graphics memory does not suffice (${reason})`);
  return made;
}

interface Prepared {
  readonly source: GpuPicture;
  readonly target: GpuPicture;
  readonly faults: GPUBuffer;
  readonly thumbnail: TensorData | null;
  /** Null where the network sees none, or everything is inside. */
  readonly mask: GpuPicture | null;
}

/** Tiles through a WebGPU session: the class behind `makeGpuTiles`. */
class GpuTiles implements TileRunner {
  readonly #context: GpuContext;
  readonly #session: RestorationSession;
  readonly #contract: ImageContract;
  readonly #subject: Subject;
  readonly #pack: PackPass;
  readonly #blend: BlendPass;
  readonly #taken = new Set<GPUBuffer>();
  #prepared: Promise<Prepared> | null = null;

  constructor(
    context: GpuContext,
    session: RestorationSession,
    contract: ImageContract,
    subject: Subject,
  ) {
    this.#context = context;
    this.#session = session;
    this.#contract = contract;
    this.#subject = subject;
    this.#pack = new PackPass(context);
    this.#blend = new BlendPass(context);
  }

  async runTile(tile: Tile): Promise<void> {
    const { device } = this.#context;
    const { source, target, faults, thumbnail, mask } = await this.#ready();
    const { input, mask: seen, output: format } = this.#contract;
    const copies = input.copies ?? 1;
    const planes = await this.#packed(tile, source, {
      format: input,
      copies,
      ...(seen?.kind === 'channel' ? { mask } : {}),
    });
    const inside =
      seen?.kind === 'tensor'
        ? await this.#packed(tile, source, {
            format: { ...input, layout: seen.layout, element: seen.element },
            copies: 0,
            mask,
            maskCopies: seen.copies ?? 1,
          })
        : null;
    try {
      const { output, release } = await this.#session.run({
        picture: { gpu: planes },
        width: tile.width,
        height: tile.height,
        thumbnail,
        region: regionOf(tile, source),
        mask: inside && { gpu: inside },
      });
      if (!('gpu' in output)) throw new Error('a WebGPU session gave its output on the CPU');
      const scaled = scaleTile(tile, format.scale);
      this.#submit((encoder) =>
        this.#blend.record(encoder, output.gpu, scaled, target, faults, format),
      );
      // Waiting keeps progress honest and a cancel quick: run() only queues the work.
      await device.queue.onSubmittedWorkDone();
      release();
    } finally {
      planes.destroy();
      inside?.destroy();
    }
  }

  async finish() {
    const { device } = this.#context;
    const { target, faults } = await this.#ready();
    const { width, height, buffer } = target;
    const counted = await readFaults(device, faults);
    const pixels = await readPicture(device, buffer, width, height);
    this.#taken.delete(buffer);
    return { pixels, faults: counted, buffer };
  }

  dispose(): void {
    for (const buffer of this.#taken) buffer.destroy();
  }

  async #packed(tile: Tile, source: GpuPicture, options: PackOptions): Promise<GPUBuffer> {
    const { device } = this.#context;
    const planes = await withMemory(device, () =>
      createStorage(device, 'tile', packedBytes(tile, options)),
    );
    this.#submit((encoder) => this.#pack.record(encoder, source, tile, planes, options));
    return planes;
  }

  #ready(): Promise<Prepared> {
    this.#prepared ??= withMemory(this.#context.device, () => this.#prepare());
    return this.#prepared;
  }

  #prepare(): Prepared {
    const { device } = this.#context;
    const { picture, mask } = this.#subject;
    const { scale } = this.#contract.output;
    const width = picture.width * scale;
    const height = picture.height * scale;
    const source = this.#upload(picture);
    const restored = this.#take(createStorage(device, 'restored', width * height * 4));
    const seen = this.#contract.mask && mask;
    return {
      source,
      target: { width, height, buffer: restored },
      faults: this.#take(createFaultCounters(device)),
      thumbnail: this.#thumbnail(source),
      mask: seen && {
        width: seen.width,
        height: seen.height,
        buffer: this.#take(uploadBytes(device, 'mask', seen.data)),
      },
    };
  }

  #upload(picture: Rgba8): GpuPicture {
    const { width, height } = picture;
    return {
      width,
      height,
      buffer: this.#take(uploadPicture(this.#context.device, 'input', picture)),
    };
  }

  #thumbnail(source: GpuPicture): TensorData | null {
    const { thumbnail, input } = this.#contract;
    const { device } = this.#context;
    if (!thumbnail) return null;
    if (!isPlainFormat(input)) {
      // A few kilobytes: a shader for every format would not pay.
      const packed = packThumbnail(this.#contract, this.#subject.picture);
      if (!packed || !('cpu' in packed)) return null;
      const { buffer, byteOffset, byteLength } = packed.cpu;
      const bytes = new Uint8Array(buffer, byteOffset, byteLength);
      return { gpu: this.#take(uploadBytes(device, 'thumbnail', bytes)) };
    }
    const [rows, columns] = thumbnail.size;
    const buffer = this.#take(createStorage(device, 'thumbnail', planesBytes(columns, rows)));
    this.#submit((encoder) =>
      new ThumbnailPass(this.#context).record(encoder, source, columns, rows, buffer),
    );
    return { gpu: buffer };
  }

  #take(buffer: GPUBuffer): GPUBuffer {
    this.#taken.add(buffer);
    return buffer;
  }

  #submit(record: (encoder: GPUCommandEncoder) => void): void {
    const { device } = this.#context;
    const encoder = device.createCommandEncoder();
    record(encoder);
    device.queue.submit([encoder.finish()]);
  }
}

/**
 * Tiles through a WebGPU session: one upload, then every step stays on the device until the restored
 * picture is read back once. The device's copy of it goes to whoever takes `finish().buffer`.
 */
export function makeGpuTiles(
  context: GpuContext,
  session: RestorationSession,
  contract: ImageContract,
  subject: Subject,
): TileRunner {
  return new GpuTiles(context, session, contract, subject);
}
