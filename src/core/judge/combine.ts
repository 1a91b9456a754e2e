import { certaintyOf, type RankCertainty, type Scores } from './certainty.ts';
import { type RaimScale, SCALES } from './scales.ts';
import type { TopMeasure } from './scores.ts';
import { normaliseTo } from './topThree.ts';

/** How an objective and a subjective score become one. */
export interface Combination {
  readonly title: string;
  readonly objective: number;
  readonly subjective: number;
  /** The scale that the people's scores are brought to first. */
  readonly scale: RaimScale;
  /** What top lists count for; of no matter to other protocols. */
  readonly top: TopMeasure;
  /** Whose objective score it takes. */
  readonly challenge: 'raim2026' | 'raim2024';
}

/** The challenges' own combinations. */
export const COMBINATIONS: Readonly<Record<'raim2026' | 'raim2024', Combination>> = {
  raim2026: {
    title: 'RAIM 2026',
    objective: 0.3,
    subjective: 0.7,
    scale: '80-90',
    top: 'frequency',
    challenge: 'raim2026',
  },
  raim2024: {
    title: 'RAIM 2024',
    objective: 0.4,
    subjective: 0.6,
    scale: '0-100',
    top: 'points',
    challenge: 'raim2024',
  },
};

/** People's scores brought to the combination's scale by min-max; null stays null. */
export function scaledScores({ scale }: Combination, people: Scores): (number | null)[] {
  const known = people.filter((value) => value !== null);
  const scaled = known.length === 0 ? [] : normaliseTo(known, SCALES[scale]);
  let next = 0;
  return people.map((own) => {
    if (own === null) return null;
    next += 1;
    return scaled[next - 1] ?? null;
  });
}

/** The final score of each method; null where one of its parts is unknown. */
export function combine(
  combination: Combination,
  objectives: Scores,
  people: Scores,
): (number | null)[] {
  const { objective, subjective } = combination;
  return scaledScores(combination, people).map((own, index) => {
    const measured = objectives[index] ?? null;
    return own === null || measured === null ? null : objective * measured + subjective * own;
  });
}

/**
 * How sure the final ranks are: the objective score stands, the votes are resampled.
 * @param draws people's scores of resampled votes (`drawScores`)
 */
export function finalCertainty(
  combination: Combination,
  objectives: Scores,
  draws: readonly Scores[],
): RankCertainty[] {
  const finals = draws.map((people) => combine(combination, objectives, people));
  return certaintyOf(finals, objectives.length);
}

/** The best methods after a phase; ties at the border stay in. */
export function gate(scores: Scores, most: number): boolean[] {
  const sorted = scores.filter((value) => value !== null).sort((a, b) => b - a);
  const border = sorted[most - 1] ?? Number.NEGATIVE_INFINITY;
  return scores.map((value) => value !== null && value >= border);
}
