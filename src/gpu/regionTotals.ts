import type { RegionSums } from '../core/metrics/regions.ts';

/** What passes sum up; scales of MS-SSIM are numbered from the finest, 0. */
export type SumName =
  | 'pixels'
  | 'squaredError'
  | 'absoluteError'
  | 'squaredLumaError'
  | 'dissimilarity'
  | 'deltaE'
  | 'deltaE76'
  | 'deltaE2000'
  | `windows${number}`
  | `structure${number}`
  | `similarity${number}`;

/**
 * Exact totals over the whole picture and inside the mask, in float64: whole numbers of a unit each,
 * far below 2^53.
 */
export class RegionTotals {
  readonly #all = new Map<SumName, number>();
  readonly #inside = new Map<SumName, number>();

  add(name: SumName, all: number, inside: number): void {
    this.#all.set(name, (this.#all.get(name) ?? 0) + all);
    this.#inside.set(name, (this.#inside.get(name) ?? 0) + inside);
  }

  /** Several passes' totals in one; of a sum that more than one of them made, the first. */
  static joined(parts: readonly RegionTotals[]): RegionTotals {
    const whole = new RegionTotals();
    for (const part of parts) {
      for (const [name, all] of part.#all) {
        if (!whole.#all.has(name)) whole.add(name, all, part.#inside.get(name) ?? 0);
      }
    }
    return whole;
  }

  /** A sum by region, times `unit`; `count` names the pixels or windows it was summed over. */
  sums(name: SumName, unit = 1, count: SumName = 'pixels'): RegionSums {
    const inside = (of: SumName) => this.#inside.get(of) ?? 0;
    const outside = (of: SumName) => (this.#all.get(of) ?? 0) - inside(of);
    return {
      person: { sum: inside(name) * unit, pixels: inside(count) },
      background: { sum: outside(name) * unit, pixels: outside(count) },
    };
  }
}
