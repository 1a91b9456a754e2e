import { readBuffer } from '../../src/gpu/buffers.ts';

/** GPU time between two points of an encoder, by timestamp queries. */
export class GpuTimer {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #ticks: GPUBuffer;

  private constructor(device: GPUDevice) {
    this.#device = device;
    this.#queries = device.createQuerySet({ type: 'timestamp', count: 2 });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.#ticks = device.createBuffer({ label: 'timestamps', size: 16, usage });
  }

  /** Null where the device has no timestamps. */
  static of(device: GPUDevice): GpuTimer | null {
    return device.features.has('timestamp-query') ? new GpuTimer(device) : null;
  }

  /** Milliseconds of GPU time of what `record` puts between two empty passes. */
  async time(record: (encoder: GPUCommandEncoder) => void): Promise<number> {
    const encoder = this.#device.createCommandEncoder({ label: 'timed' });
    this.#stamp(encoder, 0);
    record(encoder);
    this.#stamp(encoder, 1);
    encoder.resolveQuerySet(this.#queries, 0, 2, this.#ticks, 0);
    this.#device.queue.submit([encoder.finish()]);
    const [start = 0n, end = 0n] = new BigUint64Array(
      await readBuffer(this.#device, this.#ticks, 16),
    );
    return Number(end - start) / 1e6;
  }

  destroy(): void {
    this.#queries.destroy();
    this.#ticks.destroy();
  }

  #stamp(encoder: GPUCommandEncoder, index: 0 | 1): void {
    const timestampWrites = { querySet: this.#queries, endOfPassWriteIndex: index };
    encoder.beginComputePass({ label: 'timestamp', timestampWrites }).end();
  }
}
