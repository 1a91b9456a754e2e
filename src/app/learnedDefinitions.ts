import { LPIPS_MIN_SIDE, LPIPS_PADDING } from '../core/metrics/lpipsCrop.ts';
import type { MetricDefinitionOf } from '../core/metrics/types.ts';
import type { LearnedMetricId, LearnedMetricView } from './metricsModel.ts';

const lpips: MetricDefinitionOf<'lpips'> = {
  id: 'lpips',
  version: 1,
  family: 'learned',
  title: 'LPIPS (AlexNet)',
  unit: '',
  direction: 'lower-is-better',
  digits: 4,
  needs: { reference: true, mask: false, model: true, set: false },
  regions: 'any',
  definition:
    'Learned perceptual distance, version 0.1, on AlexNet’s features. Measured on the box around ' +
    `the person mask, ${LPIPS_PADDING} pixels wider on every side, neither picture masked; on the ` +
    `whole picture without a mask; no value below ${LPIPS_MIN_SIDE} pixels a side.`,
  source:
    'Zhang, Isola, Efros, Shechtman and Wang, CVPR 2018; crop of the scoring program of NTIRE 2026 RAIM, track 3',
  parameters: {
    network: 'AlexNet',
    lpips: '0.1',
    range: '-1..1',
    padding: LPIPS_PADDING,
    minSide: LPIPS_MIN_SIDE,
    maskThreshold: 128,
  },
};

/** What every learned metric means. */
export const LEARNED_METRICS: Readonly<
  Record<LearnedMetricId, MetricDefinitionOf<LearnedMetricId>>
> = { lpips };

/** What to drop, and where it comes from. */
const LPIPS_FILES =
  'LPIPS needs two weight files that everybody can download: alexnet-owt-7be5be79.pth from ' +
  'torchvision and alex.pth from LPIPS v0.1. Drop both here, together or one after the other; ' +
  'they stay in this browser.';

/** A metric whose network is not here; `have` is the weight file that came first. */
export const missingNetwork = (have: string | null): LearnedMetricView['network'] => ({
  status: 'missing',
  what: LPIPS_FILES,
  have,
});

/** Before the storage was read. */
export const NO_LEARNED_METRICS: readonly LearnedMetricView[] = [
  { id: 'lpips', definition: lpips, network: missingNetwork(null) },
];
