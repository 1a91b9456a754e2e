import source from '../../../shaders/passes/raim_metrics.wgsl?raw';
import { CUBE_ROOT_TABLE } from '../../core/colour/opencvLab8.ts';
import { createStorageFrom } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import type { RegionTotals } from '../regionTotals.ts';
import {
  forEachPartial,
  type MetricsBand,
  recordSums,
  type SumPass,
  stripBytes,
} from './sumPass.ts';

/** The 128 pixels of an invocation keep all of its sums below 2^32, whole ΔEs below 2^16. */
const STRIPS = { columns: 4, rows: 32, vectors: 1 };

/** The shader's fixed-point unit, of 1 - SSIM (at most 2 a pixel) and of the fractions of ΔE. */
export const RAIM_UNIT = 2 ** -22;

/**
 * The fused RAIM 2026 metrics (PSNR, SSIM 5×5, ΔE OpenCV 8-bit) of a band: `pixels`,
 * `squaredError` and, in units of `RAIM_UNIT`, `dissimilarity` (1 - SSIM) and `deltaE`.
 */
export class RaimMetricsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 2;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #cubeRoots: GPUBuffer;

  constructor(context: GpuContext) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('raim metrics', source, {
      STRIP_ROWS: STRIPS.rows,
      UNIT_SCALE: 1 / RAIM_UNIT,
    });
    const table = Float32Array.from(CUBE_ROOT_TABLE);
    this.#cubeRoots = createStorageFrom(this.#device, 'OpenCV cube roots', table);
  }

  partialsBytes(width: number, rows: number): number {
    return stripBytes(STRIPS, width, rows);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    recordSums(this.#device, encoder, this.#pipeline, STRIPS, band, [this.#cubeRoots], partials);
    return [];
  }

  collect(partials: Uint32Array, totals: RegionTotals): void {
    const word = (at: number) => partials[at] ?? 0;
    const deltaE = (at: number) => (word(at + 2) & 0xffff) / RAIM_UNIT + word(at + 3);
    forEachPartial(STRIPS, partials, (all, inside) => {
      totals.add('squaredError', word(all), word(inside));
      totals.add('dissimilarity', word(all + 1), word(inside + 1));
      totals.add('deltaE', deltaE(all), deltaE(inside));
      totals.add('pixels', word(all + 2) >>> 16, word(inside + 2) >>> 16);
    });
  }

  destroy(): void {
    this.#cubeRoots.destroy();
  }
}
