import source from '../../../shaders/passes/thumbnail.wgsl?raw';
import { createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import { bindRows, type GpuPicture, maxBindingBytes } from '../rows.ts';

const WORKGROUP_SIDE = 8;
/** Most pixels a cell may cover: their sum must stay below 2^32. */
const MAX_CELL_PIXELS = 2 ** 24;

/**
 * The whole picture averaged to float32 planar RGB [3, height, width] in [0, 1]: twin of
 * `areaThumbnail`.
 */
export class ThumbnailPass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #bindingBytes: number;

  /** `bindingBytes`: the most of the picture that one dispatch may bind. */
  constructor(context: GpuContext, bindingBytes: number = maxBindingBytes(context.device)) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('thumbnail', source);
    this.#bindingBytes = bindingBytes;
  }

  /**
   * @param planes at least `planesBytes(width, height)` bytes
   * @throws RangeError where one cell would cover more than 16 megapixels
   */
  record(
    encoder: GPUCommandEncoder,
    picture: GpuPicture,
    width: number,
    height: number,
    planes: GPUBuffer,
  ): void {
    const across = Math.ceil(picture.width / width) + 1;
    const down = Math.ceil(picture.height / height) + 1;
    if (across * down > MAX_CELL_PIXELS) {
      throw new RangeError(`A thumbnail of ${width}×${height} is too small for this picture.`);
    }
    const step = this.#cellRowsPerDispatch(picture, height);
    for (let row = 0; row < height; row += step) {
      this.#recordRows(encoder, picture, width, height, planes, row, Math.min(row + step, height));
    }
  }

  /** Rows of cells whose pixels fit one binding; all of them unless the picture is huge. */
  #cellRowsPerDispatch(picture: GpuPicture, height: number): number {
    const slack = this.#device.limits.minStorageBufferOffsetAlignment;
    const pixelRows = Math.floor((this.#bindingBytes - slack) / (picture.width * 4));
    // Cell rows cut a pixel row at either end.
    return Math.max(1, Math.floor(((pixelRows - 2) * height) / picture.height));
  }

  #recordRows(
    encoder: GPUCommandEncoder,
    picture: GpuPicture,
    width: number,
    height: number,
    planes: GPUBuffer,
    firstRow: number,
    endRow: number,
  ): void {
    const first = Math.floor((firstRow * picture.height) / height);
    const end = Math.ceil((endRow * picture.height) / height);
    const rows = bindRows(this.#device, picture, 4, first, end);
    const params = createUniform(this.#device, 'thumbnail', [
      picture.width,
      picture.height,
      rows.origin,
      width,
      height,
      firstRow,
      endRow,
    ]);
    recordDispatch(
      this.#device,
      encoder,
      this.#pipeline,
      [{ buffer: params }, rows.resource, { buffer: planes }],
      [Math.ceil(width / WORKGROUP_SIDE), Math.ceil((endRow - firstRow) / WORKGROUP_SIDE)],
    );
  }
}
