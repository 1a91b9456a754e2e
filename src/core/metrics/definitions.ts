import type {
  MetricDefinition,
  MetricDefinitionOf,
  MetricId,
  NoReferenceMetricDefinition,
  NoReferenceMetricId,
} from './types.ts';

const SCORING_PROGRAM = 'Scoring program of NTIRE 2026 RAIM, track 3';
const SSIM_PAPER = 'Wang, Bovik, Sheikh and Simoncelli, IEEE TIP 13(4), 2004';

const REGION_RULE =
  'Person is where the mask, resized to the picture by nearest neighbour, is 128 or brighter; ' +
  'background is the rest; a region without pixels has no value.';

const IDENTICAL = '100 where nothing differs';
const MASK_THRESHOLD = { maskThreshold: 128 } as const;

type Fields<Id extends string> = Omit<
  MetricDefinitionOf<Id>,
  'id' | 'version' | 'regions' | 'needs'
>;

/** A metric that compares two pictures pixel by pixel and has a value in every region. */
function paired<Id extends MetricId>(id: Id, fields: Fields<Id>): MetricDefinitionOf<Id> {
  const needs = { reference: true, mask: false, model: false, set: false };
  return { id, version: 1, needs, regions: 'any', ...fields };
}

const psnr = paired('psnr', {
  family: 'PSNR',
  title: 'PSNR',
  unit: 'dB',
  direction: 'higher-is-better',
  digits: 2,
  definition:
    'Peak signal-to-noise ratio over R, G and B: 20 log10(1 / √MSE) on values in [0, 1], the ' +
    `MSE averaged over the region; ${IDENTICAL}. ${REGION_RULE}`,
  source: SCORING_PROGRAM,
  parameters: { peak: 1, channels: 'RGB', identical: 100, ...MASK_THRESHOLD },
});

const psnrY = paired('psnr-y', {
  family: 'PSNR',
  title: 'PSNR (luma)',
  unit: 'dB',
  direction: 'higher-is-better',
  digits: 2,
  definition:
    'Peak signal-to-noise ratio of the luma 0.299 R + 0.587 G + 0.114 B, full range and not ' +
    `rounded: 10 log10(255² / MSE) on 8-bit levels; ${IDENTICAL}. Papers that measure the luma of ` +
    `16 to 235 get about 1.3 dB more. ${REGION_RULE}`,
  source: 'ITU-R BT.601-7, 2.5.1 (luma), full range',
  parameters: { peak: 255, luma: 'BT.601 full range', identical: 100, ...MASK_THRESHOLD },
});

const mae = paired('mae', {
  family: 'error',
  title: 'MAE',
  unit: 'levels',
  direction: 'lower-is-better',
  digits: 2,
  definition: `Mean absolute difference of the 8-bit R, G and B values, in levels of 0 to 255. ${REGION_RULE}`,
  source: 'Mean absolute error',
  parameters: { peak: 255, channels: 'RGB', ...MASK_THRESHOLD },
});

const rmse = paired('rmse', {
  family: 'error',
  title: 'RMSE',
  unit: 'levels',
  direction: 'lower-is-better',
  digits: 2,
  definition:
    'Root of the mean squared difference of the 8-bit R, G and B values, in levels of 0 to 255. ' +
    REGION_RULE,
  source: 'Root-mean-square error',
  parameters: { peak: 255, channels: 'RGB', ...MASK_THRESHOLD },
});

const ssim = paired('ssim', {
  family: 'SSIM',
  title: 'SSIM (5×5)',
  unit: '',
  direction: 'higher-is-better',
  digits: 4,
  definition:
    'Structural similarity of the luma 0.299 R + 0.587 G + 0.114 B with a 5×5 binomial window ' +
    '[1 4 6 4 1] and zero padding, C1 = 0.0001, C2 = 0.0009; the map of the whole picture is ' +
    `averaged over the region. ${REGION_RULE}`,
  source: `${SCORING_PROGRAM}; after ${SSIM_PAPER}`,
  parameters: {
    window: 'binomial 5x5',
    padding: 'zero',
    luma: 'BT.601',
    C1: 1e-4,
    C2: 9e-4,
    ...MASK_THRESHOLD,
  },
});

const GAUSSIAN = {
  window: 'Gaussian 11x11',
  sigma: 1.5,
  padding: 'none (valid windows)',
  variance: 'population',
  luma: 'BT.601, not rounded',
  K1: 0.01,
  K2: 0.03,
} as const;

