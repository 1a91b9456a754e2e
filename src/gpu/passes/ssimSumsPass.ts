import source from '../../../shaders/passes/ssim_sums.wgsl?raw';
import type { GpuContext } from '../device.ts';
import { stripRows, stripSumPass } from './stripSumPass.ts';
import type { SumPass } from './sumPass.ts';

/** The shader's fixed-point unit of 1 - SSIM, at most 2 a pixel. */
export const SSIM_UNIT = 2 ** -22;

/** SSIM 5×5 of a band: `pixels` and, in units of `SSIM_UNIT`, `dissimilarity` (1 - SSIM). */
export function ssimSumsPass(context: GpuContext): SumPass {
  return stripSumPass(context, {
    label: 'SSIM sums',
    source,
    // Sums of 256 pixels stay below 2^32. Every strip reads four rows more than it sums.
    strips: { columns: 2, rows: stripRows(context), vectors: 1 },
    constants: { UNIT_SCALE: 1 / SSIM_UNIT },
    halo: 2,
    add(totals, word, all, inside) {
      totals.add('dissimilarity', word(all), word(inside));
      totals.add('pixels', word(all + 1), word(inside + 1));
    },
  });
}
