import { comparisonsOf, type GivenAnswer } from './answers.ts';
import { fitBradleyTerry, type Strength } from './bradleyTerry.ts';
import type { Study } from './study.ts';

/** What the choices come to that were made for one stated reason. */
export interface ReasonScores {
  readonly reason: string;
  /** Choices for this reason. */
  readonly votes: number;
  /** In the order of the study's methods. */
  readonly methods: readonly {
    readonly wins: number;
    readonly losses: number;
    /** Bradley–Terry over these choices alone. */
    readonly strength: Strength;
  }[];
  /** Too few choices to lead from every method to every other: a weak prior holds the strengths. */
  readonly regularised: boolean;
}

/** Scores by stated reason, the most frequent reason first; without reasons none. */
export function scoresByReason(study: Study, answers: readonly GivenAnswer[]): ReasonScores[] {
  const byReason = new Map<string, GivenAnswer[]>();
  for (const given of answers) {
    const { reason, value } = given.answer;
    if (reason === null || typeof value !== 'number' || value === 0) continue;
    const own = byReason.get(reason);
    if (own) own.push(given);
    else byReason.set(reason, [given]);
  }
  const scores = [...byReason].map(([reason, given]): ReasonScores => {
    const comparisons = comparisonsOf(study, given);
    const { strengths, regularised } = fitBradleyTerry(comparisons, study.methods.length);
    const methods = strengths.map((strength, place) => {
      const own = comparisons.filter(({ first, second }) => first === place || second === place);
      const wins = own.filter(
        ({ first, winner }) => (winner === 'first') === (first === place),
      ).length;
      return { wins, losses: own.length - wins, strength };
    });
    return { reason, votes: given.length, methods, regularised };
  });
  return scores.sort((a, b) => b.votes - a.votes);
}
