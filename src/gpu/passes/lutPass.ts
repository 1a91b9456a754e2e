import source from '../../../shaders/passes/lut3d.wgsl?raw';
import type { Lut3d } from '../../core/methods/lut3d.ts';
import { createStorageFrom, createUniform } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { floatBits, recordPixels } from '../pixelBands.ts';
import type { GpuPicture } from '../rows.ts';

/** A 3-D table on the GPU; its values as in `Lut3d`, float32 [3, blue, green, red]. */
export interface GpuLut extends Omit<Lut3d, 'values'> {
  readonly buffer: GPUBuffer;
}

/** A table's values in a buffer of their own, for `LutPass`; the caller destroys it. */
export function uploadLut(device: GPUDevice, lut: Lut3d): GpuLut {
  const { size, domainMin, domainMax, values } = lut;
  return { size, domainMin, domainMax, buffer: createStorageFrom(device, '3-D table', values) };
}

/**
 * A picture through a 3-D table by tetrahedral interpolation: twin of `applyLut`, equal but for
 * values half way between two levels. Serves `.cube` files and networks whose output is a table.
 */
export class LutPass {
  readonly #context: GpuContext;
  readonly #pipeline: GPUComputePipeline;

  constructor(context: GpuContext) {
    this.#context = context;
    this.#pipeline = context.pipelines.compute('3-D table', source);
  }

  /**
   * @param counters from `createFaultCounters`; what is not a number or out of range is counted there
   * @param bindingBytes the most of a picture that one dispatch may bind; the device's limit otherwise
   * @throws RangeError when the sizes differ
   */
  record(
    encoder: GPUCommandEncoder,
    from: GpuPicture,
    { size, domainMin, domainMax, buffer }: GpuLut,
    target: GpuPicture,
    counters: GPUBuffer,
    bindingBytes?: number,
  ): void {
    const { device } = this.#context;
    const width = domainMax.map((max, axis) => max - (domainMin[axis] ?? 0));
    const scale = width.map((side) => (size - 1) / (255 * side));
    const offset = width.map((side, axis) => (-(domainMin[axis] ?? 0) * (size - 1)) / side);
    const table = [...floatBits(...scale), size, ...floatBits(...offset)];
    const extras = [
      { buffer: createUniform(device, '3-D table', table) },
      { buffer },
      { buffer: counters },
    ];
    const limit = bindingBytes === undefined ? {} : { bindingBytes };
    recordPixels(this.#context, encoder, this.#pipeline, {
      source: from,
      target,
      extras,
      ...limit,
    });
  }
}
