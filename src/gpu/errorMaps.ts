import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import { dataRange, type MapId, type MapRange, type ScalarMap } from '../core/metrics/maps.ts';
import { requireEqualSizes } from '../core/metrics/measure.ts';
import { createStorage, Readback } from './buffers.ts';
import type { GpuContext } from './device.ts';
import { ColourisePass } from './passes/colourisePass.ts';
import { MAP_HALO, MapPass } from './passes/mapPass.ts';
import { bindSource, type GpuPicture, maxBindingBytes } from './rows.ts';

/** Bands bound the memory that a map takes at once: 64 MiB a picture. */
const BAND_BYTES = 64 * 2 ** 20;

export interface MapView {
  /** The ends of the colours, or `data`: what `dataRange` gives for the region. */
  readonly range: MapRange | 'data';
  /** 256 colours, R G B each, from `min` to `max`. */
  readonly colours: Uint8Array;
  /** Colours fade outside; null shows everything. */
  readonly region: BinaryMask | null;
}

export interface ErrorMap {
  readonly values: ScalarMap;
  readonly range: MapRange;
  readonly picture: Rgba8;
}

type Picture = Rgba8 | GpuPicture;

interface Rows {
  readonly firstRow: number;
  readonly endRow: number;
}

/** Per-pixel error maps and their pictures on the GPU, in bands of rows where they are large. */
export class ErrorMaps {
  readonly #device: GPUDevice;
  readonly #maps: MapPass;
  readonly #colourise: ColourisePass;
  readonly #bandBytes: number;

  /** `bandBytes`: the most a band of one picture may take, halo and alignment included. */
  constructor(context: GpuContext, bandBytes: number = BAND_BYTES) {
    this.#device = context.device;
    this.#maps = new MapPass(context);
    this.#colourise = new ColourisePass(context);
    this.#bandBytes = Math.min(bandBytes, maxBindingBytes(context.device));
  }

  /**
   * What `mapReference` computes, in f32: `absolute-error` and `signed-luma` to 1e-5 levels, `ssim`
   * to 1e-5, `deltae` and `deltae2000` to 1e-5, relative above 1.
   * @throws RangeError when the sizes differ. Rejects when the device is lost.
   */
  async values(id: MapId, output: Picture, groundTruth: Picture): Promise<ScalarMap> {
    requireEqualSizes(output, groundTruth, null);
    const { width, height } = output;
    const data = new Float32Array(width * height);
    for (const rows of this.#bands(width, height)) {
      const map = this.#recordMap(id, output, groundTruth, rows);
      try {
        await map.readback.read((mapped) =>
          data.set(new Float32Array(mapped), rows.firstRow * width),
        );
      } finally {
        map.buffer.destroy();
      }
    }
    return { width, height, data };
  }

  /**
   * A map's values and its picture.
   * @throws RangeError when the sizes differ or the range has no width. Rejects when the device is lost.
   */
  async show(
    id: MapId,
    output: Picture,
    groundTruth: Picture,
    { range: wanted, colours, region }: MapView,
  ): Promise<ErrorMap> {
    requireEqualSizes(output, groundTruth, region);
    const values = await this.values(id, output, groundTruth);
    const range = wanted === 'data' ? dataRange(id, values, region) : wanted;
    if (range.min === range.max) throw new RangeError('A scale needs two different ends.');
    this.#colourise.setColours(colours);
    const picture = await this.#picture(values, range, region);
    return { values, range, picture };
  }

  destroy(): void {
    this.#maps.destroy();
    this.#colourise.destroy();
  }

  *#bands(width: number, height: number): Generator<Rows> {
    const slack = this.#device.limits.minStorageBufferOffsetAlignment;
    const rows = Math.floor((this.#bandBytes - slack) / (width * 4)) - 2 * MAP_HALO;
    const step = Math.max(1, rows);
    for (let firstRow = 0; firstRow < height; firstRow += step) {
      yield { firstRow, endRow: Math.min(firstRow + step, height) };
    }
  }

  #recordMap(id: MapId, output: Picture, groundTruth: Picture, { firstRow, endRow }: Rows) {
    const { width, height } = output;
    const first = Math.max(0, firstRow - MAP_HALO);
    const end = Math.min(height, endRow + MAP_HALO);
    const a = bindSource(this.#device, output, 4, first, end);
    const b = bindSource(this.#device, groundTruth, 4, first, end);
    const bytes = width * (endRow - firstRow) * 4;
    const buffer = createStorage(this.#device, 'map', bytes);
    const readback = new Readback(this.#device, bytes);
    const encoder = this.#device.createCommandEncoder({ label: 'map' });
    const band = { width, height, firstRow, endRow, output: a.range, groundTruth: b.range };
    this.#maps.record(encoder, id, band, buffer);
    readback.record(encoder, buffer);
    this.#device.queue.submit([encoder.finish()]);
    a.release();
    b.release();
    return { buffer, readback };
  }

  async #picture(values: ScalarMap, range: MapRange, region: BinaryMask | null): Promise<Rgba8> {
    const { width, height } = values;
    const data = new Uint8ClampedArray(width * height * 4);
    for (const { firstRow, endRow } of this.#bands(width, height)) {
      const bytes = width * (endRow - firstRow) * 4;
      const map = createStorage(this.#device, 'map', bytes);
      const picture = createStorage(this.#device, 'map picture', bytes);
      const inside = region && bindSource(this.#device, region, 1, firstRow, endRow);
      const readback = new Readback(this.#device, bytes);
      try {
        const rows = values.data.subarray(firstRow * width, endRow * width);
        this.#device.queue.writeBuffer(map, 0, rows);
        const encoder = this.#device.createCommandEncoder({ label: 'map picture' });
        const band = { width, firstRow, endRow, map, region: inside?.range ?? null };
        this.#colourise.record(encoder, band, range, picture);
        readback.record(encoder, picture);
        this.#device.queue.submit([encoder.finish()]);
        await readback.read((mapped) => data.set(new Uint8Array(mapped), firstRow * width * 4));
      } finally {
        for (const buffer of [map, picture]) buffer.destroy();
        inside?.release();
      }
    }
    return { width, height, data };
  }
}
