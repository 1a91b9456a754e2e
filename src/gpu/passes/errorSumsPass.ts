import source from '../../../shaders/passes/error_sums.wgsl?raw';
import type { GpuContext } from '../device.ts';
import { stripRows, stripSumPass } from './stripSumPass.ts';
import type { SumPass } from './sumPass.ts';

/**
 * Exact errors of a band: `pixels`, `squaredError` and `absoluteError` over R, G and B on the 8-bit
 * scale, and `squaredLumaError` in squared thousandths of a level.
 */
export function errorSumsPass(context: GpuContext): SumPass {
  return stripSumPass(context, {
    label: 'error sums',
    source,
    // Sums of 128 pixels stay far below 2^32.
    strips: { columns: 1, rows: stripRows(context), vectors: 2 },
    add(totals, word, all, inside) {
      const luma = (at: number) => word(at + 4) * 2 ** 18 + word(at + 5) * 2 ** 10 + word(at + 6);
      totals.add('squaredError', word(all), word(inside));
      totals.add('absoluteError', word(all + 1), word(inside + 1));
      totals.add('pixels', word(all + 2), word(inside + 2));
      totals.add('squaredLumaError', luma(all), luma(inside));
    },
  });
}
