import differenceSource from '../../../shaders/passes/difference_map.wgsl?raw';
import ssimSource from '../../../shaders/passes/ssim_map.wgsl?raw';
import { CUBE_ROOT_TABLE } from '../../core/colour/opencvLab8.ts';
import type { MapId } from '../../core/metrics/maps.ts';
import { createStorageFrom, createUniform } from '../buffers.ts';
import { recordDispatch } from '../compute.ts';
import type { GpuContext } from '../device.ts';
import type { PixelRange } from '../rows.ts';
import { linearLightTable } from './colourSumsPass.ts';

/** The shader's kinds of difference. */
const KINDS: Readonly<Record<Exclude<MapId, 'ssim'>, number>> = {
  deltae: 0,
  deltae2000: 1,
  'absolute-error': 2,
  'signed-luma': 3,
};

const SSIM_COLUMNS = 2;
const SSIM_STRIP_ROWS = 32;

/** A band of rows of a picture pair, bound with `MAP_HALO` rows more as far as the picture has them. */
export interface MapBand {
  readonly width: number;
  readonly height: number;
  readonly firstRow: number;
  readonly endRow: number;
  readonly output: PixelRange;
  readonly groundTruth: PixelRange;
}

/** Rows of SSIM's window above and below its centre. */
export const MAP_HALO = 2;

/** Per-pixel maps as f32, rows top to bottom: what `mapReference` computes. */
export class MapPass {
  readonly #context: GpuContext;
  readonly #cubeRoots: GPUBuffer;
  readonly #linearLight: GPUBuffer;

  constructor(context: GpuContext) {
    this.#context = context;
    const { device } = context;
    const roots = Float32Array.from(CUBE_ROOT_TABLE);
    this.#cubeRoots = createStorageFrom(device, 'OpenCV cube roots', roots);
    this.#linearLight = createStorageFrom(device, 'linear light', linearLightTable());
  }

  /** `map` takes 4 bytes for every pixel of the band. */
  record(encoder: GPUCommandEncoder, id: MapId, band: MapBand, map: GPUBuffer): void {
    if (id === 'ssim') this.#recordSsim(encoder, band, map);
    else this.#recordDifference(encoder, KINDS[id], band, map);
  }

  destroy(): void {
    this.#cubeRoots.destroy();
    this.#linearLight.destroy();
  }

  #recordSsim(encoder: GPUCommandEncoder, band: MapBand, map: GPUBuffer): void {
    const { device, pipelines } = this.#context;
    const { width, height, firstRow, endRow, output, groundTruth } = band;
    const pipeline = pipelines.compute('SSIM map', ssimSource, { STRIP_ROWS: SSIM_STRIP_ROWS });
    const values = [width, height, firstRow, endRow, output.origin, groundTruth.origin];
    const params = { buffer: createUniform(device, 'SSIM map', values) };
    const resources = [params, output.resource, groundTruth.resource, { buffer: map }];
    const across = Math.ceil(width / (64 * SSIM_COLUMNS));
    const down = Math.ceil((endRow - firstRow) / SSIM_STRIP_ROWS);
    recordDispatch(device, encoder, pipeline, resources, [across, down]);
  }

  #recordDifference(encoder: GPUCommandEncoder, kind: number, band: MapBand, map: GPUBuffer): void {
    const { device, pipelines } = this.#context;
    const { width, firstRow, endRow, output, groundTruth } = band;
    const pipeline = pipelines.compute('difference map', differenceSource, { KIND: kind });
    const values = [width, firstRow, endRow, output.origin, groundTruth.origin];
    const resources = [
      { buffer: createUniform(device, 'difference map', values) },
      output.resource,
      groundTruth.resource,
      { buffer: this.#cubeRoots },
      { buffer: this.#linearLight },
      { buffer: map },
    ];
    recordDispatch(device, encoder, pipeline, resources, [
      Math.ceil(width / 64),
      endRow - firstRow,
    ]);
  }
}
