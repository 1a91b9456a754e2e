import type { BenchMethodView, RankingView } from '../../app/bench/model.ts';
import { type Formula, type Means, RAIM2026_FORMULA } from '../../core/bench/formula.ts';
import { CHALLENGES } from '../../core/challenges/challenges.ts';
import { CHALLENGE_IDS, type ChallengeId } from '../../core/challenges/types.ts';

export const RANKINGS: readonly { readonly value: string; readonly label: string }[] = [
  ...CHALLENGE_IDS.map((id) => ({ value: id, label: CHALLENGES[id].title })),
  { value: 'formula', label: 'Own formula' },
];

export function rankingIdOf(value: string): ChallengeId | 'formula' {
  return CHALLENGE_IDS.find((id) => id === value) ?? 'formula';
}

/** Whether a report prints another formula than the one its scores follow. */
export function hasPrintedVariant(by: ChallengeId | 'formula'): boolean {
  return by !== 'formula' && CHALLENGES[by].printedDefinition !== null;
}

/** What is missing and needs no table, but a larger set of metrics. */
export function measurable({ by, missing }: RankingView): { column: string; set: string }[] {
  if (by === 'formula') return [];
  const { measured } = CHALLENGES[by];
  return missing.flatMap((column) => {
    const id = measured[column];
    if (id === undefined || /^(lpips|raim2026):/.test(id)) return [];
    return [{ column, set: id.startsWith('niqe:') ? 'All + NIQE' : 'All' }];
  });
}

/** The titles of all parts, in the order in which rows have them first. */
export function partTitles({ rows }: RankingView): string[] {
  return [...new Set(rows.flatMap(({ parts }) => parts.map(({ title }) => title)))];
}

const RAIM2026_BY_COLUMN: Readonly<Record<string, string>> = {
  'lpips:person': 'LPIPS_person',
  'deltae:person': 'DeltaE_person',
  'psnr:background': 'PSNR_bg',
  'ssim:global': 'SSIM_global',
};

export interface SensitivityInput {
  readonly formula: Formula;
  readonly methods: readonly { readonly title: string; readonly means: Means }[];
}

/**
 * What the sensitivity of a ranking is computed from; null for challenges that are no weighted sum of
 * columns. RAIM 2026 is scored on the scoring program's own columns.
 */
export function sensitivityInput(
  by: ChallengeId | 'formula',
  formula: Formula,
  methods: readonly BenchMethodView[],
  meansOf: (method: string) => Means,
): SensitivityInput | null {
  const own = methods.map(({ id, title }) => ({ title, means: meansOf(id) }));
  if (by === 'formula') return { formula, methods: own };
  if (by !== 'raim2026') return null;
  const official = own.map(({ title, means }) => ({
    title,
    means: Object.fromEntries(
      Object.entries(RAIM2026_BY_COLUMN).map(([column, name]) => [
        column,
        means[`import:${name}`] ?? means[`raim2026:${name}`] ?? null,
      ]),
    ),
  }));
  return { formula: RAIM2026_FORMULA, methods: official };
}
