import source from '../../../shaders/passes/colour_sums.wgsl?raw';
import { srgbToLinear } from '../../core/colour/srgb.ts';
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

/** The 64 pixels of an invocation keep whole differences below 2^16 and fractions below 2^32. */
const STRIPS = { columns: 1, rows: 64, vectors: 1 };

/** The shader's fixed-point unit of the fractions of colour differences. */
export const COLOUR_UNIT = 2 ** -24;

/** Linear light of the 256 levels in units of 2^-32; white is one unit short of 1. */
export function linearLightTable(): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: 256 }, (_, level) =>
    Math.round(srgbToLinear(level / 255) * (2 ** 32 - 1)),
  );
}

/**
 * CIE colour differences of a band on float L*a*b* (D65): `pixels` and, in units of `COLOUR_UNIT`,
 * `deltaE76` and `deltaE2000`.
 */
export class ColourSumsPass implements SumPass {
  readonly bytesPerPixel = 4;
  readonly halo = 0;
  readonly rowStep = 1;
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #linearLight: GPUBuffer;

  /** Without CIEDE2000 the pass takes a fraction of the time, and `deltaE2000` stays 0. */
  constructor(context: GpuContext, withCiede2000: boolean) {
    this.#device = context.device;
    this.#pipeline = context.pipelines.compute('colour sums', source, {
      STRIP_ROWS: STRIPS.rows,
      WITH_CIEDE2000: withCiede2000 ? 1 : 0,
    });
    this.#linearLight = createStorageFrom(this.#device, 'linear light', linearLightTable());
  }

  partialsBytes(width: number, rows: number): number {
    return stripBytes(STRIPS, width, rows);
  }

  record(encoder: GPUCommandEncoder, band: MetricsBand, partials: GPUBufferBinding) {
    recordSums(this.#device, encoder, this.#pipeline, STRIPS, band, [this.#linearLight], partials);
    return [];
  }

  collect(partials: Uint32Array, totals: RegionTotals): void {
    const word = (at: number) => partials[at] ?? 0;
    const cie76 = (at: number) => (word(at) & 0xffff) / COLOUR_UNIT + word(at + 1);
    const cie2000 = (at: number) => word(at + 2) / COLOUR_UNIT + word(at + 3);
    forEachPartial(STRIPS, partials, (all, inside) => {
      totals.add('pixels', word(all) >>> 16, word(inside) >>> 16);
      totals.add('deltaE76', cie76(all), cie76(inside));
      totals.add('deltaE2000', cie2000(all), cie2000(inside));
    });
  }

  destroy(): void {
    this.#linearLight.destroy();
  }
}
