import type { GivenAnswer } from '../core/judge/answers.ts';
import type { Scores } from '../core/judge/certainty.ts';
import type { TopMeasure } from '../core/judge/scores.ts';
import type { Study } from '../core/judge/study.ts';
import type { Result } from './result.ts';

/** The worker that draws votes anew: seconds of arithmetic that must not hold up the page. Types only. */
export interface RanksApi {
  /**
   * Scores of resampled votes, the same for the same votes (`drawScores`).
   * @param answers those that count
   * @param told how many are drawn, now and then
   */
  drawScores(
    study: Study,
    answers: readonly GivenAnswer[],
    measure: TopMeasure,
    told: (done: number) => void,
  ): Promise<Result<readonly Scores[]>>;
}
