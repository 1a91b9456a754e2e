import { psnrFromSquaredErrors } from '../core/metrics/psnr.ts';
import { meanOf, type RegionSums, valuesOf } from '../core/metrics/regions.ts';
import type { RaimValues } from '../core/metrics/types.ts';
import { DELTA_E_FRACTION_UNIT, DISSIMILARITY_UNIT } from './passes/raimMetricsPass.ts';

/** The exact totals of one region: whole numbers in float64, far below 2^53. */
interface Totals {
  pixels: number;
  squaredError: number;
  dissimilarity: number;
  deltaE: number;
  deltaEFraction: number;
}

const zero = (): Totals => ({
  pixels: 0,
  squaredError: 0,
  dissimilarity: 0,
  deltaE: 0,
  deltaEFraction: 0,
});

/** Adds up the shader's partial sums of all bands and finishes the metrics in float64. */
export class MetricSums {
  readonly #whole = zero();
  readonly #person = zero();

  /** `partials` is what `RaimMetricsPass` wrote: eight words an invocation. */
  add(partials: Uint32Array): void {
    for (let i = 0; i < partials.length; i += 8) {
      addPartial(this.#whole, partials, i);
      addPartial(this.#person, partials, i + 4);
    }
  }

  /** Without a mask only `global` has values; a region without pixels has none. */
  finish(hasMask: boolean): RaimValues {
    const sumsOf = (sum: (totals: Totals) => number): RegionSums => ({
      person: { sum: sum(this.#person), pixels: this.#person.pixels },
      background: {
        sum: sum(this.#whole) - sum(this.#person),
        pixels: this.#whole.pixels - this.#person.pixels,
      },
    });
    const errors = sumsOf((totals) => totals.squaredError);
    // The shader sums 1 - SSIM, whose small values keep more digits than those near 1.
    const unlike = sumsOf((totals) => totals.dissimilarity);
    const distances = sumsOf(
      (totals) => totals.deltaE + totals.deltaEFraction * DELTA_E_FRACTION_UNIT,
    );
    return {
      psnr: valuesOf(errors, hasMask, psnrFromSquaredErrors),
      ssim: valuesOf(unlike, hasMask, (region) => 1 - meanOf(region) * DISSIMILARITY_UNIT),
      deltae: valuesOf(distances, hasMask, meanOf),
    };
  }
}

function addPartial(totals: Totals, partials: Uint32Array, at: number): void {
  const packed = partials[at + 2] ?? 0;
  totals.squaredError += partials[at] ?? 0;
  totals.dissimilarity += partials[at + 1] ?? 0;
  totals.deltaE += packed & 0xffff;
  totals.pixels += packed >>> 16;
  totals.deltaEFraction += partials[at + 3] ?? 0;
}
