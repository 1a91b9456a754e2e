import source from '../../../shaders/passes/error_sums.wgsl?raw';
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

/**
 * Exact errors of a band: `pixels`, `squaredError` and `absoluteError` over R, G and B on the 8-bit
 * scale, and `squaredLumaError` in squared thousandths of a level.
 */
export class ErrorSumsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 0;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #strips: Strips;
  readonly #pipeline: GPUComputePipeline;

  constructor({ device, pipelines, software }: GpuContext) {
    this.#device = device;
    // Sums of 128 pixels stay far below 2^32. A GPU wants more invocations than a CPU has use for.
    this.#strips = { columns: 1, rows: software ? 128 : 32, vectors: 2 };
    const { rows } = this.#strips;
    this.#pipeline = pipelines.compute('error sums', source, { STRIP_ROWS: rows });
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
    const luma = (at: number) => word(at + 4) * 2 ** 18 + word(at + 5) * 2 ** 10 + word(at + 6);
    forEachPartial(this.#strips, partials, (all, inside) => {
      totals.add('squaredError', word(all), word(inside));
      totals.add('absoluteError', word(all + 1), word(inside + 1));
      totals.add('pixels', word(all + 2), word(inside + 2));
      totals.add('squaredLumaError', luma(all), luma(inside));
    });
  }

  destroy(): void {}
}