const ssimWang = paired('ssim-wang', {
  family: 'SSIM',
  title: 'SSIM (Wang 2004)',
  unit: '',
  direction: 'higher-is-better',
  digits: 4,
  definition:
    'Structural similarity of the unrounded luma with an 11×11 Gaussian window of σ 1.5, ' +
    'population variance, K1 = 0.01 and K2 = 0.03, averaged over the windows that lie within the ' +
    'picture and have their centre in the region; below 11 pixels a side there is no value. ' +
    REGION_RULE,
  source: SSIM_PAPER,
  parameters: { ...GAUSSIAN, ...MASK_THRESHOLD },
});

const msSsim: MetricDefinitionOf<'ms-ssim'> = {
  ...paired('ms-ssim', {
    family: 'SSIM',
    title: 'MS-SSIM',
    unit: '',
    direction: 'higher-is-better',
    digits: 4,
    definition:
      'Multi-scale structural similarity of the unrounded luma: contrast and structure at five ' +
      'scales, luminance at the coarsest, windows as in SSIM (Wang 2004), 2×2 means between the ' +
      'scales, a negative mean counted as 0. Of the whole picture only; person and background ' +
      'have no value, and with a side below 176 pixels there is no value.',
    source:
      'Wang, Simoncelli and Bovik, Asilomar Conference on Signals, Systems and Computers, 2003',
    parameters: { ...GAUSSIAN, weights: '0.0448 0.2856 0.3001 0.2363 0.1333' },
  }),
  regions: 'global',
};

const deltae = paired('deltae', {
  family: 'ΔE',
  title: 'ΔE (OpenCV 8-bit)',
  unit: '',
  direction: 'lower-is-better',
  digits: 2,
  definition:
    'Mean Euclidean distance of OpenCV’s 8-bit Lab colours (L × 2.55, a + 128, b + 128, rounded ' +
    `to integers). Not CIE76: lightness counts 2.55-fold. ${REGION_RULE}`,
  source: `${SCORING_PROGRAM}; colour conversion of OpenCV 4`,
  parameters: { space: 'OpenCV 8-bit Lab', white: 'D65', ...MASK_THRESHOLD },
});

const LAB = { space: 'CIE L*a*b*, float', white: 'D65 (0.95047, 1, 1.08883)' } as const;

const deltae76 = paired('deltae76', {
  family: 'ΔE',
  title: 'ΔE*ab (CIE 1976)',
  unit: '',
  direction: 'lower-is-better',
  digits: 2,
  definition: `Mean Euclidean distance in CIE L*a*b* of sRGB colours under D65, not rounded. ${REGION_RULE}`,
  source: 'CIE 15:2004, 8.2.1; sRGB as in IEC 61966-2-1',
  parameters: { ...LAB, ...MASK_THRESHOLD },
});

const deltae2000 = paired('deltae2000', {
  family: 'ΔE',
  title: 'ΔE00 (CIEDE2000)',
  unit: '',
  direction: 'lower-is-better',
  digits: 2,
  definition:
    'Mean CIEDE2000 colour difference, kL = kC = kH = 1, of sRGB colours in CIE L*a*b* under D65. ' +
    REGION_RULE,
  source: 'Sharma, Wu and Dalal, Color Research and Application 30(1), 2005',
  parameters: { ...LAB, kL: 1, kC: 1, kH: 1, ...MASK_THRESHOLD },
});

/** What every full-reference pixel metric means, in the words the tables and exports show. */
export const METRICS: Readonly<Record<MetricId, MetricDefinition>> = {
  psnr,
  'psnr-y': psnrY,
  mae,
  rmse,
  ssim,
  'ssim-wang': ssimWang,
  'ms-ssim': msSsim,
  deltae,
  deltae76,
  deltae2000,
};

/** What every metric without a ground truth means. */
export const NO_REFERENCE_METRICS: Readonly<
  Record<NoReferenceMetricId, NoReferenceMetricDefinition>
> = {
  niqe: {
    id: 'niqe',
    version: 1,
    family: 'naturalness',
    title: 'NIQE',
    unit: '',
    direction: 'lower-is-better',
    digits: 2,
    needs: { reference: false, mask: false, model: false, set: false },
    regions: 'global',
    definition:
      'Distance of the statistics of contrast-normalised luma (16 to 235, rounded) in blocks of 96 ' +
      'pixels, at full and at half size, from those of natural photographs. Of the whole picture; ' +
      'with fewer than two blocks that have structure there is no value, with fewer than 37, or ' +
      'where more than half of the blocks are flat, it is marked as doubtful.',
    source: 'Mittal, Soundararajan and Bovik, IEEE Signal Processing Letters 20(3), 2013',
    parameters: {
      block: 96,
      window: 'Gaussian 7x7',
      sigma: '7/6',
      shapeGrid: '0.2 to 10, step 0.001',
      halving: 'bicubic, antialiased, mirrored',
      inverse: 'Moore-Penrose',
    },
  },
};
