import type { RegionName } from '../dataset/roles.ts';
import { binariseMask, MASK_THRESHOLD } from '../image/mask.ts';
import type { BinaryMask, Gray8 } from '../image/types.ts';
import { boundaryBand } from './boundaryBand.ts';

/** How a soft mask of any size becomes a hard one: what the RAIM 2026 scoring program does. */
export interface MaskRule {
  /** Grey levels from this one on are inside. */
  readonly threshold: typeof MASK_THRESHOLD;
  /** Before the threshold, to the picture's size. */
  readonly resize: 'nearest';
}

export const MASK_RULE: MaskRule = { threshold: MASK_THRESHOLD, resize: 'nearest' };

/** A rectangle of whole pixels; what lies outside the picture is cut off. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which pixels a value was measured over: plain data, part of every result. */
export type RegionRule =
  | { readonly kind: 'global' }
  | { readonly kind: 'person' | 'background'; readonly mask: MaskRule }
  | { readonly kind: 'boundary'; readonly mask: MaskRule; readonly radius: number }
  | { readonly kind: 'named'; readonly mask: MaskRule; readonly name: RegionName }
  | ({ readonly kind: 'rectangle' } & Rectangle);

const NAMES: Readonly<Record<RegionName, string>> = {
  hair: 'hair',
  skin: 'skin',
  'face-skin': 'skin of the face',
  sky: 'sky',
};

const soft = ({ threshold }: MaskRule) =>
  `resized to the picture by nearest neighbour, is ${threshold} or brighter`;

/** The rule as a sentence for tables and exports. */
export function regionSentence(rule: RegionRule): string {
  switch (rule.kind) {
    case 'global':
      return 'The whole picture.';
    case 'person':
      return `Where the person mask, ${soft(rule.mask)}.`;
    case 'background':
      return `Everywhere but where the person mask, ${soft(rule.mask)}.`;
    case 'boundary':
      return (
        `Within ${rule.radius} pixels (chessboard distance) of the person’s edge, on both sides; the ` +
        `person is where the mask, ${soft(rule.mask)}.`
      );
    case 'named':
      return `Where the mask of the ${NAMES[rule.name]}, ${soft(rule.mask)}.`;
    case 'rectangle':
      return (
        `The rectangle of ${rule.width}×${rule.height} pixels whose top left is column ${rule.x}, ` +
        `row ${rule.y} (from 0), as far as it lies within the picture.`
      );
  }
}

const fill = (width: number, height: number): BinaryMask => ({
  width,
  height,
  data: new Uint8Array(width * height).fill(1),
});

function rectangleMask(width: number, height: number, rectangle: Rectangle): BinaryMask {
  const data = new Uint8Array(width * height);
  const left = Math.min(width, Math.max(0, rectangle.x));
  const right = Math.max(left, Math.min(width, rectangle.x + rectangle.width));
  const bottom = Math.min(height, rectangle.y + rectangle.height);
  for (let y = Math.max(0, rectangle.y); y < bottom; y += 1) {
    data.fill(1, y * width + left, y * width + right);
  }
  return { width, height, data };
}

/** The masks of one picture, as they were read: grey, soft, of any size. */
export interface RegionMasks {
  readonly person: Gray8 | null;
  readonly named: Readonly<Partial<Record<RegionName, Gray8>>>;
}

/**
 * The pixels of a picture of `width` x `height` that a rule selects: 1 inside. Null where the mask
 * that the rule asks for is missing; without pixels where it, or the rectangle, leaves none.
 */
export function regionMask(
  rule: RegionRule,
  width: number,
  height: number,
  masks: RegionMasks,
): BinaryMask | null {
  if (rule.kind === 'global') return fill(width, height);
  if (rule.kind === 'rectangle') return rectangleMask(width, height, rule);
  const grey = rule.kind === 'named' ? (masks.named[rule.name] ?? null) : masks.person;
  if (grey === null) return null;
  const mask = binariseMask(grey, width, height);
  if (rule.kind === 'boundary') return boundaryBand(mask, rule.radius);
  if (rule.kind === 'background') return { ...mask, data: mask.data.map((bit) => 1 - bit) };
  return mask;
}
