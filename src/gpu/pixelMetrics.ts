import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { requireEqualSizes } from '../core/metrics/measure.ts';
import type { MetricId, RegionValues } from '../core/metrics/types.ts';
import { createStorage, Readback } from './buffers.ts';
import type { GpuContext } from './device.ts';
import { finishMetric } from './finishMetrics.ts';
import type { SumPass } from './passes/sumPass.ts';
import { PassSet } from './passSet.ts';
import { type HeldPicture, PictureCache } from './pictureCache.ts';
import { RegionTotals } from './regionTotals.ts';
import { bindSource, type GpuPicture, maxBindingBytes } from './rows.ts';

export interface PixelMetricsOptions {
  /** The most a band of one picture may take, halo and alignment included; default 64 MiB. */
  readonly bandBytes?: number;
  /** The most that ground truths kept on the GPU may take; default 256 MiB. */
  readonly cacheBytes?: number;
}

export interface MeasureOptions {
  /**
   * The ground truth's content, for instance its SHA-256: under this key it stays on the GPU, since
   * it is compared with every method's output.
   */
  readonly groundTruthKey?: string;
  /** The output's content: where it was adopted under this key, it is not uploaded again. */
  readonly outputKey?: string;
}

type Picture = Rgba8 | GpuPicture;
type Mask = BinaryMask | GpuPicture;

/** What is measured: pictures of equal size, and the mask to split the sums by. */
interface Job {
  readonly passes: readonly SumPass[];
  readonly output: Picture;
  readonly groundTruth: Picture;
  readonly mask: Mask | null;
  /** By pass. */
  readonly totals: readonly RegionTotals[];
}

/**
 * Metrics that compare two pictures pixel by pixel, on the GPU: every picture is uploaded once, all
 * passes that the asked metrics need are recorded into one encoder, and all partial sums come back in
 * one readback. Pictures too large for one binding are measured in bands of rows; sums are whole
 * numbers, so bands do not change a digit.
 *
 * `psnr`, `psnr-y`, `mae` and `rmse` equal the float64 references; the others agree to 1e-6, absolute
 * below 1 and relative above. f32 does not hold that for a colour difference of one single pixel:
 * there `deltae76` may be off by 3e-6 and `deltae2000`, between nearly opposite hues, by 1e-5.
 */
export class PixelMetrics {
  readonly #device: GPUDevice;
  readonly #passes: PassSet;
  readonly #cache: PictureCache;
  readonly #bandBytes: number;

  constructor(context: GpuContext, options: PixelMetricsOptions = {}) {
    const { bandBytes = 64 * 2 ** 20, cacheBytes = 256 * 2 ** 20 } = options;
    this.#device = context.device;
    this.#passes = new PassSet(context);
    this.#cache = new PictureCache(context.device, cacheBytes);
    this.#bandBytes = Math.min(bandBytes, maxBindingBytes(context.device));
  }

  /**
   * Without a mask only `global` has values; a region without pixels has none.
   * @throws RangeError when the sizes differ. Rejects when the device is lost.
   */
  async measure<Id extends MetricId>(
    ids: readonly Id[],
    output: Picture,
    groundTruth: Picture,
    mask: Mask | null,
    options: MeasureOptions = {},
  ): Promise<Readonly<Record<Id, RegionValues>>> {
    const totals = await this.#sums(ids, output, groundTruth, mask, options);
    const { width, height } = output;
    const measured = { totals, hasMask: mask !== null, width, height };
    const entries = ids.map((id) => [id, finishMetric(id, measured)]);
    return Object.fromEntries(entries) as Record<Id, RegionValues>;
  }

  /** Takes over a picture that was made on the GPU; `outputKey` or `groundTruthKey` finds it. */
  adopt(key: string, picture: GpuPicture): void {
    this.#cache.adopt(key, picture);
  }

  destroy(): void {
    this.#passes.destroy();
    this.#cache.clear();
  }

