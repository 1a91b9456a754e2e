import source from '../../../shaders/passes/affine_grid.wgsl?raw';
import type { AffineGrid } from '../../core/methods/affineGrid.ts';
import { createUniform } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { recordPixels } from '../pixelBands.ts';
import type { GpuPicture } from '../rows.ts';

/** A grid on the GPU; its values as in `AffineGrid`, float32 [12, rows, columns]. */
export interface GpuGrid extends Omit<AffineGrid, 'values'> {
  readonly buffer: GPUBuffer;
}

/**
 * A picture through a grid of affine colour transforms at full size: twin of `applyAffineGrid`, equal
 * but for values half way between two levels.
 */
export class GridPass {
  readonly #context: GpuContext;
  readonly #pipeline: GPUComputePipeline;

  constructor(context: GpuContext) {
    this.#context = context;
    this.#pipeline = context.pipelines.compute('affine grid', source);
  }

  /**
   * @param counters from `createFaultCounters`; what is not a number or out of range is counted there
   * @throws RangeError when the sizes differ
   */
  record(
    encoder: GPUCommandEncoder,
    from: GpuPicture,
    { rows, columns, buffer }: GpuGrid,
    target: GpuPicture,
    counters: GPUBuffer,
  ): void {
    const size = createUniform(this.#context.device, 'affine grid', [rows, columns]);
    const extras = [{ buffer: size }, { buffer }, { buffer: counters }];
    recordPixels(this.#context, encoder, this.#pipeline, { source: from, target, extras });
  }
}
