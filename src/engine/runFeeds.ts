import { readBuffer, uploadBytes } from '../gpu/buffers.ts';
import type { Feeds, RestorationSession } from '../models/session.ts';
import { decodeValues, ELEMENT_BYTES, type TensorData } from '../models/tensor.ts';
import type { ModelContract, TensorElement } from '../protocol/models.ts';

export interface RunValues {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

function elementOf({ output }: ModelContract): TensorElement {
  return output.kind === 'image' ? output.element : 'float32';
}

function toDevice(device: GPUDevice, data: TensorData, taken: GPUBuffer[]): TensorData {
  if ('gpu' in data) return data;
  const { buffer, byteOffset, byteLength } = data.cpu;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const uploaded = uploadBytes(device, 'network input', bytes);
  taken.push(uploaded);
  return { gpu: uploaded };
}

async function fromDevice(
  device: GPUDevice,
  source: GPUBuffer,
  element: TensorElement,
  count: number,
): Promise<Float32Array> {
  const bytes = await readBuffer(device, source, count * ELEMENT_BYTES[element]);
  if (element === 'float32') return new Float32Array(bytes);
  return decodeValues(element === 'float16' ? new Uint16Array(bytes) : new Uint8Array(bytes));
}

/**
 * One run with inputs and outputs on the CPU, whatever the session's provider: for small tensors only,
 * since on WebGPU they go there and back.
 * @param device of the session; null on WASM
 */
export async function runFeeds(
  session: RestorationSession,
  contract: ModelContract,
  feeds: Feeds,
  device: GPUDevice | null,
): Promise<RunValues> {
  const taken: GPUBuffer[] = [];
  const move = (data: TensorData | null) => data && device && toDevice(device, data, taken);
  const placed: Feeds = device
    ? {
        ...feeds,
        picture: toDevice(device, feeds.picture, taken),
        thumbnail: move(feeds.thumbnail),
        mask: move(feeds.mask),
      }
    : feeds;
  try {
    const { output, dims, release } = await session.run(placed, contract);
    try {
      const count = dims.reduce((product, side) => product * side, 1);
      if ('cpu' in output) return { values: decodeValues(output.cpu).slice(), dims };
      if (!device) throw new Error('a WASM session gave a GPU buffer');
      return { values: await fromDevice(device, output.gpu, elementOf(contract), count), dims };
    } finally {
      release();
    }
  } finally {
    for (const buffer of taken) buffer.destroy();
  }
}
