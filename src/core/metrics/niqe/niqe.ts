import type { Plane, Rgba8 } from '../../image/types.ts';
import { pseudoInverse } from '../../stats/pseudoInverse.ts';
import type { NiqeResult } from '../types.ts';
import { blockFeatures, cutBlock } from './features.ts';
import { halfSize } from './halfSize.ts';
import { mscn } from './mscn.ts';
import { NATURAL_COVARIANCE, NATURAL_MEAN } from './naturalModel.ts';
import { BLOCK, niqeLuma } from './niqeLuma.ts';

const FEATURES = NATURAL_MEAN.length;
/** Below it the covariance of the 36 features cannot have full rank. */
export const NIQE_MIN_BLOCKS = FEATURES + 1;
/** A block whose luma deviates by less than one level is flat. */
const FLAT_DEVIATION = 1;

/** 36 features for every block: 18 at full size, 18 at half. */
function allFeatures(luma: Plane): number[][] {
  const full = mscn(luma);
  const half = mscn(halfSize(luma));
  const features: number[][] = [];
  for (let row = 0; row < luma.height / BLOCK; row += 1) {
    for (let column = 0; column < luma.width / BLOCK; column += 1) {
      features.push([
        ...blockFeatures(cutBlock(full, BLOCK, column, row), BLOCK),
        ...blockFeatures(cutBlock(half, BLOCK / 2, column, row), BLOCK / 2),
      ]);
    }
  }
  return features;
}

/** Mean of each feature over the blocks where it is defined. */
function featureMeans(blocks: readonly (readonly number[])[]): number[] {
  return NATURAL_MEAN.map((_, k) => {
    const defined = blocks.map((features) => features[k] ?? Number.NaN).filter(Number.isFinite);
    return defined.reduce((sum, value) => sum + value, 0) / defined.length;
  });
}

/** Half the sum of the natural covariance and the sample covariance (n - 1) of these blocks. */
function pooledCovariance(blocks: readonly (readonly number[])[]): Float64Array<ArrayBuffer> {
  const means = featureMeans(blocks);
  const pooled = new Float64Array(FEATURES * FEATURES);
  let entry = 0;
  for (let i = 0; i < FEATURES; i += 1) {
    for (let j = 0; j <= i; j += 1, entry += 1) {
      let sum = 0;
      for (const block of blocks) {
        sum += ((block[i] ?? 0) - (means[i] ?? 0)) * ((block[j] ?? 0) - (means[j] ?? 0));
      }
      const value = ((NATURAL_COVARIANCE[entry] ?? 0) + sum / (blocks.length - 1)) / 2;
      pooled[i * FEATURES + j] = value;
      pooled[j * FEATURES + i] = value;
    }
  }
  return pooled;
}

function countFlatBlocks(luma: Plane): number {
  let flat = 0;
  for (let row = 0; row < luma.height / BLOCK; row += 1) {
    for (let column = 0; column < luma.width / BLOCK; column += 1) {
      const block = cutBlock(luma, BLOCK, column, row);
      const mean = block.reduce((sum, v) => sum + v, 0) / block.length;
      const variance = block.reduce((sum, v) => sum + (v - mean) ** 2, 0) / block.length;
      if (variance < FLAT_DEVIATION ** 2) flat += 1;
    }
  }
  return flat;
}

/** √(d Σ⁺ dᵀ) with d the distance of the means and Σ the pooled covariance; null where undefined. */
function distance(features: readonly (readonly number[])[]): number | null {
  const usable = features.filter((block) => block.every(Number.isFinite));
  if (usable.length < 2) return null;
  const means = featureMeans(features);
  const d = NATURAL_MEAN.map((mean, k) => mean - (means[k] ?? 0));
  const inverse = pseudoInverse({ size: FEATURES, data: pooledCovariance(usable) }).data;
  let sum = 0;
  for (let i = 0; i < FEATURES; i += 1) {
    for (let j = 0; j < FEATURES; j += 1) {
      sum += (d[i] ?? 0) * (inverse[i * FEATURES + j] ?? 0) * (d[j] ?? 0);
    }
  }
  return Math.sqrt(sum);
}

/**
 * NIQE, a no-reference naturalness distance (0 is natural, about 3 to 5 for good photographs), in
 * float64 over the whole picture. Features of 96-pixel blocks of MSCN coefficients at two scales,
 * compared with those of natural pictures; every whole block counts. Needs two blocks whose 36
 * features are all defined, else there is no value; flagged where less than 37 are (the covariance
 * is then singular) and where more than half of the blocks are flat.
 * Source: Mittal, Soundararajan and Bovik, "Making a 'completely blind' image quality analyzer",
 * IEEE Signal Processing Letters 20(3), 2013; blocks, resizing and pseudo-inverse as in the programs
 * that restoration challenges use.
 */
export function niqe(picture: Rgba8): NiqeResult {
  const luma = niqeLuma(picture);
  const features = luma.data.length === 0 ? [] : allFeatures(luma);
  const usableBlocks = features.filter((block) => block.every(Number.isFinite)).length;
  const flatBlocks = countFlatBlocks(luma);
  return {
    value: distance(features),
    blocks: features.length,
    usableBlocks,
    flags: [
      ...(flatBlocks * 2 > features.length ? (['flat'] as const) : []),
      ...(usableBlocks < NIQE_MIN_BLOCKS ? (['few-blocks'] as const) : []),
    ],
  };
}
