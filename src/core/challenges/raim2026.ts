import type { RegionId } from '../metrics/types.ts';
import type { Challenge, TeamValues } from './types.ts';
import { clip01, known } from './values.ts';

/** A metric of the score: where it is measured, and the values between which it is normalised. */
interface ScoredMetric {
  readonly metric: 'psnr' | 'ssim' | 'deltae' | 'lpips';
  readonly region: RegionId;
  readonly low: number;
  readonly high: number;
  /** True where `low` is the best value. */
  readonly inverted: boolean;
}

/** In the order of the scoring program's files. */
export const RAIM2026_COLUMNS = [
  'PSNR_bg',
  'SSIM_global',
  'DeltaE_person',
  'LPIPS_person',
] as const;
export type Raim2026Column = (typeof RAIM2026_COLUMNS)[number];

export const RAIM2026_METRICS: Readonly<Record<Raim2026Column, ScoredMetric>> = {
  PSNR_bg: { metric: 'psnr', region: 'background', low: 15, high: 38, inverted: false },
  SSIM_global: { metric: 'ssim', region: 'global', low: 0.6, high: 0.99, inverted: false },
  DeltaE_person: { metric: 'deltae', region: 'person', low: 2, high: 40, inverted: true },
  LPIPS_person: { metric: 'lpips', region: 'person', low: 0, high: 0.15, inverted: true },
};

/** What the program puts in where no image has an LPIPS value; it normalises to 0. */
export const RAIM2026_DEFAULT_LPIPS = 0.2;

const POWER = 1.2;
const WEIGHTS = { lpips: 0.3, deltaE: 0.3, global: 0.4 } as const;
/** Weights grow by `exp(2 (1 - s))`: what a team is bad at counts more. */
const EMPHASIS = 2;
const SCORE_FLOOR = 30;
const SCORE_SPAN = 70;
const FINAL_WEIGHTS = { objective: 0.3, subjective: 0.7 } as const;

/** A metric's mean on the scale from 0 (worst) to 1 (best), clipped, before the power. */
export function raim2026Normalise(column: Raim2026Column, value: number): number {
  const { low, high, inverted } = RAIM2026_METRICS[column];
  const share = (value - low) / (high - low);
  return clip01(inverted ? 1 - share : share);
}

const powered = (column: Raim2026Column, value: number) =>
  raim2026Normalise(column, value) ** POWER;

/** Mean of the powered PSNR and SSIM: the published `GlobalScore`, in [0, 1]. */
export function raim2026GlobalScore(psnr: number, ssim: number): number {
  return (powered('PSNR_bg', psnr) + powered('SSIM_global', ssim)) / 2;
}

/** A part of the score with its share of all weights, after the emphasis. */
export interface Raim2026Weight {
  readonly title: 'LPIPS' | 'ΔE' | 'GlobalScore';
  readonly share: number;
}

function weighted(lpips: number, deltaE: number, globalScore: number) {
  const parts = [
    { title: 'LPIPS' as const, weight: WEIGHTS.lpips, s: powered('LPIPS_person', lpips) },
    { title: 'ΔE' as const, weight: WEIGHTS.deltaE, s: powered('DeltaE_person', deltaE) },
    { title: 'GlobalScore' as const, weight: WEIGHTS.global, s: globalScore },
  ];
  return parts.map((part) => ({
    ...part,
    emphasised: part.weight * Math.exp(EMPHASIS * (1 - part.s)),
  }));
}

/** The score in [30, 100] from the means of LPIPS and ΔE over the images and the GlobalScore. */
export function raim2026Score(lpips: number, deltaE: number, globalScore: number): number {
  let sum = 0;
  let weights = 0;
  for (const { emphasised, s } of weighted(lpips, deltaE, globalScore)) {
    sum += emphasised * s;
    weights += emphasised;
  }
  return SCORE_FLOOR + (SCORE_SPAN * sum) / weights;
}

/** The final weights of the score's three parts; they sum to 1. */
function raim2026Weights(lpips: number, deltaE: number, globalScore: number): Raim2026Weight[] {
  const parts = weighted(lpips, deltaE, globalScore);
  const total = parts.reduce((sum, { emphasised }) => sum + emphasised, 0);
  return parts.map(({ title, emphasised }) => ({ title, share: emphasised / total }));
}

