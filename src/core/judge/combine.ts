import { type RaimScale, SCALES } from './scales.ts';
import { normaliseTo } from './topThree.ts';

/** How an objective and a subjective score become one. */
export interface Combination {
  readonly title: string;
  readonly objective: number;
  readonly subjective: number;
  /** The scale that the people's scores are brought to first. */
  readonly scale: RaimScale;
}

/** The challenges' own combinations. */
export const COMBINATIONS: Readonly<Record<'raim2026' | 'raim2024', Combination>> = {
  raim2026: { title: 'RAIM 2026', objective: 0.3, subjective: 0.7, scale: '80-90' },
  raim2024: { title: 'RAIM 2024', objective: 0.4, subjective: 0.6, scale: '0-100' },
};

/** The final score of each method; null where one of its parts is unknown. */
export function combine(
  { objective, subjective, scale }: Combination,
  objectives: readonly (number | null)[],
  people: readonly (number | null)[],
): (number | null)[] {
  const known = people.filter((value) => value !== null);
  const scaled = known.length === 0 ? [] : normaliseTo(known, SCALES[scale]);
  let next = 0;
  return people.map((own, index) => {
    if (own === null) return null;
    const normalised = scaled[next] ?? 0;
    next += 1;
    const measured = objectives[index] ?? null;
    return measured === null ? null : objective * measured + subjective * normalised;
  });
}

/** The best methods after a phase; ties at the border stay in. */
export function gate(scores: readonly (number | null)[], most: number): boolean[] {
  const sorted = scores.filter((value) => value !== null).sort((a, b) => b - a);
  const border = sorted[most - 1] ?? Number.NEGATIVE_INFINITY;
  return scores.map((value) => value !== null && value >= border);
}
