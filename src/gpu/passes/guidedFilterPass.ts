import applySource from '../../../shaders/passes/guided_apply.wgsl?raw';
import coefficientsSource from '../../../shaders/passes/guided_coefficients.wgsl?raw';
import momentsSource from '../../../shaders/passes/guided_moments.wgsl?raw';
import meansSource from '../../../shaders/passes/line_means.wgsl?raw';
import {
  type CoarseSize,
  coarseSize,
  type GuidedFilterParams,
} from '../../core/methods/guidedFilter.ts';
import { createStorage, createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import { floatBits, PIXELS_PER_WORKGROUP, rowBands } from '../pixelBands.ts';
import { bindRows, type GpuPicture, maxBindingBytes, planesBytes } from '../rows.ts';
import { ThumbnailPass } from './thumbnailPass.ts';

/** Values of a line that one invocation slides its window over. */
const STRIP = 32;
const BYTES_PER_COARSE_PIXEL = 16;
/** Words that a row of the last dispatch makes. */
const WORDS_PER_ROW = 2 ** 14;
/** Bands of the mask start at offsets that every device can bind: rows come in groups of this many. */
const BAND_ROWS = 256;

/** A soft mask on the GPU: float32, rows top to bottom, 1 inside. */
export interface GpuSoftMask {
  readonly width: number;
  readonly height: number;
  readonly buffer: GPUBuffer;
}

/**
 * A soft mask brought to a picture's size along the picture's own edges: twin of `guidedUpsample`,
 * equal but for values half way between two levels.
 */
export class GuidedFilterPass {
  readonly #context: GpuContext;
  readonly #thumbnail: ThumbnailPass;

  constructor(context: GpuContext) {
    this.#context = context;
    this.#thumbnail = new ThumbnailPass(context);
  }

  /**
   * @param target a byte a pixel: at least width × height bytes, rounded up to whole words
   * @returns frees what was taken; call it once the encoder's commands are submitted
   * @throws RangeError where a parameter is out of its range
   */
  record(
    encoder: GPUCommandEncoder,
    mask: GpuSoftMask,
    guide: GpuPicture,
    params: GuidedFilterParams,
    target: GPUBuffer,
  ): () => void {
    const { device } = this.#context;
    const coarse = coarseSize(guide.width, guide.height, params);
    const { width, height } = coarse;
    const planes = createStorage(device, 'guide', planesBytes(width, height));
    const bytes = width * height * BYTES_PER_COARSE_PIXEL;
    const [a, b] = [createStorage(device, 'moments', bytes), createStorage(device, 'means', bytes)];
    this.#thumbnail.record(encoder, guide, width, height, planes);
    const { gain } = params.guide;
    this.#recordMoments(encoder, coarse, planes, mask, gain, a);
    this.#recordBox(encoder, coarse, a, b);
    this.#recordCoefficients(encoder, coarse, params.epsilon, a, b);
    this.#recordBox(encoder, coarse, b, a);
    this.#recordApply(encoder, coarse, guide, gain, b, target);
    return () => {
      for (const buffer of [planes, a, b]) buffer.destroy();
    };
  }

  #recordMoments(
    encoder: GPUCommandEncoder,
    { width, height }: CoarseSize,
    planes: GPUBuffer,
    mask: GpuSoftMask,
    gain: number,
    moments: GPUBuffer,
  ): void {
    const { device, pipelines } = this.#context;
    const pipeline = pipelines.compute('guided moments', momentsSource);
    const values = [width, height, mask.width, mask.height, ...floatBits(gain)];
    const buffers = [createUniform(device, pipeline.label, values), planes, mask.buffer, moments];
    const workgroups = [Math.ceil(width / PIXELS_PER_WORKGROUP), height] as const;
    const resources = buffers.map((buffer) => ({ buffer }));
    recordDispatch(device, encoder, pipeline, resources, workgroups);
  }

  /** Means over windows of what `values` holds, back into `values`. */
  #recordBox(
    encoder: GPUCommandEncoder,
    { width, height, radius }: CoarseSize,
    values: GPUBuffer,
    scratch: GPUBuffer,
  ): void {
    const { device, pipelines } = this.#context;
    const pipeline = pipelines.compute('line means', meansSource, { STRIP });
    const along = (lines: number, length: number, strides: [number, number], io: GPUBuffer[]) => {
      const params = createUniform(device, pipeline.label, [lines, length, ...strides, radius]);
      const resources = [params, ...io].map((buffer) => ({ buffer }));
      recordDispatch(device, encoder, pipeline, resources, [
        Math.ceil(lines / PIXELS_PER_WORKGROUP),
        Math.ceil(length / STRIP),
      ]);
    };
    along(height, width, [width, 1], [values, scratch]);
    along(width, height, [1, width], [scratch, values]);
  }

  #recordCoefficients(
    encoder: GPUCommandEncoder,
    { width, height }: CoarseSize,
    epsilon: number,
    means: GPUBuffer,
    coefficients: GPUBuffer,
  ): void {
    const { device, pipelines } = this.#context;
    const pipeline = pipelines.compute('guided coefficients', coefficientsSource);
    const values = [width * height, width, ...floatBits(epsilon)];
    const buffers = [createUniform(device, pipeline.label, values), means, coefficients];
    const workgroups = [Math.ceil(width / PIXELS_PER_WORKGROUP), height] as const;
    const resources = buffers.map((buffer) => ({ buffer }));
    recordDispatch(device, encoder, pipeline, resources, workgroups);
  }

  #recordApply(
    encoder: GPUCommandEncoder,
    coarse: CoarseSize,
    guide: GpuPicture,
    gain: number,
    coefficients: GPUBuffer,
    target: GPUBuffer,
  ): void {
    const { device, pipelines } = this.#context;
    const { width, height } = guide;
    const pipeline = pipelines.compute('guided mask', applySource);
    for (const [first, end] of rowBands(device, guide, maxBindingBytes(device), BAND_ROWS)) {
      const rows = bindRows(device, guide, 4, first, end);
      const words = Math.ceil(((end - first) * width) / 4);
      const values = [width, height, coarse.width, coarse.height, first, end, rows.origin];
      const resources = [
        {
          buffer: createUniform(device, pipeline.label, [
            ...values,
            WORDS_PER_ROW,
            ...floatBits(gain),
          ]),
        },
        rows.resource,
        { buffer: coefficients },
        { buffer: target, offset: first * width, size: words * 4 },
      ];
      recordDispatch(device, encoder, pipeline, resources, [
        WORDS_PER_ROW / PIXELS_PER_WORKGROUP,
        Math.ceil(words / WORDS_PER_ROW),
      ]);
    }
  }
}
