import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { RAIM_METRIC_IDS, type RaimValues } from '../core/metrics/types.ts';
import type { GpuContext } from './device.ts';
import { PixelMetrics } from './pixelMetrics.ts';
import type { GpuPicture } from './rows.ts';

/** The RAIM 2026 set alone, in one fused pass. */
export class RaimMetrics {
  readonly #metrics: PixelMetrics;

  /** `bandBytes`: the most a band of one picture may take, halo and alignment included. */
  constructor(context: GpuContext, bandBytes?: number) {
    this.#metrics = new PixelMetrics(context, bandBytes === undefined ? {} : { bandBytes });
  }

  /**
   * PSNR, SSIM and ΔE by region. PSNR equals the float64 reference, the others to 1e-6.
   * @throws RangeError when the sizes differ. Rejects when the device is lost.
   */
  measure(
    output: Rgba8 | GpuPicture,
    groundTruth: Rgba8 | GpuPicture,
    mask: BinaryMask | GpuPicture | null,
  ): Promise<RaimValues> {
    return this.#metrics.measure(RAIM_METRIC_IDS, output, groundTruth, mask);
  }

  destroy(): void {
    this.#metrics.destroy();
  }
}
