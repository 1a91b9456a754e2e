import source from '../../../shaders/passes/colour_sums.wgsl?raw';
import { srgbToLinear } from '../../core/colour/srgb.ts';
import { createStorageFrom } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { stripSumPass } from './stripSumPass.ts';
import type { SumPass } from './sumPass.ts';

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
 * @param withCiede2000 without it the pass takes a fraction of the time, and `deltaE2000` stays 0
 */
export function colourSumsPass(context: GpuContext, withCiede2000: boolean): SumPass {
  return stripSumPass(context, {
    label: 'colour sums',
    source,
    strips: STRIPS,
    constants: { WITH_CIEDE2000: withCiede2000 ? 1 : 0 },
    tables: [createStorageFrom(context.device, 'linear light', linearLightTable())],
    add(totals, word, all, inside) {
      const cie76 = (at: number) => (word(at) & 0xffff) / COLOUR_UNIT + word(at + 1);
      const cie2000 = (at: number) => word(at + 2) / COLOUR_UNIT + word(at + 3);
      totals.add('pixels', word(all) >>> 16, word(inside) >>> 16);
      totals.add('deltaE76', cie76(all), cie76(inside));
      totals.add('deltaE2000', cie2000(all), cie2000(inside));
    },
  });
}
