import type { Rgba8 } from '../core/image/types.ts';

/** What a buffer needs that shaders read and write and ONNX Runtime may take over. */
function tensorUsage(): GPUBufferUsageFlags {
  return GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
}

/** ONNX Runtime reads whole vec4s: it wants sizes that are multiples of 16 bytes. */
function align16(bytes: number): number {
  return Math.max(16, Math.ceil(bytes / 16) * 16);
}

/** A zeroed storage buffer of at least `bytes` bytes, copyable both ways. */
export function createStorage(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  return device.createBuffer({ label, size: align16(bytes), usage: tensorUsage() });
}

/** A storage buffer that holds these words. */
export function createStorageFrom(
  device: GPUDevice,
  label: string,
  words: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): GPUBuffer {
  const buffer = createStorage(device, label, words.byteLength);
  device.queue.writeBuffer(buffer, 0, words);
  return buffer;
}

/** A small uniform buffer of u32 values; it goes when it is no longer referred to. */
export function createUniform(
  device: GPUDevice,
  label: string,
  values: readonly number[],
): GPUBuffer {
  const buffer = device.createBuffer({
    label,
    size: align16(values.length * 4),
    usage: GPUBufferUsage.UNIFORM,
    mappedAtCreation: true,
  });
  new Uint32Array(buffer.getMappedRange()).set(values);
  buffer.unmap();
  return buffer;
}

/** A storage buffer that holds these bytes. */
export function uploadBytes(
  device: GPUDevice,
  label: string,
  data: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>,
): GPUBuffer {
  const buffer = createStorage(device, label, data.byteLength);
  writeBytes(device, buffer, data, 0, data.byteLength);
  return buffer;
}

/** A picture as u32 pixels (R in the lowest byte) in a storage buffer. */
export function uploadPicture(device: GPUDevice, label: string, picture: Rgba8): GPUBuffer {
  return uploadBytes(device, label, picture.data);
}

/**
 * Copies bytes [first, end) of `data` to the start of `buffer`. `first` must be a multiple of 4;
 * `end` need not be: WebGPU writes whole words, so the last one is filled up with zeros.
 */
export function writeBytes(
  device: GPUDevice,
  buffer: GPUBuffer,
  data: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>,
  first: number,
  end: number,
): void {
  const whole = Math.floor((end - first) / 4) * 4;
  if (whole > 0) device.queue.writeBuffer(buffer, 0, data, first, whole);
  if (first + whole === end) return;
  const tail = new Uint8Array(4);
  tail.set(data.subarray(first + whole, end));
  device.queue.writeBuffer(buffer, whole, tail);
}

/** A buffer's way back to the CPU: recorded like a pass, read after the submit. */
export class Readback {
  readonly #staging: GPUBuffer;
  readonly #bytes: number;

  /** `bytes` is a multiple of 4. */
  constructor(device: GPUDevice, bytes: number) {
    this.#bytes = bytes;
    this.#staging = device.createBuffer({
      label: 'readback',
      size: bytes,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  /** Records the copy of the first bytes of `source`. */
  record(encoder: GPUCommandEncoder, source: GPUBuffer): void {
    encoder.copyBufferToBuffer(source, 0, this.#staging, 0, this.#bytes);
  }

  /**
   * Waits for the copy and hands its bytes to `use` while they are mapped, then frees them.
   * Rejects when the device is lost.
   */
  async read<T>(use: (bytes: ArrayBuffer) => T): Promise<T> {
    try {
      await this.#staging.mapAsync(GPUMapMode.READ);
      return use(this.#staging.getMappedRange());
    } finally {
      this.#staging.destroy();
    }
  }
}

/** The first `bytes` bytes of a buffer, as a copy of its own. */
export async function readBuffer(
  device: GPUDevice,
  source: GPUBuffer,
  bytes: number,
): Promise<ArrayBuffer> {
  const readback = new Readback(device, Math.ceil(bytes / 4) * 4);
  const encoder = device.createCommandEncoder({ label: 'readback' });
  readback.record(encoder, source);
  device.queue.submit([encoder.finish()]);
  return readback.read((mapped) => mapped.slice(0, bytes));
}

/** The picture in a buffer of u32 pixels. Rejects when the device is lost. */
export async function readPicture(
  device: GPUDevice,
  source: GPUBuffer,
  width: number,
  height: number,
): Promise<Rgba8> {
  const bytes = await readBuffer(device, source, width * height * 4);
  return { width, height, data: new Uint8ClampedArray(bytes) };
}
