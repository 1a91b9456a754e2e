import { cropGrey } from '../core/image/crop.ts';
import { resizeNearest } from '../core/image/mask.ts';
import { overlapOf } from '../core/inspect/alignment.ts';
import type { Rectangle, RegionMasks, RegionRule } from '../core/metrics/regionRule.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { shownOutput } from './outputs.ts';

type Size = Pick<StoredPicture, 'width' | 'height'>;

/** What of output and ground truth is compared, in pixels of each. */
export interface ComparedParts {
  readonly output: Rectangle;
  readonly truth: Rectangle;
}

/** The parts that are compared where the shown output is compared under a shift; null: all of both. */
export function partsOf(record: StoredCase): ComparedParts | null {
  const output = shownOutput(record);
  if (output?.shift === undefined || record.gt === null) return null;
  const overlap = overlapOf(record.gt, output.picture, output.shift);
  return overlap && { truth: overlap.first, output: overlap.second };
}

/** Masks of the ground truth's size, cut to the part that is compared. */
export function partOfMasks(masks: RegionMasks, { gt }: StoredCase, part: Rectangle): RegionMasks {
  if (gt === null) return masks;
  const cut = (grey: RegionMasks['person']) =>
    grey && cropGrey(resizeNearest(grey, gt.width, gt.height), part);
  const named = Object.entries(masks.named).map(([name, grey]) => [name, cut(grey)] as const);
  return { person: cut(masks.person), named: Object.fromEntries(named) };
}

/**
 * A rectangle of the case in pixels of its ground truth, over which the output then lies: as it is seen,
 * both fitted into the case's reference picture.
 */
export function rectangleInTruth(rectangle: Rectangle, reference: Size, truth: Size): Rectangle {
  const scale = Math.min(reference.width / truth.width, reference.height / truth.height);
  const left = (reference.width - truth.width * scale) / 2;
  const top = (reference.height - truth.height * scale) / 2;
  return {
    x: (rectangle.x - left) / scale,
    y: (rectangle.y - top) / scale,
    width: rectangle.width / scale,
    height: rectangle.height / scale,
  };
}

/** A rule over the whole ground truth as one over a part of it. */
export function partOfRule(rule: RegionRule, { x, y }: Rectangle): RegionRule {
  return rule.kind === 'rectangle' ? { ...rule, x: rule.x - x, y: rule.y - y } : rule;
}
