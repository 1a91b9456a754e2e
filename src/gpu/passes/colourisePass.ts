import source from '../../../shaders/passes/colourise.wgsl?raw';
import type { MapRange } from '../../core/metrics/maps.ts';
import { createStorage, createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import type { PixelRange } from '../rows.ts';

/** Rows of a map, and the region outside which they fade. */
export interface ColouriseBand {
  readonly width: number;
  readonly firstRow: number;
  readonly endRow: number;
  readonly map: GPUBuffer;
  readonly region: PixelRange | null;
}

const bitsOf = (value: number): number => new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0;

/** Shows a map through a table of 256 colours: the shader twin of `colourise`. */
export class ColourisePass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #table: GPUBuffer;

  constructor({ device, pipelines }: GpuContext) {
    this.#device = device;
    this.#pipeline = pipelines.compute('colourise', source);
    this.#table = createStorage(device, 'colours', 256 * 4);
  }

  /** The 256 colours, R G B each, that everything submitted from now on is shown in. */
  setColours(colours: Uint8Array): void {
    const words = Uint32Array.from({ length: 256 }, (_, i) => {
      const [red = 0, green = 0, blue = 0] = colours.subarray(i * 3, i * 3 + 3);
      return (red | (green << 8) | (blue << 16) | (255 << 24)) >>> 0;
    });
    this.#device.queue.writeBuffer(this.#table, 0, words);
  }

  /** `picture` takes 4 bytes for every pixel of the band. */
  record(
    encoder: GPUCommandEncoder,
    band: ColouriseBand,
    { min, max }: MapRange,
    picture: GPUBuffer,
  ): void {
    const { width, firstRow, endRow, map, region } = band;
    const rows = endRow - firstRow;
    const origin = region === null ? 0 : firstRow * width - region.origin;
    const values = [width, rows, origin, region === null ? 0 : 1, bitsOf(min), bitsOf(max)];
    const resources = [
      { buffer: createUniform(this.#device, 'colourise', values) },
      { buffer: map },
      { buffer: this.#table },
      // A binding cannot be empty: without a region the colours stand in, and do not count.
      region?.resource ?? { buffer: this.#table },
      { buffer: picture },
    ];
    const workgroups = [Math.ceil(width / 64), rows] as const;
    recordDispatch(this.#device, encoder, this.#pipeline, resources, workgroups);
  }

  destroy(): void {
    this.#table.destroy();
  }
}
