import source from '../../../shaders/passes/ssim_sums.wgsl?raw';
import type { GpuContext } from '../device.ts';
import type { RegionTotals } from '../regionTotals.ts';
import {
  forEachPartial,
  type MetricsBand,
  recordSums,
  type Strips,
  type SumPass,
  stripBytes,
} from './sumPass.ts';

/** The shader's fixed-point unit of 1 - SSIM, at most 2 a pixel. */
export const SSIM_UNIT = 2 ** -22;

/** SSIM 5×5 of a band: `pixels` and, in units of `SSIM_UNIT`, `dissimilarity` (1 - SSIM). */
export class SsimSumsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 2;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #strips: Strips;
  readonly #pipeline: GPUComputePipeline;

  constructor({ device, pipelines, software }: GpuContext) {
    this.#device = device;
    // Sums of 256 pixels stay below 2^32. Every strip reads four rows more than it sums, but a GPU
    // wants more invocations than a CPU has use for.
    this.#strips = { columns: 2, rows: software ? 128 : 32, vectors: 1 };
    this.#pipeline = pipelines.compute('SSIM sums', source, {
      STRIP_ROWS: this.#strips.rows,
      UNIT_SCALE: 1 / SSIM_UNIT,
    });
  }

  partialsBytes(width: number, rows: number): number {
    return stripBytes(this.#strips, width, rows);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    recordSums(this.#device, encoder, this.#pipeline, this.#strips, band, [], partials);
    return [];
  }

  collect(partials: Uint32Array, totals: RegionTotals): void {
    const word = (at: number) => partials[at] ?? 0;
    forEachPartial(this.#strips, partials, (all, inside) => {
      totals.add('dissimilarity', word(all), word(inside));
      totals.add('pixels', word(all + 1), word(inside + 1));
    });
  }

  destroy(): void {}
}
