import type { BinaryMask, Plane, Rgba8 } from '../../image/types.ts';
import { LINEAR_LIGHT } from '../../methods/strength.ts';
import { applyCurves } from '../../methods/toneCurves.ts';
import { displayCurve } from '../displayTransform.ts';
import type { Against, HintPictures } from './types.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const sameSize = (a: Size, b: Size) => a.width === b.width && a.height === b.height;

export interface Reference {
  readonly picture: Rgba8;
  readonly against: Exclude<Against, null>;
}

/** The ground truth, else the input, as they are; null where neither is of the output's size. */
export function referenceOf({ output, truth, input }: HintPictures): Reference | null {
  if (truth !== null && sameSize(truth, output)) return { picture: truth, against: 'truth' };
  if (input !== null && sameSize(input, output)) return { picture: input, against: 'input' };
  return null;
}

/** The person mask, where it is of the output's size and has pixels on both sides. */
export function personOf({ output, mask }: HintPictures): BinaryMask | null {
  if (mask === null || !sameSize(mask, output)) return null;
  return mask.data.includes(1) && mask.data.includes(0) ? mask : null;
}

/** The other side of a mask. */
export function outsideOf({ width, height, data }: BinaryMask): BinaryMask {
  return { width, height, data: data.map((bit) => 1 - bit) };
}

/** Relative luminance of linear light (Y of XYZ, sRGB primaries, D65), 0..1. */
export function luminancePlane({ width, height, data }: Rgba8): Plane {
  const light = (i: number) => LINEAR_LIGHT[data[i] ?? 0] ?? 0;
  const luminance = new Float64Array(width * height);
  for (let i = 0, j = 0; i < luminance.length; i += 1, j += 4) {
    luminance[i] = 0.212671 * light(j) + 0.71516 * light(j + 1) + 0.072169 * light(j + 2);
  }
  return { width, height, data: luminance };
}

/** Mean of a plane over a region; NaN where it has no pixels. */
export function meanOver({ data }: Plane, region: BinaryMask): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < data.length; i += 1) {
    if (region.data[i] !== 1) continue;
    sum += data[i] ?? 0;
    count += 1;
  }
  return sum / count;
}

/**
 * The reference at the output's exposure: a ground truth as it is; an input, which is dark, with its
 * linear light multiplied by one factor that gives it the output's mean luminance over `region`.
 */
export function matchedReference(pictures: HintPictures, region: BinaryMask): Reference | null {
  const reference = referenceOf(pictures);
  if (reference === null || reference.against === 'truth') return reference;
  const { picture, against } = reference;
  const before = meanOver(luminancePlane(picture), region);
  const after = meanOver(luminancePlane(pictures.output), region);
  if (!(before > 0 && after > 0)) return null;
  const curve = displayCurve(Math.log2(after / before), 1);
  return { picture: applyCurves(picture, { red: curve, green: curve, blue: curve }), against };
}
