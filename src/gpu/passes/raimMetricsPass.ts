import source from '../../../shaders/passes/raim_metrics.wgsl?raw';
import { CUBE_ROOT_TABLE, LINEAR_TABLE } from '../../core/colour/opencvLab8.ts';
import { createStorageFrom, createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import type { PixelRange } from '../rows.ts';

/** Invocations of a workgroup, and the columns that each walks down: fixed in the shader. */
const WORKGROUP_SIZE = 64;
const COLUMNS = 4;
/** Rows of an invocation: its 128 pixels keep all of its sums below 2^32, whole ΔEs below 2^16. */
const STRIP_ROWS = 32;
/** Two vec4u an invocation: all pixels, and those inside the mask. */
const WORDS_PER_PARTIAL = 8;

/** The shader's fixed-point units, of 1 - SSIM (at most 2 a pixel) and of the fractions of ΔE. */
export const DISSIMILARITY_UNIT = 2 ** -23;
export const DELTA_E_FRACTION_UNIT = 2 ** -24;

/** A band of rows of a picture pair, bound from two rows above it to two rows below it. */
export interface MetricsBand {
  readonly width: number;
  readonly height: number;
  /** The rows that are summed: [firstRow, endRow). */
  readonly firstRow: number;
  readonly endRow: number;
  readonly output: PixelRange;
  readonly groundTruth: PixelRange;
  /** One byte a pixel, 1 inside; null where everything is outside. */
  readonly mask: PixelRange | null;
}

/** Workgroups across and down a band. */
function workgroups(width: number, rows: number): readonly [number, number] {
  return [Math.ceil(width / (WORKGROUP_SIZE * COLUMNS)), Math.ceil(rows / STRIP_ROWS)];
}

/** Size of the sums of a band, in bytes; invocations beyond the picture's edge leave zeros. */
export function partialsBytes(width: number, rows: number): number {
  const [across, down] = workgroups(width, rows);
  return across * down * WORKGROUP_SIZE * WORDS_PER_PARTIAL * 4;
}

/** The fused RAIM 2026 metrics (PSNR, SSIM 5×5, ΔE OpenCV 8-bit) of a band, as partial sums. */
export class RaimMetricsPass {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #tables: GPUBuffer;

  constructor(context: GpuContext) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('raim metrics', source, {
      STRIP_ROWS,
      DISSIMILARITY_SCALE: 1 / DISSIMILARITY_UNIT,
    });
    const words = new Uint32Array(LINEAR_TABLE.length + CUBE_ROOT_TABLE.length);
    words.set(LINEAR_TABLE);
    words.set(CUBE_ROOT_TABLE, LINEAR_TABLE.length);
    this.#tables = createStorageFrom(this.#device, 'OpenCV Lab tables', words);
  }

  /** `partials` takes `partialsBytes(width, endRow - firstRow)` bytes. */
  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBuffer): void {
    const { output, groundTruth, mask } = band;
    const params = createUniform(this.#device, 'raim metrics', [
      band.width,
      band.height,
      band.firstRow,
      band.endRow,
      output.origin,
      groundTruth.origin,
      mask?.origin ?? 0,
      mask === null ? 0 : 1,
    ]);
    recordDispatch(
      this.#device,
      encoder,
      this.#pipeline,
      [
        { buffer: params },
        output.resource,
        groundTruth.resource,
        // A binding cannot be empty: without a mask any buffer stands in, and is not read.
        mask?.resource ?? { buffer: this.#tables },
        { buffer: this.#tables },
        { buffer: partials },
      ],
      workgroups(band.width, band.endRow - band.firstRow),
    );
  }

  destroy(): void {
    this.#tables.destroy();
  }
}
