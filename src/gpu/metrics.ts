import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { requireEqualSizes } from '../core/metrics/measure.ts';
import type { RaimValues } from '../core/metrics/types.ts';
import { createStorage, Readback, writeBytes } from './buffers.ts';
import type { GpuContext } from './device.ts';
import { MetricSums } from './metricSums.ts';
import { partialsBytes, RaimMetricsPass } from './passes/raimMetricsPass.ts';
import { bindRows, type GpuPicture, maxBindingBytes, type PixelRange } from './rows.ts';

/** Rows of SSIM's window above and below its centre. */
const HALO = 2;
/** Bands bound the memory a measurement takes, whatever the device would allow: 64 MiB a picture. */
const BAND_BYTES = 64 * 2 ** 20;

type Source = Rgba8 | BinaryMask | GpuPicture;

/** Rows [first, end) of one picture, bound for a pass; `release` frees what was uploaded for it. */
interface BoundRows {
  readonly range: PixelRange;
  release(): void;
}

/**
 * The RAIM 2026 metrics on the GPU. Pictures too large for one binding are measured in bands of
 * rows; sums are whole numbers, so bands do not change a digit.
 */
export class RaimMetrics {
  readonly #device: GPUDevice;
  readonly #pass: RaimMetricsPass;
  readonly #bandBytes: number;

  /** `bandBytes`: the most a band of one picture may take, halo and alignment included. */
  constructor(context: GpuContext, bandBytes: number = BAND_BYTES) {
    this.#device = context.device;
    this.#pass = new RaimMetricsPass(context);
    this.#bandBytes = Math.min(bandBytes, maxBindingBytes(context.device));
  }

  /**
   * PSNR, SSIM and ΔE by region. PSNR equals the float64 reference, the others to 1e-6.
   * @throws RangeError when the sizes differ. Rejects when the device is lost.
   */
  async measure(
    output: Rgba8 | GpuPicture,
    groundTruth: Rgba8 | GpuPicture,
    mask: BinaryMask | GpuPicture | null,
  ): Promise<RaimValues> {
    requireEqualSizes(output, groundTruth, mask);
    const sums = new MetricSums();
    const step = this.#rowsPerBand(output.width);
    for (let firstRow = 0; firstRow < output.height; firstRow += step) {
      const endRow = Math.min(firstRow + step, output.height);
      await this.#measureBand(output, groundTruth, mask, firstRow, endRow, sums);
    }
    return sums.finish(mask !== null);
  }

  destroy(): void {
    this.#pass.destroy();
  }

  #rowsPerBand(width: number): number {
    const slack = this.#device.limits.minStorageBufferOffsetAlignment;
    return Math.max(1, Math.floor((this.#bandBytes - slack) / (width * 4)) - 2 * HALO);
  }

  async #measureBand(
    output: Rgba8 | GpuPicture,
    groundTruth: Rgba8 | GpuPicture,
    mask: BinaryMask | GpuPicture | null,
    firstRow: number,
    endRow: number,
    sums: MetricSums,
  ): Promise<void> {
    const { width, height } = output;
    const first = Math.max(0, firstRow - HALO);
    const end = Math.min(height, endRow + HALO);
    const a = this.#bind(output, 4, first, end);
    const b = this.#bind(groundTruth, 4, first, end);
    const m = mask === null ? null : this.#bind(mask, 1, firstRow, endRow);
    const bytes = partialsBytes(width, endRow - firstRow);
    const partials = createStorage(this.#device, 'metric sums', bytes);
    const readback = new Readback(this.#device, bytes);
    try {
      const encoder = this.#device.createCommandEncoder({ label: 'raim metrics' });
      const ranges = { output: a.range, groundTruth: b.range, mask: m?.range ?? null };
      this.#pass.record(encoder, { width, height, firstRow, endRow, ...ranges }, partials);
      readback.record(encoder, partials);
      this.#device.queue.submit([encoder.finish()]);
      await readback.read((mapped) => sums.add(new Uint32Array(mapped)));
    } finally {
      for (const bound of [a, b, m]) bound?.release();
      partials.destroy();
    }
  }

  #bind(source: Source, bytesPerPixel: 1 | 4, first: number, end: number): BoundRows {
    const device = this.#device;
    if ('buffer' in source) {
      const range = bindRows(device, source, bytesPerPixel, first, end);
      return { range, release: () => undefined };
    }
    const startByte = first * source.width * bytesPerPixel;
    const from = startByte - (startByte % 4);
    const to = end * source.width * bytesPerPixel;
    const buffer = createStorage(device, 'metrics input', to - from);
    writeBytes(device, buffer, source.data, from, to);
    return {
      range: { resource: { buffer }, origin: from / bytesPerPixel },
      release: () => buffer.destroy(),
    };
  }
}
