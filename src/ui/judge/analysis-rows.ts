import type { AnalysisView } from '../../app/judge/model.ts';
import type { MethodJudgement } from '../../core/judge/analysis.ts';
import type { RankCertainty } from '../../core/judge/certainty.ts';
import { COMBINATIONS, type Combination, gate } from '../../core/judge/combine.ts';
import type { Protocol } from '../../core/judge/protocols.ts';

/** One method in the ranking by people. */
export interface JudgementRow {
  readonly title: string;
  readonly judgement: MethodJudgement;
  readonly peopleRank: number | null;
  readonly score: number | null;
  /** Strength under Bradley–Terry with its 95 % interval, or the mean opinion's. */
  readonly estimate: Estimate | null;
  readonly objective: number | null;
  readonly objectiveRank: number | null;
  /** The people's score as the combination takes it. */
  readonly scaled: number | null;
  readonly final: number | null;
  readonly finalRank: number | null;
  readonly finalCertainty: RankCertainty | null;
  /** Whether it passes the gate; true where there is none. */
  readonly passes: boolean;
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function estimateOf({ analysis }: AnalysisView, index: number): Estimate | null {
  const strength = analysis.fit?.strengths[index];
  if (strength) return { value: strength.value, low: strength.low, high: strength.high };
  const own = analysis.methods[index];
  return own?.interval && own.score !== null
    ? { value: own.score, low: own.interval[0], high: own.interval[1] }
    : null;
}

/** The methods, the people's best first; those that nobody judged last. @param most of the gate; 0: none */
export function judgementRows(view: AnalysisView, most: number): JudgementRow[] {
  const finals = view.rows.map(({ final }) => final);
  const judged = finals.some((final) => final !== null)
    ? finals
    : view.rows.map(({ people }) => people);
  const passes = most > 0 ? gate(judged, most) : view.rows.map(() => true);
  const rows = view.analysis.methods.flatMap((judgement, index): JudgementRow[] => {
    const row = view.rows[index];
    if (row === undefined) return [];
    const { people, ...rest } = row;
    return [
      {
        ...rest,
        judgement,
        score: people,
        estimate: estimateOf(view, index),
        passes: passes[index] ?? true,
      },
    ];
  });
  return rows.sort(
    (a, b) => (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY),
  );
}

/** What the numbers of the ranking are, by what raters saw. */
export const SCORE_NAMES: Readonly<Record<Protocol['shows'], string>> = {
  pair: 'Strength',
  one: 'Mean',
  all: 'Points',
};

export type CombinationChoice = 'raim2026' | 'raim2024' | 'custom';

export const COMBINATION_OPTIONS: readonly {
  readonly value: CombinationChoice;
  readonly label: string;
}[] = [
  { value: 'raim2026', label: 'RAIM 2026 (.3 and .7)' },
  { value: 'raim2024', label: 'RAIM 2024 (.4 and .6)' },
  { value: 'custom', label: 'Own weights' },
];

export const choiceOf = (value: string): CombinationChoice =>
  COMBINATION_OPTIONS.find((option) => option.value === value)?.value ?? 'raim2026';

/** What a combination of one's own consists of; people get the rest of the weight. */
export type OwnCombination = Pick<Combination, 'objective' | 'scale' | 'top' | 'challenge'>;

export function combinationOf(choice: CombinationChoice, own: OwnCombination): Combination {
  if (choice !== 'custom') return COMBINATIONS[choice];
  const weight = Math.min(1, Math.max(0, own.objective));
  const subjective = Number((1 - weight).toFixed(6));
  return { ...own, title: 'Own weights', objective: weight, subjective };
}
