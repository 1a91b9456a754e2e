import { CheckpointError } from './checkpointError.ts';
import { openLegacyCheckpoint } from './legacyCheckpoint.ts';
import type { TensorRef } from './pickleValue.ts';
import { type RandomAccess, readExactly } from './randomAccess.ts';
import { floatFormat, type LocateStorage } from './storage.ts';
import { openZipCheckpoint } from './zipCheckpoint.ts';

/** A tensor's values in row-major order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** An open checkpoint: its tensors are listed, but none is read until it is asked for. */
export interface Checkpoint {
  /** Shapes by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /**
   * Reads one tensor of `shapes`; float16, bfloat16 and float64 become float32.
   * @throws {CheckpointError} where its values are missing, cut short or no real numbers
   */
  read(name: string): Promise<Tensor>;
}

/** Values a tensor may have: 64 MiB as float32. A stride of 0 can claim any number of them. */
const LARGEST_TENSOR = 2 ** 24;

/** Walks the view in row-major order and calls `visit` with each value's index in the storage. */
function walk(shape: readonly number[], strides: readonly number[], visit: (at: number) => void) {
  const count = shape.reduce((product, side) => product * side, 1);
  const index = shape.map(() => 0);
  for (let i = 0, at = 0; i < count; i++) {
    visit(at);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const step = (index[axis] ?? 0) + 1;
      const side = shape[axis] ?? 1;
      const stride = strides[axis] ?? 0;
      index[axis] = step === side ? 0 : step;
      at += step === side ? stride * (1 - side) : stride;
      if (step !== side) break;
    }
  }
}

async function readTensor(
  file: RandomAccess,
  tensor: TensorRef,
  locate: LocateStorage,
): Promise<Tensor> {
  const { storage, offset, shape, strides } = tensor;
  const count = shape.reduce((product, side) => product * side, 1);
  if (count === 0) return { shape, values: new Float32Array() };
  // Values from the first to the last that the view touches, both included.
  const span = shape.reduce((sum, side, axis) => sum + (side - 1) * (strides[axis] ?? 0), 1);
  const format = floatFormat(storage);
  if (count > LARGEST_TENSOR || span > LARGEST_TENSOR) {
    throw new CheckpointError(`a tensor of shape ${shape.join('×')} is larger than Loupe reads`);
  }
  const place = await locate(storage);
  if ((offset + span) * format.bytes > place.size) {
    throw new CheckpointError('a tensor reaches beyond its values');
  }
  const bytes = await readExactly(file, place.offset + offset * format.bytes, span * format.bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  let i = 0;
  walk(shape, strides, (at) => {
    values[i++] = format.read(view, at * format.bytes);
  });
  return { shape, values };
}

const NOT_A_CHECKPOINT =
  'it is not a PyTorch checkpoint; if it was downloaded, it may be the page about the file';

async function openEither(file: RandomAccess) {
  const [first, second] = await readExactly(file, 0, Math.min(2, file.size));
  if (first === 0x50 && second === 0x4b) return openZipCheckpoint(file);
  // A pickle begins with its protocol: 2 wherever PyTorch chose, up to 5 where the user did.
  if (first === 0x80 && second !== undefined && second >= 2 && second <= 5) {
    return openLegacyCheckpoint(file);
  }
  throw new CheckpointError(NOT_A_CHECKPOINT);
}

/**
 * Opens a PyTorch checkpoint of weights (a dictionary of tensors, as `torch.save(model.state_dict())`
 * writes it), old or new format. The file is data: no code in it is run, whatever it says.
 * @throws {CheckpointError} for anything else
 */
export async function openCheckpoint(file: RandomAccess): Promise<Checkpoint> {
  const { root, locate } = await openEither(file);
  if (!(root instanceof Map)) throw new CheckpointError('it holds no dictionary of tensors');
  const tensors = new Map<string, TensorRef>();
  for (const [name, value] of root) {
    const isTensor = typeof value === 'object' && value !== null && 'kind' in value;
    if (typeof name === 'string' && isTensor && value.kind === 'tensor') tensors.set(name, value);
  }
  return {
    shapes: new Map(Array.from(tensors, ([name, { shape }]) => [name, shape])),
    async read(name) {
      const tensor = tensors.get(name);
      if (!tensor) throw new CheckpointError(`it has no tensor ${name}`);
      return readTensor(file, tensor, locate);
    },
  };
}
