import { findShift } from '../core/inspect/alignment.ts';
import { HINTS } from '../core/inspect/hints/registry.ts';
import { seamsOf } from '../core/inspect/hints/tileSeam.ts';
import type { HintPictures } from '../core/inspect/hints/types.ts';
import type { ReviewApi, ReviewedPictures } from '../protocol/review.ts';
import { settle } from './failure.ts';
import { tilesFor } from './tilePlan.ts';

/** Hints look for seams where the tiles of this very picture met. */
function picturesOf({ tiles, ...pictures }: ReviewedPictures): HintPictures {
  const { width, height } = pictures.output;
  const seams = tiles && seamsOf(tilesFor(tiles.contract, tiles, width, height));
  return { ...pictures, seams };
}

/** Alignment and hints, each a pure function of pictures. */
export function makeReview(): ReviewApi {
  let held: HintPictures | null = null;
  return {
    findShift: (first, second) => settle(async () => findShift(first, second)),
    hold: (pictures) =>
      settle(async () => {
        held = picturesOf(pictures);
      }),
    hint: (id) =>
      settle(async () => {
        const hint = HINTS.find((known) => known.id === id);
        if (held === null || hint === undefined) throw new Error(`nothing is held for ${id}`);
        return hint.measure(held);
      }),
  };
}
