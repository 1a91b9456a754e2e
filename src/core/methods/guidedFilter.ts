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

export interface GuidedFilterParams {
  /** Half the window's side, in pixels of the full-size picture. */
  readonly radius: number;
  /** Luma contrast, squared, below which an edge of the picture does not count; luma in [0, 1]. */
  readonly epsilon: number;
  /** Full-size pixels to one of the coarse size that coefficients are computed at; at least 1. */
  readonly subsample: number;
}

/** The coarse size, and the window's radius there. */
export interface CoarseSize {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

/**
 * Parameters for a mask that was found at 256 to 320 pixels a side: windows of 1 % of the picture’s
 * longer side, wide enough for the mask's own softness, and coefficients at 512 pixels or fewer.
 */
export function guidedFilterFor(width: number, height: number): GuidedFilterParams {
  const longest = Math.max(width, height);
  return { radius: 0.01 * longest, epsilon: 1e-3, subsample: Math.max(1, longest / 512) };
}

/** @throws RangeError where a parameter is out of its range */
export function coarseSize(
  width: number,
  height: number,
  { radius, epsilon, subsample }: GuidedFilterParams,
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

/** BT.601 luma in [0, 1]. */
const lumaOf = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue;

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

/** Slope and offset of the mask as a function of luma at every coarse pixel, averaged. */
function coefficients(
  luma: Float64Array,
  inside: Float64Array,
  coarse: CoarseSize,
  epsilon: number,
): { readonly slope: Float64Array; readonly offset: Float64Array } {
  const mean = (values: Float64Array) => boxMean(values, coarse);
  const meanLuma = mean(luma);
  const meanInside = mean(inside);
  const meanProduct = mean(luma.map((value, i) => value * (inside[i] ?? 0)));
  const meanSquare = mean(luma.map((value) => value * value));
  const slope = meanLuma.map((average, i) => {
    const covariance = (meanProduct[i] ?? 0) - average * (meanInside[i] ?? 0);
    return covariance / ((meanSquare[i] ?? 0) - average ** 2 + epsilon);
  });
  const offset = slope.map((value, i) => (meanInside[i] ?? 0) - value * (meanLuma[i] ?? 0));
  return { slope: mean(slope), offset: mean(offset) };
}

/**
 * A soft mask brought to a picture's size along the picture's own edges: in every window the mask is
 * fitted as a linear function of luma, and the fits, averaged and brought to full size bilinearly, are
 * applied to the full-size luma. 8 bits, rounded half up.
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
  const luma = Float64Array.from({ length: pixels }, (_, i) =>
    lumaOf(planes[i] ?? 0, planes[pixels + i] ?? 0, planes[2 * pixels + i] ?? 0),
  );
  const maskAt = sampler(mask.width, mask.height, mask.data);
  const inside = luma.map((_, i) =>
    maskAt(i % coarse.width, coarse.width, Math.floor(i / coarse.width), coarse.height),
  );
  const { slope, offset } = coefficients(luma, inside, coarse, params.epsilon);
  const slopeAt = sampler(coarse.width, coarse.height, slope);
  const offsetAt = sampler(coarse.width, coarse.height, offset);
  const result = Uint8Array.from({ length: width * height }, (_, i) => {
    const at = i * 4;
    const here = lumaOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) / 255;
    const place = [i % width, width, Math.floor(i / width), height] as const;
    return levelOf(slopeAt(...place) * here + offsetAt(...place));
  });
  return { width, height, data: result };
}
