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
