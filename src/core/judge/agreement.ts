/** Ranks from 1 for the least; equal values share the mean of their ranks. */
export function averageRanks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    const value = values[order[start] ?? 0];
    while (end < order.length && values[order[end] ?? 0] === value) end += 1;
    for (let k = start; k < end; k += 1) ranks[order[k] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Kendall's coefficient of concordance W with the correction for ties (Kendall and Gibbons 1990,
 * ch. 6): 0 no agreement, 1 the same order by every rater.
 * @param ratings by rater, then by item: any numbers, compared within a rater only
 * @returns null for fewer than two raters or items, or where every rater rates everything alike
 */
export function kendallW(ratings: readonly (readonly number[])[]): number | null {
  const raters = ratings.length;
  const items = ratings[0]?.length ?? 0;
  if (raters < 2 || items < 2) return null;
  const ranks = ratings.map(averageRanks);
  const sums = Array.from({ length: items }, (_, i) =>
    ranks.reduce((sum, own) => sum + (own[i] ?? 0), 0),
  );
  const mean = (raters * (items + 1)) / 2;
  const spread = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const ties = ranks.reduce((sum, own) => sum + tieTerm(own), 0);
  const most = (raters ** 2 * (items ** 3 - items)) / 12 - (raters * ties) / 12;
  return most <= 0 ? null : spread / most;
}

/** Σ (t³ − t) over the groups of equal ranks. */
function tieTerm(ranks: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
}

type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/**
 * Krippendorff's α (Krippendorff 2011): agreement beyond chance, for any number of raters and missing
 * ratings; 1 perfect, 0 chance, below 0 worse than that.
 * @param ratings by rater, then by item; null: not rated
 * @returns null where nothing can be compared, or all ratings are the same
 */
export function krippendorffAlpha(
  ratings: readonly (readonly (number | null)[])[],
  level: MeasurementLevel,
): number | null {
  const items = Math.max(0, ...ratings.map((row) => row.length));
  const units = Array.from({ length: items }, (_, i) =>
    ratings.flatMap((row) => {
      const value = row[i] ?? null;
      return value === null ? [] : [value];
    }),
  ).filter((unit) => unit.length > 1);
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const place = new Map(values.map((value, index) => [value, index]));
  const size = values.length;
  if (size < 2) return null;
  const coincidence = Array.from({ length: size }, () => new Float64Array(size));
  for (const unit of units) {
    for (const [i, first] of unit.entries()) {
      for (const [j, second] of unit.entries()) {
        if (i === j) continue;
        const row = coincidence[place.get(first) ?? 0];
        const column = place.get(second) ?? 0;
        if (row) row[column] = (row[column] ?? 0) + 1 / (unit.length - 1);
      }
    }
  }
  const totals = coincidence.map((row) => row.reduce((sum, value) => sum + value, 0));
  const n = totals.reduce((sum, value) => sum + value, 0);
  let observed = 0;
  let expected = 0;
  for (let a = 0; a < size; a += 1) {
    for (let b = a + 1; b < size; b += 1) {
      const distance = squaredDistance(level, values, totals, a, b);
      observed += (coincidence[a]?.[b] ?? 0) * distance;
      expected += (totals[a] ?? 0) * (totals[b] ?? 0) * distance;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

function squaredDistance(
  level: MeasurementLevel,
  values: readonly number[],
  totals: readonly number[],
  a: number,
  b: number,
): number {
  if (level === 'nominal') return 1;
  if (level === 'interval') return ((values[a] ?? 0) - (values[b] ?? 0)) ** 2;
  let between = 0;
  for (let k = a; k <= b; k += 1) between += totals[k] ?? 0;
  return (between - ((totals[a] ?? 0) + (totals[b] ?? 0)) / 2) ** 2;
}
