import { quantileOfSorted } from '../stats/quantile.ts';
import { makeRandom } from '../stats/random.ts';

/** How sure a place is: over resampled raters and cases. */
export interface RankCertainty {
  /** Share of the resamples in which the method takes each place, from the first. */
  readonly places: readonly number[];
  /** Share in which it is among the first three. */
  readonly inTopThree: number;
  /** 95 % interval of its place; null where it has no score. */
  readonly interval: readonly [number, number] | null;
}

/** A number for each method, the higher the better; null: none. */
export type Scores = readonly (number | null)[];

export const RESAMPLES = 1000;

/**
 * Scores of resampled votes: raters are drawn and, within them, items, both with replacement. With five
 * raters the places are often far from sure: this says how.
 */
export function resampledScores<Vote extends { readonly rater: string }>(
  votes: readonly Vote[],
  score: (votes: readonly Vote[]) => Scores,
  {
    resamples = RESAMPLES,
    seed = 'ranks',
    told,
  }: {
    readonly resamples?: number;
    readonly seed?: string;
    /** Called with how many are drawn, after each. */
    readonly told?: ((done: number) => void) | undefined;
  } = {},
): Scores[] {
  const raters = new Map<string, Vote[]>();
  for (const vote of votes) {
    const own = raters.get(vote.rater);
    if (own) own.push(vote);
    else raters.set(vote.rater, [vote]);
  }
  const byRater = [...raters.values()];
  const random = makeRandom(seed);
  return Array.from({ length: resamples }, (_, drawn) => {
    if (drawn > 0) told?.(drawn);
    const sample = byRater.flatMap(() => {
      const own = byRater[random.below(byRater.length)] ?? [];
      return own.map(() => own[random.below(own.length)] as Vote);
    });
    return score(sample);
  });
}

/** Places by score from 1 for the best; equal scores share the better place, none has no place. */
export const placesOf = (scores: Scores): (number | null)[] =>
  scores.map((own) =>
    own === null ? null : 1 + scores.filter((other) => other !== null && other > own).length,
  );

/** How often each of so many methods took which place. */
export function certaintyOf(draws: readonly Scores[], methods: number): RankCertainty[] {
  const places = Array.from({ length: methods }, () => [] as number[]);
  for (const scores of draws) {
    for (const [method, place] of placesOf(scores).entries()) {
      if (place !== null) places[method]?.push(place);
    }
  }
  return places.map((drawn) => {
    const sorted = Float64Array.from(drawn).sort();
    const share = (test: (place: number) => boolean) =>
      draws.length === 0 ? 0 : drawn.filter(test).length / draws.length;
    return {
      places: Array.from({ length: methods }, (_, k) => share((place) => place === k + 1)),
      inTopThree: share((place) => place <= 3),
      interval:
        sorted.length === 0
          ? null
          : [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)],
    };
  });
}
