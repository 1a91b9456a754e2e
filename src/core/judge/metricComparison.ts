import type { Column } from '../bench/types.ts';
import type { GivenAnswer } from './answers.ts';
import { type MetricAgreement, metricAgreement } from './metricAgreement.ts';
import { casePreferences, caseWins, type Disagreement, disagreements } from './perCase.ts';
import type { Study } from './study.ts';

/** Disagreements with one metric that are listed. */
const MOST_DISAGREEMENTS = 30;

/** What a metric says of a study's pictures. */
export interface MetricColumn extends Pick<Column, 'id' | 'title' | 'direction'> {
  /** By mark, in the order of the study's cases; null: not measured. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** A metric beside the votes. */
export interface MetricComparison {
  readonly column: string;
  readonly title: string;
  readonly agreement: MetricAgreement;
  /** The most one-sided and clearest first. */
  readonly disagreements: readonly Disagreement[];
}

/**
 * How metrics go with what people chose, and where they contradict each other.
 * @param people their score of each method
 */
export function compareMetrics(
  study: Study,
  answers: readonly GivenAnswer[],
  people: readonly (number | null)[],
  columns: readonly MetricColumn[],
): MetricComparison[] {
  const preferences = casePreferences(study, answers);
  const wins = caseWins(study, answers);
  const places = new Map(study.cases.map(({ id }, place) => [id, place]));
  return columns.map(({ id, title, direction, values }) => {
    const metric = (caseId: string, mark: string) =>
      values[mark]?.[places.get(caseId) ?? -1] ?? null;
    const turned = (caseId: string, mark: string) => {
      const value = metric(caseId, mark);
      return value !== null && direction === 'lower-is-better' ? -value : value;
    };
    return {
      ...{ column: id, title },
      agreement: metricAgreement(study, answers, people, metric, direction, preferences),
      disagreements: disagreements(study, answers, turned, wins).slice(0, MOST_DISAGREEMENTS),
    };
  });
}
