import { studentT975 } from '../stats/studentT.ts';

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
  const half = studentT975(count - 1) * Math.sqrt(variance / count);
  return { mean, interval: [mean - half, mean + half], count };
}
