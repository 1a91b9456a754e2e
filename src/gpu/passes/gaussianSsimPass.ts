import sumSource from '../../../shaders/passes/gaussian_ssim.wgsl?raw';
import halveSource from '../../../shaders/passes/halve_pairs.wgsl?raw';
import lumaSource from '../../../shaders/passes/luma_pairs.wgsl?raw';
import { createStorage, createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import type { RegionTotals } from '../regionTotals.ts';
import {
  forEachPartial,
  type MetricsBand,
  maskBinding,
  type SumPass,
  stripBytes,
  workgroupsOf,
} from './sumPass.ts';

const STRIPS = { columns: 2, rows: 64, vectors: 1 };
const RADIUS = 5;
const BYTES_PER_PAIR = 8;

/** The shader's fixed-point unit of 1 - structure and 1 - SSIM, at most 2 a window. */
export const GAUSSIAN_UNIT = 2 ** -23;

/** One scale of a band: the picture's size there, the rows that are summed and those at hand. */
interface Scale {
  readonly width: number;
  readonly height: number;
  readonly firstRow: number;
  readonly endRow: number;
  readonly pairsRow: number;
  readonly pairsEnd: number;
}

/**
 * SSIM with the Gaussian window of a band, at one scale or, for MS-SSIM, at several: `windows`,
 * and in units of `GAUSSIAN_UNIT` `structure` (1 - contrast × structure) and `similarity` (1 - SSIM),
 * each with the number of its scale. Only the finest scale is split by the mask.
 */
export class GaussianSsimPass implements SumPass {
  readonly bytesPerPixel = BYTES_PER_PAIR;
  readonly halo: number;
  readonly rowStep: number;
  readonly #scales: number;
  readonly #device: GPUDevice;
  readonly #luma: GPUComputePipeline;
  readonly #halve: GPUComputePipeline;
  readonly #sum: GPUComputePipeline;

  constructor({ device, pipelines }: GpuContext, scales: number) {
    this.#scales = scales;
    this.rowStep = 2 ** (scales - 1);
    this.halo = RADIUS * this.rowStep;
    this.#device = device;
    this.#luma = pipelines.compute('luma pairs', lumaSource);
    this.#halve = pipelines.compute('halve pairs', halveSource);
    this.#sum = pipelines.compute('gaussian SSIM', sumSource, {
      STRIP_ROWS: STRIPS.rows,
      UNIT_SCALE: 1 / GAUSSIAN_UNIT,
    });
  }

  partialsBytes(width: number, rows: number): number {
    return this.#ranges(width, rows).reduce((sum, bytes) => sum + bytes, 0);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    const ranges = this.#ranges(band.width, band.endRow - band.firstRow);
    const buffers: GPUBuffer[] = [];
    let offset = partials.offset ?? 0;
    let finer: Scale | null = null;
    ranges.forEach((size, level) => {
      const scale = this.#scaleOf(band, level);
      const { width, pairsRow, pairsEnd } = scale;
      const bytes = width * (pairsEnd - pairsRow) * BYTES_PER_PAIR;
      const pairs = createStorage(this.#device, 'luma pairs', bytes);
      const above = buffers.at(-1);
      if (finer !== null && above) this.#recordHalve(encoder, finer, above, pairs);
      else this.#recordLuma(encoder, band, scale, pairs);
      const target = { buffer: partials.buffer, offset, size };
      this.#recordSum(encoder, level === 0 ? band : { ...band, mask: null }, scale, pairs, target);
      buffers.push(pairs);
      offset += size;
      finer = scale;
    });
    return buffers;
  }

  collect(partials: Uint32Array, totals: RegionTotals, width: number, rows: number): void {
    const word = (i: number) => partials[i] ?? 0;
    let base = 0;
    this.#ranges(width, rows).forEach((size, level) => {
      const part = partials.subarray(base, base + size / 4);
      const start = base;
      forEachPartial(STRIPS, part, (all, inside) => {
        const [a, b] = [start + all, start + inside];
        totals.add(`structure${level}`, word(a), word(b));
        totals.add(`similarity${level}`, word(a + 1), word(b + 1));
        totals.add(`windows${level}`, word(a + 2), word(b + 2));
      });
      base += size / 4;
    });
  }

  destroy(): void {}

  /** Bytes of the partial sums of every scale, multiples of any offset alignment. */
  #ranges(width: number, rows: number): readonly number[] {
    return Array.from({ length: this.#scales }, (_, level) =>
      stripBytes(STRIPS, Math.ceil(width / 2 ** level), Math.ceil(rows / 2 ** level)),
    );
  }

  #scaleOf({ width, height, firstRow, endRow }: MetricsBand, level: number): Scale {
    const at = (length: number) => Math.ceil(length / 2 ** level);
    return {
      width: at(width),
      height: at(height),
      firstRow: at(firstRow),
      endRow: at(endRow),
      pairsRow: at(Math.max(0, firstRow - this.halo)),
      pairsEnd: at(Math.min(height, endRow + this.halo)),
    };
  }

  #recordLuma(encoder: GPUCommandEncoder, band: MetricsBand, scale: Scale, pairs: GPUBuffer): void {
    const { output, groundTruth } = band;
    const { width, pairsRow, pairsEnd } = scale;
    const origins = [output.origin, groundTruth.origin];
    const values = [width, pairsRow, pairsEnd, ...origins];
    const params = { buffer: createUniform(this.#device, 'luma pairs', values) };
    const resources = [params, output.resource, groundTruth.resource, { buffer: pairs }];
    const workgroups = [Math.ceil(width / 64), pairsEnd - pairsRow] as const;
    recordDispatch(this.#device, encoder, this.#luma, resources, workgroups);
  }

  #recordHalve(encoder: GPUCommandEncoder, finer: Scale, from: GPUBuffer, to: GPUBuffer): void {
    const rows = finer.pairsEnd - finer.pairsRow;
    const params = createUniform(this.#device, 'halve pairs', [finer.width, rows]);
    const workgroups = [Math.ceil(finer.width / 128), Math.ceil(rows / 2)] as const;
    const resources = [{ buffer: params }, { buffer: from }, { buffer: to }];
    recordDispatch(this.#device, encoder, this.#halve, resources, workgroups);
  }

  #recordSum(
    encoder: GPUCommandEncoder,
    band: MetricsBand,
    scale: Scale,
    pairs: GPUBuffer,
    partials: GPUBufferBinding,
  ): void {
    const { width, height, firstRow, endRow, pairsRow } = scale;
    const mask = [band.mask?.origin ?? 0, band.mask === null ? 0 : 1];
    const values = [width, height, firstRow, endRow, pairsRow, ...mask];
    const resources = [
      { buffer: createUniform(this.#device, 'gaussian SSIM', values) },
      { buffer: pairs },
      maskBinding(band),
      partials,
    ];
    const workgroups = workgroupsOf(STRIPS, width, endRow - firstRow);
    recordDispatch(this.#device, encoder, this.#sum, resources, workgroups);
  }
}
