import type { Challenge, JudgeOptions, PublishedResult, TeamValues } from './types.ts';
import { known } from './values.ts';

const METRICS = ['PSNR', 'SSIM', 'LPIPS', 'DISTS', 'NIQE'] as const;
type Metrics = Readonly<Record<(typeof METRICS)[number], number>>;

/** Points that a metric can give, and the value that is divided by. */
interface Term {
  readonly metric: (typeof METRICS)[number];
  readonly points: number;
  /** Subtracted first, so that this value gives no points; "lower is better" metrics have none. */
  readonly zero: number | null;
  readonly scale: number;
}

const TERMS: readonly Term[] = [
  { metric: 'PSNR', points: 20, zero: 0, scale: 50 },
  { metric: 'SSIM', points: 15, zero: 0.5, scale: 0.5 },
  { metric: 'LPIPS', points: 20, zero: null, scale: 0.4 },
  { metric: 'DISTS', points: 40, zero: null, scale: 0.3 },
  { metric: 'NIQE', points: 30, zero: null, scale: 10 },
];

const FINAL_WEIGHTS = { phase2: 0.4, phase3: 0.6 } as const;

/**
 * The phase-2 score. Metrics that should be small give `points (1 − x / scale)`: read so, plausible
 * metrics land where the published scores are. The report prints `points (1 − x) / scale`
 * (`asPrinted`), which gives far more than 100.
 */
export function raim2024Phase2(metrics: Metrics, { asPrinted }: JudgeOptions): number {
  let sum = 0;
  for (const { metric, points, zero, scale } of TERMS) {
    const value = metrics[metric];
    if (zero !== null) sum += (points * (value - zero)) / scale;
    else sum += points * (asPrinted ? (1 - value) / scale : 1 - value / scale);
  }
  return sum;
}

/** Min-max over the known values, times 100; all equal gives 100. Unknown stays unknown. */
export function raim2024Normalise(values: readonly (number | null)[]): (number | null)[] {
  const present = values.filter((value) => value !== null);
  const least = Math.min(...present);
  const span = Math.max(...present) - least;
  return values.map((value) => {
    if (value === null) return null;
    return span === 0 ? 100 : (100 * (value - least)) / span;
  });
}

/** S2 and final of the report's eight teams. */
const PUBLISHED: readonly PublishedResult[] = (
  [
    [79.13, 91.65],
    [81.96, 82.07],
    [79.69, 80.09],
    [80.03, 45.94],
    [78.65, 40.03],
    [72.99, 39.91],
    [78.93, 34.79],
    [69.8, 27.92],
  ] as const
).map(([score, final], index) => ({ title: `Place ${index + 1} (published)`, score, final }));

function phase2Of(team: TeamValues, options: JudgeOptions): number | null {
  const given = team.S2 ?? null;
  if (given !== null) return given;
  const metrics = known(team, METRICS);
  return metrics && raim2024Phase2(metrics, options);
}

const FINAL =
  'Final = 0.4 Score + 0.6 S3, S3 (user study: 3, 2, 1 points for the top three, averaged over ' +
  'raters) min-max normalised over the teams to [0, 100].';

/** NTIRE 2024 RAIM: restore any image model in the wild. */
export const RAIM2024: Challenge = {
  id: 'raim2024',
  version: 1,
  title: 'NTIRE 2024 RAIM',
  source: 'Report of NTIRE 2024 RAIM',
  definition:
    'Score (phase 2) = 20 PSNR/50 + 15 (SSIM − 0.5)/0.5 + 20 (1 − LPIPS/0.4) + 40 (1 − DISTS/0.3) + ' +
    `30 (1 − NIQE/10). ${FINAL}`,
  required: [],
  alternatives: [METRICS, ['S2']],
  optional: ['S3'],
  rules: {
    SSIM: { least: -1, most: 1 },
    LPIPS: { least: 0 },
    DISTS: { least: 0 },
    S3: { least: 0 },
  },
  measured: {
    PSNR: 'psnr:global',
    SSIM: 'ssim-wang:global',
    LPIPS: 'lpips:global',
    NIQE: 'niqe:global',
  },
  published: PUBLISHED,
  printedDefinition:
    'Score (phase 2) = 20 PSNR/50 + 15 (SSIM − 0.5)/0.5 + 20 (1 − LPIPS)/0.4 + 40 (1 − DISTS)/0.3 + ' +
    `30 (1 − NIQE)/10, as the report prints it: the scores it lists do not follow from this. ${FINAL}`,
  judge(teams, options) {
    const phase3 = raim2024Normalise(teams.map((team) => team.S3 ?? null));
    return teams.map((team, index) => {
      const score = phase2Of(team, options);
      const s3 = phase3[index] ?? null;
      const final =
        score === null || s3 === null
          ? null
          : FINAL_WEIGHTS.phase2 * score + FINAL_WEIGHTS.phase3 * s3;
      return { score, final, eligible: true, tieBreak: null };
    });
  },
};
