import type { ContractGuess } from '../../../../protocol/models.ts';
import type { OnnxModel } from '../graph.ts';
import { type Inference, infer } from '../infer.ts';
import type { PicturePort } from './axes.ts';
import { feedsFor } from './feeds.ts';

/** Sizes that the network takes. */
export interface SizeRule {
  readonly fixedSize: readonly [number, number] | null;
  /** True where the sides are free and Loupe fixes them. */
  readonly squashed: boolean;
  readonly sizeMultiple: number;
  readonly minSize: number;
  readonly guess: ContractGuess;
}

/** Powers of two from strides; 7 and 14 from windows and patches of transformers, and both together. */
const MULTIPLES: readonly number[] = [1, 2, 4, 7, 8, 12, 14, 16, 24, 28, 32, 48, 56, 64, 112, 128];
/** Sides near which the rules are tried: above what margins and windows need. */
const TRIED_SIDE = 200;
const LARGEST_MIN = 512;
const UNTOLD_MULTIPLE = 64;

/** Sizes [height, width] that networks are exported at whose sides are free by their word only. */
const USUAL_SIZES: readonly (readonly [number, number])[] = [
  ...[64, 96, 112, 128, 160, 192, 224, 256, 320, 384, 400, 448, 512, 640, 768, 1024].map(
    (side): [number, number] => [side, side],
  ),
  [480, 640],
  [400, 600],
  [720, 1280],
  [1080, 1920],
];

/** The network's output at a size, or why there is none. */
export type Probe = (height: number, width: number) => Inference;

export function proberOf(model: OnnxModel, picture: PicturePort): Probe {
  const done = new Map<string, Inference>();
  return (height, width) => {
    const key = `${height}×${width}`;
    const known = done.get(key);
    if (known) return known;
    const found = infer(model, feedsFor(model, picture, height, width));
    done.set(key, found);
    return found;
  };
}

/** Odd multiples of `multiple`, so that no larger one hides in them. */
function triedSizes(multiple: number): [number, number][] {
  const odd = Math.ceil(TRIED_SIDE / multiple) | 1;
  const side = (steps: number) => (odd + 2 * steps) * multiple;
  return [
    [side(0), side(1)],
    [side(1), side(2)],
    [side(2), side(0)],
  ];
}

export type Fits = (height: number, width: number) => boolean;

function firstMultiple(fits: Fits): number | null {
  const holds = (multiple: number) =>
    triedSizes(multiple).every(([height, width]) => fits(height, width));
  return MULTIPLES.find(holds) ?? null;
}

/** The least side that fits, a multiple: found by doubling, so within a factor of two. */
function leastSide(multiple: number, fits: Fits): number {
  for (let side = multiple; side < LARGEST_MIN; side *= 2) {
    if (fits(side, side)) return side;
  }
  return Math.ceil(TRIED_SIDE / multiple) * multiple;
}

function fixedRule(height: number, width: number): SizeRule {
  return {
    fixedSize: [height, width],
    squashed: false,
    sizeMultiple: 1,
    minSize: 1,
    guess: {
      property: 'sizeMultiple',
      known: 'graph',
      reason: `The network takes ${width}×${height} pixels only; larger pictures are cut into such pieces.`,
    },
  };
}

/** Where the shapes hold at no size that was tried, only a run can tell. */
function untold(): SizeRule {
  return {
    fixedSize: null,
    squashed: false,
    sizeMultiple: UNTOLD_MULTIPLE,
    minSize: UNTOLD_MULTIPLE,
    guess: {
      property: 'sizeMultiple',
      known: 'guess',
      reason: `The shapes do not tell which sizes the network takes; multiples of ${UNTOLD_MULTIPLE} suit most.`,
    },
  };
}

/**
 * The sizes a network takes. A side that is fixed while the other is free fixes both: what takes any
 * width takes this one too.
 * @param fits whether the shapes hold at a size and the output is the input's size times the scale
 * @param whole whether every shape was inferred: then a multiple is proved, as far as shapes tell
 */
export function sizeRule(picture: PicturePort, fits: Fits, whole: boolean): SizeRule {
  const { height, width } = picture;
  const fixedHeight = typeof height === 'number' ? height : width;
  const fixedWidth = typeof width === 'number' ? width : height;
  if (typeof fixedHeight === 'number' && typeof fixedWidth === 'number') {
    return fixedRule(fixedHeight, fixedWidth);
  }
  const multiple = firstMultiple(fits);
  if (multiple === null) {
    const only = USUAL_SIZES.find(([h, w]) => fits(h, w));
    return only ? fixedRule(...only) : untold();
  }
  const reason =
    multiple === 1
      ? 'The shapes fit together at every size that was tried.'
      : `The shapes fit together where both sides are multiples of ${multiple}.`;
  return {
    fixedSize: null,
    squashed: false,
    sizeMultiple: multiple,
    minSize: leastSide(multiple, fits),
    guess: { property: 'sizeMultiple', known: whole ? 'graph' : 'guess', reason },
  };
}
