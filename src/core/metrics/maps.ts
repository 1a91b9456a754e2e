import { lumaThousandths } from '../colour/luma.ts';
import type { BinaryMask, Rgba8 } from '../image/types.ts';
import { deltaEAt } from './deltae.ts';
import { deltaE2000At } from './deltae2000.ts';
import { absoluteErrorAt } from './mae.ts';
import { requireEqualSizes } from './measure.ts';
import { ofDifferences, type PixelMeasure } from './perPixel.ts';
import { ssimAt } from './ssim.ts';

/** One single-precision number a pixel, rows top to bottom. */
export interface ScalarMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
}

export const MAP_IDS = ['deltae', 'deltae2000', 'ssim', 'absolute-error', 'signed-luma'] as const;
export type MapId = (typeof MAP_IDS)[number];

export interface MapRange {
  readonly min: number;
  readonly max: number;
}

export interface MapDefinition {
  readonly id: MapId;
  readonly title: string;
  /** "levels", or "" for a dimensionless value. */
  readonly unit: string;
  /** `diverging` maps have a meaning at 0, with opposite signs on its sides. */
  readonly kind: 'sequential' | 'diverging';
  /** Whether small values are errors: then a colour map runs the other way. */
  readonly lowIsBad: boolean;
  /** The scale that makes pictures comparable; values beyond it are shown as its ends. */
  readonly range: MapRange;
  readonly definition: string;
}

export const MAPS: Readonly<Record<MapId, MapDefinition>> = {
  deltae: {
    id: 'deltae',
    title: 'ΔE (OpenCV 8-bit)',
    unit: '',
    kind: 'sequential',
    lowIsBad: false,
    range: { min: 0, max: 30 },
    definition: 'Euclidean distance of OpenCV’s 8-bit Lab colours.',
  },
  deltae2000: {
    id: 'deltae2000',
    title: 'ΔE00 (CIEDE2000)',
    unit: '',
    kind: 'sequential',
    lowIsBad: false,
    range: { min: 0, max: 15 },
    definition: 'CIEDE2000 colour difference of sRGB colours under D65.',
  },
  ssim: {
    id: 'ssim',
    title: 'SSIM (5×5)',
    unit: '',
    kind: 'sequential',
    lowIsBad: true,
    range: { min: 0, max: 1 },
    definition: 'Structural similarity of luma in the 5×5 window around the pixel, zero padding.',
  },
  'absolute-error': {
    id: 'absolute-error',
    title: 'Absolute error',
    unit: 'levels',
    kind: 'sequential',
    lowIsBad: false,
    range: { min: 0, max: 64 },
    definition: 'Mean over R, G and B of the absolute difference of the 8-bit values.',
  },
  'signed-luma': {
    id: 'signed-luma',
    title: 'Luminance error',
    unit: 'levels',
    kind: 'diverging',
    lowIsBad: false,
    range: { min: -64, max: 64 },
    definition:
      'Luma 0.299 R + 0.587 G + 0.114 B of the output minus that of the ground truth, in 8-bit ' +
      'levels: positive where the output is too bright.',
  },
};

const lumaError = ofDifferences(lumaThousandths);

const PIXELS: Readonly<Record<MapId, PixelMeasure>> = {
  deltae: deltaEAt,
  deltae2000: deltaE2000At,
  ssim: ssimAt,
  'absolute-error': (output, groundTruth) => {
    const sum = absoluteErrorAt(output, groundTruth);
    return (pixel) => sum(pixel) / 3;
  },
  'signed-luma': (output, groundTruth) => {
    const thousandths = lumaError(output, groundTruth);
    return (pixel) => thousandths(pixel) / 1000;
  },
};

/**
 * What a metric sees at every pixel, computed in float64 and kept in single precision: the twin of
 * the shaders' maps. The mean of the `deltae`, `deltae2000` and `ssim` maps over a region is the
 * metric of that name, that of `absolute-error` is the MAE.
 * @throws RangeError when the sizes differ.
 */
export function mapReference(id: MapId, output: Rgba8, groundTruth: Rgba8): ScalarMap {
  requireEqualSizes(output, groundTruth, null);
  const { width, height } = output;
  const valueAt = PIXELS[id](output, groundTruth);
  const data = Float32Array.from({ length: width * height }, (_, pixel) => valueAt(pixel));
  return { width, height, data };
}

/** Of a map's values, this share at either end does not stretch its data-driven scale. */
const TAIL = 0.005;

/** A map with more values than this is judged by every second, third, … of them. */
const MOST_SAMPLES = 2 ** 20;

/** The values within the region, evenly thinned out where there are many, in order of size. */
function sampled(
  { data }: ScalarMap,
  region: BinaryMask | null,
  measure: (value: number) => number,
): Float32Array {
  const inside = region === null ? data : data.filter((_, i) => region.data[i] === 1);
  const step = Math.max(1, Math.ceil(inside.length / MOST_SAMPLES));
  const count = Math.ceil(inside.length / step);
  return Float32Array.from({ length: count }, (_, i) => measure(inside[i * step] ?? 0)).sort();
}

/**
 * The scale that a map's own values ask for, within a region where one is given: from their 0.5th to
 * their 99.5th percentile (the nearest value on the outer side, so of 200 values or fewer the least and
 * the greatest), for a diverging map the 99.5th percentile of their sizes on either side of 0. Single
 * pixels do not darken the rest. Where that leaves no width (no pixels, or the same value nearly
 * everywhere) it is the map's fixed scale.
 */
export function dataRange(id: MapId, map: ScalarMap, region: BinaryMask | null): MapRange {
  const { kind, range } = MAPS[id];
  const values = sampled(map, region, kind === 'diverging' ? Math.abs : (value) => value);
  const last = values.length - 1;
  const min = values[Math.floor(TAIL * last)] ?? 0;
  const max = values[Math.ceil((1 - TAIL) * last)] ?? 0;
  if (kind === 'diverging') return max > 0 ? { min: -max, max } : range;
  return min < max ? { min, max } : range;
}
