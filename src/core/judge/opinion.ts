/** 97.5 % points of Student's t for 1 to 30 degrees of freedom (any table of the distribution). */
const T975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
] as const;

export interface Opinion {
  readonly mean: number;
  /** 95 % interval by Student's t; null for a single rating. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly count: number;
}

/** Mean opinion score with its interval (ITU-T P.800, P.1401); null without ratings. */
export function meanOpinion(ratings: readonly number[]): Opinion | null {
  const count = ratings.length;
  if (count === 0) return null;
  const mean = ratings.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, interval: null, count };
  const variance = ratings.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const half = (T975[count - 2] ?? 1.96) * Math.sqrt(variance / count);
  return { mean, interval: [mean - half, mean + half], count };
}
