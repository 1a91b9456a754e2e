import source from '../../../shaders/passes/error_sums.wgsl?raw';
import type { GpuContext } from '../device.ts';
import type { RegionTotals } from '../regionTotals.ts';
import {
  forEachPartial,
  type MetricsBand,
  recordSums,
  type SumPass,
  stripBytes,
} from './sumPass.ts';

/** The 128 pixels of an invocation keep all of its sums below 2^32. */
const STRIPS = { columns: 4, rows: 32, vectors: 2 };

/**
 * Exact errors of a band: `pixels`, `squaredError` and `absoluteError` over R, G and B on the 8-bit
 * scale, and `squaredLumaError` in squared thousandths of a level.
 */
export class ErrorSumsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 0;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;

  constructor(context: GpuContext) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('error sums', source, { STRIP_ROWS: STRIPS.rows });
  }

  partialsBytes(width: number, rows: number): number {
    return stripBytes(STRIPS, width, rows);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    recordSums(this.#device, encoder, this.#pipeline, STRIPS, band, [], partials);
    return [];
  }

  collect(partials: Uint32Array, totals: RegionTotals): void {
    const word = (at: number) => partials[at] ?? 0;
    const luma = (at: number) => word(at + 4) * 2 ** 18 + word(at + 5) * 2 ** 10 + word(at + 6);
    forEachPartial(STRIPS, partials, (all, inside) => {
      totals.add('squaredError', word(all), word(inside));
      totals.add('absoluteError', word(all + 1), word(inside + 1));
      totals.add('pixels', word(all + 2), word(inside + 2));
      totals.add('squaredLumaError', luma(all), luma(inside));
    });
  }

  destroy(): void {}
}
