import { averageRanks } from './agreement.ts';

type Numbers = readonly number[];

/** Pearson's linear correlation; null for fewer than two pairs or where one side is constant. */
export function pearson(first: Numbers, second: Numbers): number | null {
  const n = Math.min(first.length, second.length);
  if (n < 2) return null;
  const mean = (values: Numbers) => values.slice(0, n).reduce((sum, value) => sum + value, 0) / n;
  const [a, b] = [mean(first), mean(second)];
  let covariance = 0;
  let spreadA = 0;
  let spreadB = 0;
  for (let i = 0; i < n; i += 1) {
    const x = (first[i] ?? 0) - a;
    const y = (second[i] ?? 0) - b;
    covariance += x * y;
    spreadA += x * x;
    spreadB += y * y;
  }
  return spreadA === 0 || spreadB === 0 ? null : covariance / Math.sqrt(spreadA * spreadB);
}

/** Spearman's rank correlation (SRCC): Pearson's of the ranks, ties at their mean. */
export function spearman(first: Numbers, second: Numbers): number | null {
  return pearson(averageRanks(first), averageRanks(second));
}

/** Kendall's rank correlation τ-b (KRCC), corrected for ties. */
export function kendall(first: Numbers, second: Numbers): number | null {
  const n = Math.min(first.length, second.length);
  let balance = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const a = Math.sign((first[i] ?? 0) - (first[j] ?? 0));
      const b = Math.sign((second[i] ?? 0) - (second[j] ?? 0));
      balance += a * b;
      untiedA += a * a;
      untiedB += b * b;
    }
  }
  return untiedA === 0 || untiedB === 0 ? null : balance / Math.sqrt(untiedA * untiedB);
}

export interface Correlations {
  readonly srcc: number | null;
  readonly plcc: number | null;
  readonly krcc: number | null;
}

/** How a metric goes with the votes; metrics that should be small are turned first. */
export function correlationsOf(
  metric: Numbers,
  votes: Numbers,
  direction: 'higher-is-better' | 'lower-is-better',
): Correlations {
  const turned = direction === 'higher-is-better' ? metric : metric.map((value) => -value);
  return {
    srcc: spearman(turned, votes),
    plcc: pearson(turned, votes),
    krcc: kendall(turned, votes),
  };
}

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** The same, or null where there is no coefficient at all. */
export const knownCorrelations = (own: Correlations): Correlations | null =>
  own.srcc === null && own.plcc === null && own.krcc === null ? null : own;

/** The mean of several correlations, each coefficient over those that have one; null without any. */
export function meanCorrelations(all: readonly Correlations[]): Correlations | null {
  return knownCorrelations({
    srcc: mean(all.map(({ srcc }) => srcc)),
    plcc: mean(all.map(({ plcc }) => plcc)),
    krcc: mean(all.map(({ krcc }) => krcc)),
  });
}
