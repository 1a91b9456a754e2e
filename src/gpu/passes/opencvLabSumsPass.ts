import source from '../../../shaders/passes/opencv_lab_sums.wgsl?raw';
import { CUBE_ROOT_TABLE } from '../../core/colour/opencvLab8.ts';
import { createStorageFrom } from '../buffers.ts';
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

/** The shader's fixed-point unit of the fractions of ΔE. */
export const LAB8_UNIT = 2 ** -22;

/**
 * Squared errors and OpenCV's 8-bit ΔE of a band: `pixels`, `squaredError` and, in units of
 * `LAB8_UNIT`, `deltaE`.
 */
export class OpencvLabSumsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 0;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #strips: Strips;
  readonly #pipeline: GPUComputePipeline;
  readonly #cubeRoots: GPUBuffer;

  constructor({ device, pipelines, software }: GpuContext) {
    this.#device = device;
    // Sums of 128 pixels stay far below 2^32. A GPU wants more invocations than a CPU has use for.
    this.#strips = { columns: 1, rows: software ? 128 : 32, vectors: 1 };
    this.#pipeline = pipelines.compute('OpenCV Lab sums', source, {
      STRIP_ROWS: this.#strips.rows,
      UNIT_SCALE: 1 / LAB8_UNIT,
    });
    const table = Float32Array.from(CUBE_ROOT_TABLE);
    this.#cubeRoots = createStorageFrom(device, 'OpenCV cube roots', table);
  }

  partialsBytes(width: number, rows: number): number {
    return stripBytes(this.#strips, width, rows);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    const tables = [this.#cubeRoots];
    recordSums(this.#device, encoder, this.#pipeline, this.#strips, band, tables, partials);
    return [];
  }

  collect(partials: Uint32Array, totals: RegionTotals): void {
    const word = (at: number) => partials[at] ?? 0;
    const deltaE = (at: number) => word(at + 2) / LAB8_UNIT + word(at + 3);
    forEachPartial(this.#strips, partials, (all, inside) => {
      totals.add('squaredError', word(all), word(inside));
      totals.add('pixels', word(all + 1), word(inside + 1));
      totals.add('deltaE', deltaE(all), deltaE(inside));
    });
  }

  destroy(): void {
    this.#cubeRoots.destroy();
  }
}