/** The means over the images; LPIPS is null where no image has a value. */
export interface Raim2026Means {
  readonly PSNR_bg: number;
  readonly SSIM_global: number;
  readonly DeltaE_person: number;
  readonly LPIPS_person: number | null;
}

export interface Raim2026Totals {
  readonly score: number;
  readonly globalScore: number;
  readonly means: Raim2026Means;
  /** Clipped, before the power. */
  readonly normalised: Readonly<Record<Raim2026Column, number>>;
  readonly weights: readonly Raim2026Weight[];
  /** True where LPIPS is the program's default: the score is a lower bound and compares to nothing. */
  readonly withoutLpips: boolean;
}

/** What the scoring program makes of the means, LPIPS or not. */
export function raim2026Totals(means: Raim2026Means): Raim2026Totals {
  const lpips = means.LPIPS_person ?? RAIM2026_DEFAULT_LPIPS;
  const globalScore = raim2026GlobalScore(means.PSNR_bg, means.SSIM_global);
  return {
    score: raim2026Score(lpips, means.DeltaE_person, globalScore),
    globalScore,
    means,
    normalised: {
      PSNR_bg: raim2026Normalise('PSNR_bg', means.PSNR_bg),
      SSIM_global: raim2026Normalise('SSIM_global', means.SSIM_global),
      DeltaE_person: raim2026Normalise('DeltaE_person', means.DeltaE_person),
      LPIPS_person: raim2026Normalise('LPIPS_person', lpips),
    },
    weights: raim2026Weights(lpips, means.DeltaE_person, globalScore),
    withoutLpips: means.LPIPS_person === null,
  };
}

/** From its two metrics where they are known, since published GlobalScores are rounded. */
function globalScoreOf(team: TeamValues): number | null {
  const metrics = known(team, ['PSNR_bg', 'SSIM_global']);
  if (metrics) return raim2026GlobalScore(metrics.PSNR_bg, metrics.SSIM_global);
  return team.GlobalScore ?? null;
}

function scoreOf(team: TeamValues): number | null {
  const metrics = known(team, ['LPIPS_person', 'DeltaE_person']);
  const globalScore = globalScoreOf(team);
  if (!metrics || globalScore === null) return null;
  return raim2026Score(metrics.LPIPS_person, metrics.DeltaE_person, globalScore);
}

/** NTIRE 2026 RAIM, track 3: professional image quality of low-light portraits. */
export const RAIM2026: Challenge = {
  id: 'raim2026',
  version: 1,
  title: 'NTIRE 2026 RAIM, track 3',
  source: 'Scoring program and report of NTIRE 2026 RAIM, track 3',
  definition:
    'Means over the images, normalised to [0, 1] and raised to 1.2; GlobalScore is the mean of PSNR ' +
    'and SSIM. Score = 30 + 70 Σ w s / Σ w with w = {0.3 LPIPS, 0.3 ΔE, 0.4 GlobalScore} · ' +
    'exp(2 (1 − s)). Final = 0.3 Score + 0.7 Subjective (80 to 90).',
  required: ['LPIPS_person', 'DeltaE_person'],
  alternatives: [['PSNR_bg', 'SSIM_global'], ['GlobalScore']],
  optional: ['Subjective'],
  rules: {
    LPIPS_person: { least: 0 },
    DeltaE_person: { least: 0 },
    SSIM_global: { least: -1, most: 1 },
    GlobalScore: { least: 0, most: 1 },
    Subjective: { least: 80, most: 90 },
  },
  measured: Object.fromEntries(RAIM2026_COLUMNS.map((column) => [column, `raim2026:${column}`])),
  published: [
    { title: 'First place (published)', score: 86.1, final: null },
    { title: 'Second place (published)', score: 84.91, final: null },
    { title: 'Third place (published)', score: 84.88, final: null },
    { title: 'Organisers’ baseline (published)', score: 82.16, final: null },
  ],
  printedDefinition: null,
  judge: (teams) =>
    teams.map((team) => {
      const score = scoreOf(team);
      const subjective = team.Subjective ?? null;
      const final =
        score === null || subjective === null
          ? null
          : FINAL_WEIGHTS.objective * score + FINAL_WEIGHTS.subjective * subjective;
      return { score, final, eligible: true, tieBreak: null };
    }),
};
