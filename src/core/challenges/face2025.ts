import type { Challenge } from './types.ts';
import { known } from './values.ts';

const METRICS = ['NIQE', 'CLIPQA', 'MANIQA', 'MUSIQ', 'QALIGN', 'FID'] as const;
type Metrics = Readonly<Record<(typeof METRICS)[number], number>>;

/** Least AdaFace cosine between a restored face and its input, by test set. */
export const IDENTITY_THRESHOLDS = {
  WIDER: 0.3,
  WebPhoto: 0.3,
  LFW: 0.6,
  CelebChild: 0.6,
  CelebA: 0.5,
} as const;
export type FaceSet = keyof typeof IDENTITY_THRESHOLDS;

/** A team with more images below the threshold is not ranked. */
const MOST_FAILED_IMAGES = 10;

/** Images of a test set that are no longer the same person. */
export function failedImages(set: FaceSet, cosines: readonly number[]): number {
  return cosines.filter((cosine) => cosine < IDENTITY_THRESHOLDS[set]).length;
}

/** Each term is on a scale from 0 to about 1; NIQE and FID beyond their scale give 0. */
export function face2025Score(metrics: Metrics): number {
  return (
    metrics.CLIPQA +
    metrics.MANIQA +
    metrics.MUSIQ / 100 +
    metrics.QALIGN / 5 +
    Math.max(0, (10 - metrics.NIQE) / 10) +
    Math.max(0, (100 - metrics.FID) / 100)
  );
}

/** NTIRE 2025 real-world face restoration. */
export const FACE2025: Challenge = {
  id: 'face2025',
  version: 1,
  title: 'NTIRE 2025 face restoration',
  source: 'Report of the NTIRE 2025 challenge on real-world face restoration',
  definition:
    'Score = CLIPQA + MANIQA + MUSIQ/100 + QALIGN/5 + max(0, (10 − NIQE)/10) + ' +
    'max(0, (100 − FID)/100). Eligible with at most 10 images whose AdaFace cosine is below 0.3 ' +
    '(WIDER, WebPhoto), 0.6 (LFW, CelebChild) or 0.5 (CelebA).',
  required: [...METRICS, 'FailedImages'],
  alternatives: [],
  optional: [],
  rules: { FailedImages: { least: 0, whole: true }, FID: { least: 0 } },
  measured: { NIQE: 'niqe:global' },
  published: [
    { title: 'First place (published)', score: 4.3638, final: null },
    { title: 'Second place (published)', score: 4.3561, final: null },
    { title: 'A later place (published)', score: 3.8475, final: null },
  ],
  printedDefinition: null,
  judge: (teams) =>
    teams.map((team) => {
      const metrics = known(team, METRICS);
      const failed = team.FailedImages ?? null;
      return {
        score: metrics && face2025Score(metrics),
        final: null,
        eligible: failed === null ? null : failed <= MOST_FAILED_IMAGES,
        tieBreak: null,
      };
    }),
};
