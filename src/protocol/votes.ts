import type { Analysis } from '../core/judge/analysis.ts';
import type { Scores } from '../core/judge/certainty.ts';
import type { MetricColumn, MetricComparison } from '../core/judge/metricComparison.ts';
import type { TopMeasure } from '../core/judge/scores.ts';
import type { Study } from '../core/judge/study.ts';
import type { VoteFile } from '../core/judge/votes.ts';
import type { Result } from './result.ts';

/** What the votes on a study come to, as far as it does not depend on how scores are combined. */
export interface VotesRead {
  /** Without how sure the places are. */
  readonly analysis: Analysis;
  readonly comparisons: readonly MetricComparison[];
}

/**
 * The worker that evaluates votes: seconds of arithmetic that must not hold up the page. It holds
 * nothing, so that it can be ended at any time. Types only.
 */
export interface VotesApi {
  /** @param files of one rater one each (`mergeVoteFiles`) */
  read(
    study: Study,
    files: readonly VoteFile[],
    columns: readonly MetricColumn[],
  ): Promise<Result<VotesRead>>;
  /**
   * Scores of resampled votes, the same for the same votes (`drawScores`).
   * @param told how many are drawn, now and then
   */
  drawScores(
    study: Study,
    files: readonly VoteFile[],
    measure: TopMeasure,
    told: (done: number) => void,
  ): Promise<Result<readonly Scores[]>>;
}
