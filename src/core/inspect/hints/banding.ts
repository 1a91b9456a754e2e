import type { Plane, Rgba8 } from '../../image/types.ts';
import { percentileLevel } from '../../methods/histogram.ts';
import { atPixel } from '../../metrics/perPixel.ts';
import { histogramOf, lumaLevel } from '../histogram.ts';
import { blockMeans, greatest, placeOf } from './blocks.ts';
import { referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

/** Pixels of one level that make a step's tread. */
const LEAST_RUN = 6;
/** Levels between treads: steps of one are as fine as 8 bits go, larger ones than this are edges. */
const [LEAST_STEP, LARGEST_STEP] = [2, 12];
const LEAST_TREADS = 3;
const SIDE = 64;

interface Line {
  readonly start: number;
  readonly stride: number;
  readonly length: number;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

function runsOf(levels: Uint8Array, { start, stride, length }: Line): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let k = 1; k <= length; k += 1) {
    const level = levels[start + from * stride] ?? 0;
    if (k < length && levels[start + k * stride] === level) continue;
    runs.push({ from, to: k, level });
    from = k;
  }
  return runs;
}

/** Marks the pixels of staircases along a line. */
function markStairs(levels: Uint8Array, line: Line, marks: Float64Array): void {
  let stairs: Run[] = [];
  let direction = 0;
  const finish = () => {
    if (stairs.length >= LEAST_TREADS) {
      for (const { from, to } of stairs) {
        for (let k = from; k < to; k += 1) marks[line.start + k * line.stride] = 1;
      }
    }
    stairs = [];
    direction = 0;
  };
  for (const run of runsOf(levels, line)) {
    const before = stairs.at(-1);
    if (run.to - run.from < LEAST_RUN) {
      finish();
      continue;
    }
    if (before !== undefined) {
      const step = run.level - before.level;
      const fits = Math.abs(step) >= LEAST_STEP && Math.abs(step) <= LARGEST_STEP;
      const turned = direction !== 0 && Math.sign(step) !== direction;
      if (!fits || turned) finish();
      if (fits && stairs.length === 0) stairs.push(before);
      if (fits) direction = Math.sign(step);
    }
    stairs.push(run);
  }
  finish();
}

/** 1 where a pixel lies on a staircase along its row or its column. */
function stairsIn(picture: Rgba8): Plane {
  const { width, height } = picture;
  const levels = Uint8Array.from({ length: width * height }, (_, i) =>
    atPixel(picture, i, lumaLevel),
  );
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    markStairs(levels, { start: y * width, stride: 1, length: width }, data);
  }
  for (let x = 0; x < width; x += 1) {
    markStairs(levels, { start: x, stride: width, length: height }, data);
  }
  return { width, height, data };
}

const shareOf = ({ data }: Plane): number =>
  (100 * data.reduce((sum, mark) => sum + mark, 0)) / data.length;

/** Levels between the 5th and the 95th percentile of luma that no pixel has. */
function missingLevels(picture: Rgba8): number {
  const { luma } = histogramOf(picture);
  const [low, high] = [percentileLevel(luma, 5), percentileLevel(luma, 95)];
  return luma.filter((count, level) => level > low && level < high && count === 0).length;
}

function measure(pictures: HintPictures): Finding | null {
  const stairs = stairsIn(pictures.output);
  const most = greatest(blockMeans(stairs, null, SIDE, 0), (block) => block.mean);
  if (most === null) return null;
  const reference = referenceOf(pictures);
  const after = shareOf(stairs);
  const before = reference === null ? 0 : shareOf(stairsIn(reference.picture));
  return {
    value: after - before,
    against: reference?.against ?? null,
    numbers: [
      { title: 'In steps, output', value: after, unit: '%' },
      ...(reference ? [{ title: 'In steps, reference', value: before, unit: '%' }] : []),
      { title: 'Levels missing', value: missingLevels(pictures.output), unit: 'levels' },
    ],
    place: placeOf(most),
  };
}

export const banding: Hint = {
  id: 'banding',
  title: 'Banding',
  unit: '%',
  digits: 1,
  definition:
    'Share of pixels on staircases: along a row or a column three or more runs of at least 6 pixels of ' +
    'one luma level, each 2 to 12 levels above the one before, or each below; less the share in the ground ' +
    'truth or the input, where there is one. Noise breaks such runs, and hides banding.',
  shown: { when: 'above', threshold: 1 },
  needs: { reference: 'none', mask: false, seams: false },
  measure,
};