  async #sums(
    ids: readonly MetricId[],
    output: Picture,
    groundTruth: Picture,
    mask: Mask | null,
    { groundTruthKey, outputKey }: MeasureOptions,
  ): Promise<RegionTotals> {
    requireEqualSizes(output, groundTruth, mask);
    const passes = this.#passes.for(ids);
    let held: HeldPicture | null = null;
    if (groundTruthKey !== undefined && 'data' in groundTruth) {
      held = this.#cache.hold(groundTruthKey, groundTruth);
    }
    const kept = outputKey === undefined ? null : this.#cache.find(outputKey);
    const totals = passes.map(() => new RegionTotals());
    const [first, second] = [kept?.picture ?? output, held?.picture ?? groundTruth];
    const job = { passes, output: first, groundTruth: second, mask, totals };
    try {
      const step = this.#rowsPerBand(output.width, passes);
      for (let firstRow = 0; firstRow < output.height; firstRow += step) {
        await this.#measureBand(job, firstRow, Math.min(firstRow + step, output.height));
      }
    } finally {
      held?.release();
      kept?.release();
    }
    return RegionTotals.joined(totals);
  }

  #rowsPerBand(width: number, passes: readonly SumPass[]): number {
    const slack = this.#device.limits.minStorageBufferOffsetAlignment;
    const bytesPerPixel = Math.max(4, ...passes.map((pass) => pass.bytesPerPixel));
    const halo = haloOf(passes);
    const rowStep = Math.max(1, ...passes.map((pass) => pass.rowStep));
    const rows = Math.floor((this.#bandBytes - slack) / (width * bytesPerPixel)) - 2 * halo;
    return Math.max(rowStep, rows - (rows % rowStep));
  }

  async #measureBand(job: Job, firstRow: number, endRow: number): Promise<void> {
    const { width, height } = job.output;
    const halo = haloOf(job.passes);
    const [first, end] = [Math.max(0, firstRow - halo), Math.min(height, endRow + halo)];
    const a = bindSource(this.#device, job.output, 4, first, end);
    const b = bindSource(this.#device, job.groundTruth, 4, first, end);
    const mask = job.mask && bindSource(this.#device, job.mask, 1, firstRow, endRow);
    const rows = endRow - firstRow;
    const sizes = job.passes.map((pass) => pass.partialsBytes(width, rows));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const partials = createStorage(this.#device, 'metric sums', bytes);
    const readback = new Readback(this.#device, bytes);
    const scratch: GPUBuffer[] = [];
    try {
      const encoder = this.#device.createCommandEncoder({ label: 'metrics' });
      const ranges = { output: a.range, groundTruth: b.range, mask: mask?.range ?? null };
      const band = { width, height, firstRow, endRow, ...ranges };
      let offset = 0;
      job.passes.forEach((pass, i) => {
        const size = sizes[i] ?? 0;
        scratch.push(...pass.record(encoder, band, { buffer: partials, offset, size }));
        offset += size;
      });
      readback.record(encoder, partials);
      this.#device.queue.submit([encoder.finish()]);
      await readback.read((mapped) => collect(job, mapped, sizes, width, rows));
    } finally {
      for (const bound of [a, b, mask]) bound?.release();
      for (const buffer of [partials, ...scratch]) buffer.destroy();
    }
  }
}

const haloOf = (passes: readonly SumPass[]) => Math.max(0, ...passes.map((pass) => pass.halo));

/** Hands every pass its part of the partial sums. */
function collect(
  { passes, totals }: Job,
  mapped: ArrayBuffer,
  sizes: readonly number[],
  width: number,
  rows: number,
): void {
  let offset = 0;
  passes.forEach((pass, i) => {
    const [size, total] = [sizes[i] ?? 0, totals[i]];
    if (total) pass.collect(new Uint32Array(mapped, offset, size / 4), total, width, rows);
    offset += size;
  });
}
