import source from '../../../shaders/passes/pack.wgsl?raw';
import { reflectIndex } from '../../core/image/reflect.ts';
import { createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import { floatBits } from '../pixelBands.ts';
import { ELEMENT_BITS, PLAIN_FORMAT, type TensorFormat, tensorBytes } from '../pixelFormat.ts';
import { bindRows, type GpuPicture, type TileRect } from '../rows.ts';

const WORKGROUP_WIDTH = 64;
/** Groups in a row of the dispatch; WebGPU allows 65,535. */
const MOST_GROUPS = 32_768;

export interface PackOptions {
  /** float32 planar RGB in [0, 1] where it is left out. */
  readonly format?: TensorFormat;
  /** How often the picture lies in the channels: 1 where it is left out; 0: the mask alone. */
  readonly copies?: number;
  /** A byte a pixel, 1 inside, the last channels; null: everything is inside; left out: no mask. */
  readonly mask?: GpuPicture | null;
  /** How many channels hold the mask; 1 where it is left out. */
  readonly maskCopies?: number;
}

const channelsOf = ({ copies = 1, mask, maskCopies = 1 }: PackOptions): number =>
  3 * copies + (mask === undefined ? 0 : maskCopies);

/** Bytes of the tensor of a tile. */
export function packedBytes(
  { width, height }: { readonly width: number; readonly height: number },
  options: PackOptions,
): number {
  return tensorBytes(options.format ?? PLAIN_FORMAT, channelsOf(options) * width * height);
}

/** The picture's rows that a tile reads: its own, and those that its padding mirrors. */
function rowsOf(picture: GpuPicture, tile: TileRect): readonly [number, number] {
  const mirrored = reflectIndex(tile.y + tile.height - 1, picture.height);
  const end = Math.min(tile.y + tile.height, picture.height);
  return [Math.min(tile.y, mirrored), end];
}

/**
 * A rectangle of a picture as the network reads it, beyond the picture's right and bottom edge
 * mirrored (`reflectIndex`). Twin of `packTensor` and `packMask`.
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
   * @param planes at least `packedBytes(tile, options)` bytes
   */
  record(
    encoder: GPUCommandEncoder,
    picture: GpuPicture,
    tile: TileRect,
    planes: GPUBuffer,
    options: PackOptions = {},
  ): void {
    const { format = PLAIN_FORMAT, copies = 1, mask = null } = options;
    const rows = bindRows(this.#device, picture, 4, ...rowsOf(picture, tile));
    // Something has to be bound; without a mask the shader does not look at it.
    const inside = mask ? bindRows(this.#device, mask, 1, ...rowsOf(mask, tile)) : rows;
    const bytes = packedBytes(tile, options);
    const groups = Math.ceil(bytes / 4 / WORKGROUP_WIDTH);
    const across = Math.min(groups, MOST_GROUPS);
    const { mean, std } = format.normalisation;
    const params = createUniform(this.#device, 'pack', [
      ...[picture.width, picture.height, rows.origin, inside.origin],
      ...[tile.x, tile.y, tile.width, tile.height],
      channelsOf(options),
      Number(format.layout === 'NHWC'),
      Number(format.channels === 'BGR'),
      ELEMENT_BITS[format.element],
      Number(mask !== null),
      across * WORKGROUP_WIDTH,
      3 * copies,
      0,
      ...floatBits(...mean, 0),
      ...floatBits(...std.map((value) => 1 / value), 0),
    ]);
    recordDispatch(
      this.#device,
      encoder,
      this.#pipeline,
      [
        { buffer: params },
        rows.resource,
        inside.resource,
        { buffer: planes, offset: 0, size: bytes },
      ],
      [across, Math.ceil(groups / across)],
    );
  }
}
