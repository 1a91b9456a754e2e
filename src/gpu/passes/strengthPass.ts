import source from '../../../shaders/passes/strength.wgsl?raw';
import { LINEAR_LIGHT } from '../../core/methods/strength.ts';
import { createStorageFrom, createUniform } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { floatBits, recordPixels } from '../pixelBands.ts';
import type { GpuPicture } from '../rows.ts';

/**
 * A picture mixed with what a method made of it, in linear light: twin of `mixByStrength`, equal but
 * for values half way between two levels, and exact at strength 0 and 1.
 */
export class StrengthPass {
  readonly #context: GpuContext;
  readonly #pipeline: GPUComputePipeline;
  readonly #light: GPUBuffer;

  constructor(context: GpuContext) {
    this.#context = context;
    this.#pipeline = context.pipelines.compute('strength', source);
    this.#light = createStorageFrom(context.device, 'levels', Float32Array.from(LINEAR_LIGHT));
  }

  /**
   * @param strength 0 gives the picture, 1 the restored one
   * @throws RangeError when the sizes differ
   */
  record(
    encoder: GPUCommandEncoder,
    picture: GpuPicture,
    restored: GpuPicture,
    strength: number,
    target: GpuPicture,
  ): void {
    const share = createUniform(this.#context.device, 'strength', floatBits(strength));
    const extras = [{ buffer: share }, restored, { buffer: this.#light }];
    recordPixels(this.#context, encoder, this.#pipeline, { source: picture, target, extras });
  }

  destroy(): void {
    this.#light.destroy();
  }
}
