/** Bytes that went between the page's memory and the device. */
export interface Transfers {
  readonly uploaded: number;
  readonly readBack: number;
}

/** Counts the buffer's mapping as a transfer: towards the device where it is written. */
function countMapping(buffer: GPUBuffer, count: (mode: number, bytes: number) => void): void {
  const map = buffer.mapAsync.bind(buffer);
  buffer.mapAsync = async (mode, offset = 0, size) => {
    await map(mode, offset, size);
    count(mode, size ?? buffer.size - offset);
  };
}

/**
 * Counts what goes through this very device from now on, whoever moves it: our passes and ONNX
 * Runtime, which is handed the same object.
 * @returns the totals so far, when called
 */
export function countTransfers(device: GPUDevice): () => Transfers {
  let uploaded = 0;
  let readBack = 0;
  const { queue } = device;
  const write = queue.writeBuffer.bind(queue);
  queue.writeBuffer = (buffer, offset, data, first = 0, size) => {
    const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
    uploaded += size === undefined ? data.byteLength - first * unit : size * unit;
    write(buffer, offset, data, first, size);
  };
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    if (descriptor.mappedAtCreation) uploaded += descriptor.size;
    if (descriptor.usage & (GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE)) {
      countMapping(buffer, (mode, bytes) => {
        if (mode === GPUMapMode.READ) readBack += bytes;
        else uploaded += bytes;
      });
    }
    return buffer;
  };
  return () => ({ uploaded, readBack });
}
