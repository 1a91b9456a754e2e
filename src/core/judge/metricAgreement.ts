import type { GivenAnswer } from './answers.ts';
import {
  type Correlations,
  correlationsOf,
  knownCorrelations,
  meanCorrelations,
} from './correlation.ts';
import { type CasePreference, casePreferences } from './perCase.ts';
import type { Study } from './study.ts';

/** How a metric goes with the votes. */
export interface MetricAgreement {
  /**
   * Over pictures. Ratings stand for themselves and are taken all together; who wins a comparison depends
   * on what stood beside it, so there the correlation is taken within each case and averaged.
   */
  readonly pictures: Correlations | null;
  /** Pictures that went into it. */
  readonly count: number;
  /** Over the methods: the metric's mean against the people's score. */
  readonly methods: Correlations | null;
}

/** Fewer points give a correlation of 1 or -1 whatever they are. */
const LEAST = 3;

interface Pair {
  readonly value: number;
  readonly score: number;
}

type Direction = 'higher-is-better' | 'lower-is-better';

const correlated = (pairs: readonly Pair[], direction: Direction): Correlations | null =>
  pairs.length < LEAST
    ? null
    : knownCorrelations(
        correlationsOf(
          pairs.map(({ value }) => value),
          pairs.map(({ score }) => score),
          direction,
        ),
      );

/**
 * How one metric goes with what people chose.
 * @param people their score of each method
 * @param preferences of `casePreferences`, where several metrics are looked at
 */
export function metricAgreement(
  study: Study,
  answers: readonly GivenAnswer[],
  people: readonly (number | null)[],
  metric: (caseId: string, mark: string) => number | null,
  direction: Direction,
  preferences = casePreferences(study, answers),
): MetricAgreement {
  const pairOf = ({ caseId, mark, score }: CasePreference): Pair[] => {
    const value = metric(caseId, mark);
    return value === null ? [] : [{ value, score }];
  };
  const all = preferences.flatMap(pairOf);
  const cases = [...new Set(preferences.map(({ caseId }) => caseId))];
  const within = cases.flatMap((id) => {
    const own = preferences.filter(({ caseId }) => caseId === id).flatMap(pairOf);
    return correlated(own, direction) ?? [];
  });
  const means = study.methods.flatMap((mark, place): Pair[] => {
    const values = study.cases.flatMap(({ id }) => metric(id, mark) ?? []);
    const score = people[place] ?? null;
    if (values.length === 0 || score === null) return [];
    return [{ value: values.reduce((sum, value) => sum + value, 0) / values.length, score }];
  });
  const pictures =
    study.protocol.shows === 'one' ? correlated(all, direction) : meanCorrelations(within);
  return { pictures, count: all.length, methods: correlated(means, direction) };
}
