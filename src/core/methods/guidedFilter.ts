import { areaThumbnail } from '../image/thumbnail.ts';
import type { Gray8, Rgba8 } from '../image/types.ts';
import { cellsAround } from './affineGrid.ts';
import { levelOf } from './levels.ts';

/** A soft mask in full precision, rows top to bottom: 1 inside, 0 outside. */
export interface SoftMask {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
}

/**
 * What the mask follows: `sqrt(gain × luma)`, so that a dark picture is filtered as a bright one is.
 */
export interface Guide {
  readonly gain: number;
}

export interface GuidedFilterParams {
  /** Half the window's side, in pixels of the full-size picture. */
  readonly radius: number;
  /** Contrast of the guide, squared, below which an edge of the picture does not count. */
  readonly epsilon: number;
  /** Full-size pixels to one of the coarse size that coefficients are computed at; at least 1. */
  readonly subsample: number;
  readonly guide: Guide;
}

/** The coarse size, and the window's radius there. */
export interface CoarseSize {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

/** BT.601 luma in [0, 1]. */
const lumaOf = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue;

/** Longer side up to which a mask network's own parameters hold as they are. */
const TUNED_SIDE = 1024;

/**
 * A mask network's parameters at a picture's size: as they are up to 1024 pixels, beyond that windows
 * grow with the picture, since the network's own pixels do.
 */
export function guidedFilterFor(
  width: number,
  height: number,
  { radius, epsilon, subsample }: Omit<GuidedFilterParams, 'guide'>,
): Omit<GuidedFilterParams, 'guide'> {
  const scale = Math.max(1, Math.max(width, height) / TUNED_SIDE);
  return { radius: radius * scale, epsilon, subsample: subsample * scale };
}

/**
 * The guide of a picture: one half at its mean luma, and near there in a black one.
 * @param planes the picture averaged to any size, planar RGB in [0, 1]
 */
export function guideOf(planes: Float32Array): Guide {
  const pixels = planes.length / 3;
  let sum = 0;
  for (let i = 0; i < pixels; i += 1) {
    sum += lumaOf(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0);
  }
  return { gain: 0.25 / (sum / pixels + 0.02) };
}

/** @throws RangeError where a parameter is out of its range */
export function coarseSize(
  width: number,
  height: number,
  { radius, epsilon, subsample }: Omit<GuidedFilterParams, 'guide'>,
): CoarseSize {
  if (!(radius >= 0 && epsilon > 0 && subsample >= 1)) {
    throw new RangeError(
      'A guided filter needs radius 0 or more, epsilon above 0, subsample 1 or more.',
    );
  }
  return {
    width: Math.ceil(width / subsample),
    height: Math.ceil(height / subsample),
    radius: Math.max(1, Math.round(radius / subsample)),
  };
}

/** A plane at a place between its cells' centres, bilinear. */
function sampler(width: number, height: number, data: ArrayLike<number>) {
  return (column: number, columns: number, row: number, rows: number): number => {
    const across = cellsAround(column, columns, width);
    const down = cellsAround(row, rows, height);
    const along = (y: number): number =>
      (data[y * width + across.first] ?? 0) * (1 - across.fraction) +
      (data[y * width + across.second] ?? 0) * across.fraction;
    return along(down.first) * (1 - down.fraction) + along(down.second) * down.fraction;
  };
}

/** Means over runs of `2 radius + 1` values, cut off at the ends of each line of `length` values. */
function lineMean(
  data: Float64Array,
  length: number,
  stride: number,
  radius: number,
): Float64Array {
  return data.map((_, i) => {
    const place = Math.floor(i / stride) % length;
    const first = Math.max(0, place - radius);
    const last = Math.min(length - 1, place + radius);
    let sum = 0;
    for (let k = first; k <= last; k += 1) sum += data[i + (k - place) * stride] ?? 0;
    return sum / (last - first + 1);
  });
}

/** Means over windows of `2 radius + 1` a side, cut off at the picture's edges. */
function boxMean(data: Float64Array, { width, height, radius }: CoarseSize): Float64Array {
  return lineMean(lineMean(data, width, 1, radius), height, width, radius);
}

/** Slope and offset of the mask as a function of the guide at every coarse pixel, averaged. */
function coefficients(
  guide: Float64Array,
  inside: Float64Array,
  coarse: CoarseSize,
  epsilon: number,
): { readonly slope: Float64Array; readonly offset: Float64Array } {
  const mean = (values: Float64Array) => boxMean(values, coarse);
  const meanGuide = mean(guide);
  const meanInside = mean(inside);
  const meanProduct = mean(guide.map((value, i) => value * (inside[i] ?? 0)));
  const meanSquare = mean(guide.map((value) => value * value));
  const slope = meanGuide.map((average, i) => {
    const covariance = (meanProduct[i] ?? 0) - average * (meanInside[i] ?? 0);
    return covariance / ((meanSquare[i] ?? 0) - average ** 2 + epsilon);
  });
  const offset = slope.map((value, i) => (meanInside[i] ?? 0) - value * (meanGuide[i] ?? 0));
  return { slope: mean(slope), offset: mean(offset) };
}

/**
 * A soft mask brought to a picture's size along the picture's own edges: in every window the mask is
 * fitted as a linear function of the guide, and the fits, averaged and brought to full size
 * bilinearly, are applied to the full-size guide. 8 bits, rounded half up.
 * Source: He, Sun and Tang, "Guided image filtering", ECCV 2010, equations 5, 6 and 8; He and Sun,
 * "Fast guided filter", arXiv:1505.00996, 2015.
 * @param mask of any size; brought to the coarse size bilinearly
 * @throws RangeError where a parameter is out of its range
 */
export function guidedUpsample(mask: SoftMask, guide: Rgba8, params: GuidedFilterParams): Gray8 {
  const { width, height, data } = guide;
  const coarse = coarseSize(width, height, params);
  const pixels = coarse.width * coarse.height;
  const planes = areaThumbnail(guide, coarse.width, coarse.height);
  const { gain } = params.guide;
  const values = Float64Array.from({ length: pixels }, (_, i) =>
    Math.sqrt(gain * lumaOf(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0)),
  );
  const maskAt = sampler(mask.width, mask.height, mask.data);
  const inside = values.map((_, i) =>
    maskAt(i % coarse.width, coarse.width, Math.floor(i / coarse.width), coarse.height),
  );
  const { slope, offset } = coefficients(values, inside, coarse, params.epsilon);
  const slopeAt = sampler(coarse.width, coarse.height, slope);
  const offsetAt = sampler(coarse.width, coarse.height, offset);
  const result = Uint8Array.from({ length: width * height }, (_, i) => {
    const at = i * 4;
    const here = lumaOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) / 255;
    const place = [i % width, width, Math.floor(i / width), height] as const;
    return levelOf(slopeAt(...place) * Math.sqrt(gain * here) + offsetAt(...place));
  });
  return { width, height, data: result };
}
