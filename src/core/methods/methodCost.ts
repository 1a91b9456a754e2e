import type { ClassicalPlan } from './classical.ts';

/**
 * How multiply-accumulates (MACs) of methods without a network are counted: one for every product
 * that enters a sum, and for a product that stands alone, at every pixel. Looking up a table,
 * comparing, adding, rounding and converting between bytes and numbers count nothing, nor do
 * statistics and tables that are made once a picture. It is the rule by which networks are counted
 * (a convolution's products, not its activations), so that the two can stand in one column.
 */
const MACS_PER_PIXEL = {
  /** A table look-up a channel. */
  curves: 0,
  /** XYZ 9, L a b 3, four curves by two weights 6, f(X) and f(Z) 2, cubes tabled, RGB 9. */
  clahe: 29,
  /** Place in the table 3, four points by their weights in three channels 12. */
  lut: 15,
  /** Twelve coefficients: two rows of two cells 4 × 12, two rows 2 × 12; the 3 × 3 matrix 9. */
  grid: 81,
} as const;

type MethodKind = ClassicalPlan['kind'] | 'lut' | 'grid';

/** MACs of applying a method to a picture; one 1280 × 720 frame where no size is given. */
export function methodMacs(kind: MethodKind, width = 1280, height = 720): number {
  return MACS_PER_PIXEL[kind] * width * height;
}
