import source from '../../../shaders/passes/blend.wgsl?raw';
import { createStorage, createUniform, readBuffer } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import { floatBits } from '../pixelBands.ts';
import { ELEMENT_BITS, PLAIN_FORMAT, type TensorFormat } from '../pixelFormat.ts';
import { bindRows, type GpuPicture, type TileRect } from '../rows.ts';

const WORKGROUP_WIDTH = 64;
const FAULT_COUNTERS = 2;

/** A tile and the columns and rows over which it fades in over what is already in the picture. */
export interface BlendedTile extends TileRect {
  /** Columns before the fade, and rows, that are left as they are; 0 where they are left out. */
  readonly skipLeft?: number;
  readonly skipTop?: number;
  /** Columns at the right, and rows at the bottom, that are left as they are. */
  readonly skipRight?: number;
  readonly skipBottom?: number;
  /** 0 where nothing lies to the left. */
  readonly blendLeft: number;
  /** 0 where nothing lies above. */
  readonly blendTop: number;
}

/** How many of the network's values no picture can show. */
export interface OutputFaults {
  /** Not a number; written as 0. */
  readonly notANumber: number;
  /** More than 0.001 outside [0, 1]; clamped, as the smaller excesses are. */
  readonly outOfRange: number;
}

/** Zeroed counters for the tiles of one picture. */
export function createFaultCounters(device: GPUDevice): GPUBuffer {
  return createStorage(device, 'faults', FAULT_COUNTERS * 4);
}

/** What the counters hold after everything submitted so far. Rejects when the device is lost. */
export async function readFaults(device: GPUDevice, counters: GPUBuffer): Promise<OutputFaults> {
  const counts = new Uint32Array(await readBuffer(device, counters, FAULT_COUNTERS * 4));
  return { notANumber: counts[0] ?? 0, outOfRange: counts[1] ?? 0 };
}

/**
 * Writes a network's output into a picture in place, rounded half up to 8 bits. Tile pixels beyond the
 * picture are dropped. Twin of `blendTile`.
 */
export class BlendPass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;

  constructor(context: GpuContext) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('blend', source);
  }

  /**
   * @param tile its top left corner lies in the picture
   * @param counters from `createFaultCounters`; counts add up over tiles
   * @param format of `planes`; float32 planar RGB in [0, 1] where it is left out
   */
  record(
    encoder: GPUCommandEncoder,
    planes: GPUBuffer,
    tile: BlendedTile,
    picture: GpuPicture,
    counters: GPUBuffer,
    format: TensorFormat = PLAIN_FORMAT,
  ): void {
    const { mean, std } = format.normalisation;
    const columns = Math.min(tile.width, picture.width - tile.x);
    const end = Math.min(tile.y + tile.height, picture.height);
    const rows = bindRows(this.#device, picture, 4, tile.y, end);
    const params = createUniform(this.#device, 'blend', [
      picture.width,
      picture.height,
      rows.origin,
      tile.x,
      tile.y,
      tile.width,
      tile.height,
      tile.blendLeft,
      tile.blendTop,
      Number(format.layout === 'NHWC'),
      Number(format.channels === 'BGR'),
      ELEMENT_BITS[format.element],
      tile.skipLeft ?? 0,
      tile.skipTop ?? 0,
      tile.width - (tile.skipRight ?? 0),
      tile.height - (tile.skipBottom ?? 0),
      ...floatBits(...mean, 0),
      ...floatBits(...std, 0),
    ]);
    recordDispatch(
      this.#device,
      encoder,
      this.#pipeline,
      [{ buffer: params }, { buffer: planes }, rows.resource, { buffer: counters }],
      [Math.ceil(columns / WORKGROUP_WIDTH), end - tile.y],
    );
  }
}
