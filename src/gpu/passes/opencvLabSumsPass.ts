import source from '../../../shaders/passes/opencv_lab_sums.wgsl?raw';
import { CUBE_ROOT_TABLE } from '../../core/colour/opencvLab8.ts';
import { createStorageFrom } from '../buffers.ts';
import type { GpuContext } from '../device.ts';
import { stripRows, stripSumPass } from './stripSumPass.ts';
import type { SumPass } from './sumPass.ts';

/** The shader's fixed-point unit of the fractions of ΔE. */
export const LAB8_UNIT = 2 ** -22;

/**
 * Squared errors and OpenCV's 8-bit ΔE of a band: `pixels`, `squaredError` and, in units of
 * `LAB8_UNIT`, `deltaE`.
 */
export function opencvLabSumsPass(context: GpuContext): SumPass {
  const table = Float32Array.from(CUBE_ROOT_TABLE);
  return stripSumPass(context, {
    label: 'OpenCV Lab sums',
    source,
    // Sums of 128 pixels stay far below 2^32.
    strips: { columns: 1, rows: stripRows(context), vectors: 1 },
    constants: { UNIT_SCALE: 1 / LAB8_UNIT },
    tables: [createStorageFrom(context.device, 'OpenCV cube roots', table)],
    add(totals, word, all, inside) {
      const deltaE = (at: number) => word(at + 2) / LAB8_UNIT + word(at + 3);
      totals.add('squaredError', word(all), word(inside));
      totals.add('pixels', word(all + 1), word(inside + 1));
      totals.add('deltaE', deltaE(all), deltaE(inside));
    },
  });
}
