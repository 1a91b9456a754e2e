import { lumaPlane } from '../../colour/luma.ts';
import type { Plane } from '../../image/types.ts';
import type { Rectangle } from '../../metrics/regionRule.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { greatest } from './blocks.ts';
import { referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures, Seams } from './types.ts';

/** Steps along a seam are averaged over pieces of this length, so that noise cancels. */
const PIECE = 32;
/** Lines to each side that the seam is compared with, from the third on. */
const NEIGHBOURS = [-10, -8, -6, -4, 4, 6, 8, 10] as const;

/** A tile as far as its seams are concerned; see `Tile` of the tiling plan. */
export interface SeamTile {
  readonly x: number;
  readonly y: number;
  readonly skipLeft: number;
  readonly blendLeft: number;
  readonly skipTop: number;
  readonly blendTop: number;
}

const sorted = (values: Iterable<number>) => [...new Set(values)].sort((a, b) => a - b);

/** Where a tile begins to show and where it has faded in; the picture's own edges are no seams. */
export function seamsOf(tiles: readonly SeamTile[]): Seams {
  const across = tiles.filter(({ x }) => x > 0);
  const down = tiles.filter(({ y }) => y > 0);
  return {
    columns: sorted(
      across.flatMap(({ x, skipLeft, blendLeft }) => [x + skipLeft, x + skipLeft + blendLeft]),
    ),
    rows: sorted(down.flatMap(({ y, skipTop, blendTop }) => [y + skipTop, y + skipTop + blendTop])),
  };
}

type Axis = 'columns' | 'rows';

/**
 * Mean square over pieces of the mean step from the line before to line `at`, in squared levels; NaN
 * where there is no such line.
 */
function stepEnergy({ width, height, data }: Plane, axis: Axis, at: number): number {
  const [lines, length] = axis === 'columns' ? [width, height] : [height, width];
  if (at < 1 || at >= lines) return Number.NaN;
  const [across, along] = axis === 'columns' ? [1, width] : [width, 1];
  const pieces = Math.max(1, Math.floor(length / PIECE));
  let energy = 0;
  for (let piece = 0; piece < pieces; piece += 1) {
    const [from, to] = [piece, piece + 1].map((k) => Math.floor((k * length) / pieces));
    let step = 0;
    for (let k = from ?? 0; k < (to ?? 0); k += 1) {
      const i = at * across + k * along;
      step += (data[i] ?? 0) - (data[i - across] ?? 0);
    }
    energy += (step / ((to ?? 0) - (from ?? 0))) ** 2;
  }
  return energy / pieces;
}

/** Root of the energy of a line beyond the median of its neighbours', in levels. */
function excessStep(luma: Plane, axis: Axis, at: number): number {
  const around = NEIGHBOURS.map((k) => stepEnergy(luma, axis, at + k))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const here = stepEnergy(luma, axis, at);
  if (around.length === 0 || !Number.isFinite(here)) return 0;
  return Math.sqrt(Math.max(0, here - quantileOfSorted(around, 0.5)));
}

const linePlace = ({ width, height }: Plane, axis: Axis, at: number): Rectangle =>
  axis === 'columns'
    ? { x: Math.max(0, at - 1), y: 0, width: 2, height }
    : { x: 0, y: Math.max(0, at - 1), width, height: 2 };

function measure(pictures: HintPictures): Finding | null {
  const { seams } = pictures;
  if (seams === null) return null;
  const reference = referenceOf(pictures);
  const output = lumaPlane(pictures.output);
  const before = reference && lumaPlane(reference.picture);
  const lines = (['columns', 'rows'] as const).flatMap((axis) =>
    seams[axis].map((at) => {
      const step = excessStep(output, axis, at);
      const known = before === null ? 0 : excessStep(before, axis, at);
      return { axis, at, step, known };
    }),
  );
  const most = greatest(lines, ({ step, known }) => step - known);
  if (most === null) return null;
  return {
    value: most.step - most.known,
    against: reference?.against ?? null,
    numbers: [
      { title: most.axis === 'columns' ? 'Column' : 'Row', value: most.at, unit: 'px' },
      { title: 'Step, output', value: most.step, unit: 'levels' },
      ...(reference ? [{ title: 'Step, reference', value: most.known, unit: 'levels' }] : []),
    ],
    place: linePlace(output, most.axis, most.at),
  };
}

export const tileSeam: Hint = {
  id: 'tile-seam',
  title: 'Tile seam',
  unit: 'levels',
  digits: 2,
  definition:
    'Step of luma across the lines where the network’s tiles begin to show or have faded in: root mean ' +
    'square of the step averaged over pieces of 32 pixels, beyond the median of eight lines 4 to 10 pixels ' +
    'away; less the same in the ground truth or the input. The line with the greatest step.',
  shown: { when: 'above', threshold: 0.7 },
  needs: { reference: 'none', mask: false, seams: true },
  measure,
};
