import source from '../../../shaders/passes/pack.wgsl?raw';
import { reflectIndex } from '../../core/image/reflect.ts';
import { createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import { bindRows, type GpuPicture, type TileRect } from '../rows.ts';

const WORKGROUP_WIDTH = 64;

/** The picture's rows that a tile reads: its own, and those that its padding mirrors. */
function rowsOf(picture: GpuPicture, tile: TileRect): readonly [number, number] {
  const mirrored = reflectIndex(tile.y + tile.height - 1, picture.height);
  const end = Math.min(tile.y + tile.height, picture.height);
  return [Math.min(tile.y, mirrored), end];
}

/**
 * A rectangle of a picture as the network reads it: float32 planar RGB [3, height, width] in [0, 1],
 * beyond the picture's right and bottom edge mirrored (`reflectIndex`).
 */
export class PackPass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;

  constructor(context: GpuContext) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('pack', source);
  }

  /**
   * @param tile its top left corner lies in the picture
   * @param planes at least `planesBytes(tile.width, tile.height)` bytes
   */
  record(encoder: GPUCommandEncoder, picture: GpuPicture, tile: TileRect, planes: GPUBuffer): void {
    const rows = bindRows(this.#device, picture, 4, ...rowsOf(picture, tile));
    const params = createUniform(this.#device, 'pack', [
      picture.width,
      picture.height,
      rows.origin,
      tile.x,
      tile.y,
      tile.width,
      tile.height,
    ]);
    recordDispatch(
      this.#device,
      encoder,
      this.#pipeline,
      [{ buffer: params }, rows.resource, { buffer: planes }],
      [Math.ceil(tile.width / WORKGROUP_WIDTH), tile.height],
    );
  }
}
