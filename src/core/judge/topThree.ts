import { quantileOfSorted } from '../stats/quantile.ts';
import { makeRandom } from '../stats/random.ts';

/** A rater's best three of one case, best first; fewer where the rater named fewer. */
export interface TopThreeVote {
  readonly rater: string;
  readonly case: string;
  /** Places of the methods. */
  readonly top: readonly number[];
}

/** Points for the first, second and third place (RAIM 2024). */
export const TOP_POINTS = [3, 2, 1] as const;

export interface TopThreeScore {
  /** How often the method was first, second, third. */
  readonly counts: readonly [number, number, number];
  /** 3, 2 and 1 points, averaged over the raters. */
  readonly points: number;
  /** How often it was in the top three at all, as a share of all votes. */
  readonly frequency: number;
}

/** What raters' top threes come to, for each method. */
export function countTopThree(votes: readonly TopThreeVote[], methods: number): TopThreeScore[] {
  const counts = Array.from({ length: methods }, () => [0, 0, 0] as [number, number, number]);
  for (const { top } of votes) {
    top.slice(0, 3).forEach((method, place) => {
      const own = counts[method];
      if (own) own[place as 0 | 1 | 2] += 1;
    });
  }
  const raters = new Set(votes.map(({ rater }) => rater)).size;
  return counts.map((own) => ({
    counts: own,
    points:
      raters === 0
        ? 0
        : own.reduce((sum, count, place) => sum + count * (TOP_POINTS[place] ?? 0), 0) / raters,
    frequency: votes.length === 0 ? 0 : (own[0] + own[1] + own[2]) / votes.length,
  }));
}

/** Min-max to a range; all equal gives its top. */
export function normaliseTo(
  values: readonly number[],
  [low, high]: readonly [number, number],
): number[] {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  return values.map((value) => (span === 0 ? high : low + ((high - low) * (value - least)) / span));
}

/** How sure a place is: over resampled raters and cases. */
export interface RankCertainty {
  /** Share of the resamples in which the method takes each place, from the first. */
  readonly places: readonly number[];
  /** Share in which it is among the first three. */
  readonly inTopThree: number;
  /** 95 % interval of its place. */
  readonly interval: readonly [number, number];
}

/**
 * Resamples raters and, within them, cases (both with replacement), and ranks the methods each time by
 * what `score` makes of the votes. With five raters the places are often far from sure: this says how.
 * @param score a number for each method, the higher the better
 */
export function bootstrapRanks<Vote extends { readonly rater: string; readonly case: string }>(
  votes: readonly Vote[],
  methods: number,
  score: (votes: readonly Vote[]) => readonly number[],
  {
    resamples = 1000,
    seed = 'ranks',
  }: { readonly resamples?: number; readonly seed?: string } = {},
): RankCertainty[] {
  const raters = new Map<string, Vote[]>();
  for (const vote of votes) raters.set(vote.rater, [...(raters.get(vote.rater) ?? []), vote]);
  const byRater = [...raters.values()];
  const random = makeRandom(seed);
  const places = Array.from({ length: methods }, () => [] as number[]);
  for (let draw = 0; draw < resamples; draw += 1) {
    const sample = byRater.flatMap((_, index) => {
      // Whole raters are drawn, under a new name each time: the same one twice counts as two.
      const own = byRater[random.below(byRater.length)] ?? [];
      return own.map(() => ({ ...(own[random.below(own.length)] as Vote), rater: `${index}` }));
    });
    const scores = score(sample);
    for (const [method, own] of scores.entries()) {
      places[method]?.push(1 + scores.filter((other) => other > own).length);
    }
  }
  return places.map((drawn) => {
    const sorted = Float64Array.from(drawn).sort();
    const share = (test: (place: number) => boolean) => drawn.filter(test).length / drawn.length;
    return {
      places: Array.from({ length: methods }, (_, k) => share((place) => place === k + 1)),
      inTopThree: share((place) => place <= 3),
      interval: [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)],
    };
  });
}
