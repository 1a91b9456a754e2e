import type { MetricDefinition, MetricId } from './types.ts';

const SCORING_PROGRAM = 'Scoring program of NTIRE 2026 RAIM, track 3';

const REGION_RULE =
  'Person is where the mask, resized to the picture by nearest neighbour, is 128 or brighter; ' +
  'background is the rest; a region without pixels has no value.';

/** What every metric of the RAIM 2026 set means, in the words the tables and exports show. */
export const METRICS: Readonly<Record<MetricId, MetricDefinition>> = {
  psnr: {
    id: 'psnr',
    version: 1,
    title: 'PSNR',
    unit: 'dB',
    direction: 'higher-is-better',
    digits: 2,
    definition:
      'Peak signal-to-noise ratio over R, G and B: 20 log10(1 / √MSE) on values in [0, 1], the ' +
      `MSE averaged over the region; 100 where nothing differs. ${REGION_RULE}`,
    source: SCORING_PROGRAM,
    parameters: { peak: 1, channels: 'RGB', identical: 100, maskThreshold: 128 },
  },
  ssim: {
    id: 'ssim',
    version: 1,
    title: 'SSIM (5×5)',
    unit: '',
    direction: 'higher-is-better',
    digits: 4,
    definition:
      'Structural similarity of the luma 0.299 R + 0.587 G + 0.114 B with a 5×5 binomial window ' +
      '[1 4 6 4 1] and zero padding, C1 = 0.0001, C2 = 0.0009; the map of the whole picture is ' +
      `averaged over the region. ${REGION_RULE}`,
    source: `${SCORING_PROGRAM}; after Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 13(4), 2004`,
    parameters: {
      window: 'binomial 5x5',
      padding: 'zero',
      luma: 'BT.601',
      C1: 1e-4,
      C2: 9e-4,
      maskThreshold: 128,
    },
  },
  deltae: {
    id: 'deltae',
    version: 1,
    title: 'ΔE (OpenCV 8-bit)',
    unit: '',
    direction: 'lower-is-better',
    digits: 2,
    definition:
      'Mean Euclidean distance of OpenCV’s 8-bit Lab colours (L × 2.55, a + 128, b + 128, rounded ' +
      `to integers). Not CIE76: lightness counts 2.55-fold. ${REGION_RULE}`,
    source: `${SCORING_PROGRAM}; colour conversion of OpenCV 4`,
    parameters: { space: 'OpenCV 8-bit Lab', white: 'D65', maskThreshold: 128 },
  },
};
