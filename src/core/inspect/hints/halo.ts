import { lumaPlane } from '../../colour/luma.ts';
import type { BinaryMask, Plane } from '../../image/types.ts';
import { chessboardDistance } from '../../metrics/boundaryBand.ts';
import { type Block, blockMeans, greatest, placeOf } from './blocks.ts';
import { matchedReference, outsideOf, personOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

/** Width of the band along the edge, as a share of the picture's longer side, and at least. */
const WIDTH_SHARE = 0.006;
const LEAST_WIDTH = 2;
/** Blocks along the edge, in band widths, and at least. */
const BLOCK_WIDTHS = 8;
const LEAST_BLOCK = 32;

interface Bands {
  readonly near: BinaryMask;
  readonly far: BinaryMask;
  readonly side: number;
}

/** The bands along a region's edge, on its own side. */
function bandsOf(region: BinaryMask): Bands {
  const longer = Math.max(region.width, region.height);
  const width = Math.max(LEAST_WIDTH, Math.round(WIDTH_SHARE * longer));
  const distance = chessboardDistance(region, 0);
  const between = (first: number, last: number): BinaryMask => ({
    ...region,
    data: Uint8Array.from(distance, (d) => (d >= first && d <= last ? 1 : 0)),
  });
  return {
    near: between(2, width + 1),
    far: between(2 * width + 2, 4 * width),
    side: Math.max(LEAST_BLOCK, BLOCK_WIDTHS * width),
  };
}

/** Near band less far band of every block that has enough of both. */
function overshoots(luma: Plane, { near, far, side }: Bands): Block[] {
  const share = 1 / side;
  const beyond = new Map(
    blockMeans(luma, far, side, share).map((block) => [`${block.x},${block.y}`, block.mean]),
  );
  return blockMeans(luma, near, side, share).flatMap((block) => {
    const far = beyond.get(`${block.x},${block.y}`);
    return far === undefined ? [] : [{ ...block, mean: block.mean - far }];
  });
}

/** The excess overshoot of every block on one side of the edge. */
function excessOf(output: Plane, reference: Plane, region: BinaryMask): Block[] {
  const bands = bandsOf(region);
  const before = overshoots(reference, bands);
  return overshoots(output, bands).map((block, i) => ({
    ...block,
    mean: block.mean - (before[i]?.mean ?? 0),
  }));
}

function averageOf(blocks: readonly Block[]): number {
  const pixels = blocks.reduce((sum, block) => sum + block.pixels, 0);
  return blocks.reduce((sum, block) => sum + block.mean * block.pixels, 0) / pixels;
}

function measure(pictures: HintPictures): Finding | null {
  const person = personOf(pictures);
  const outside = person && outsideOf(person);
  const reference = outside && matchedReference(pictures, outside);
  if (person === null || outside === null || reference === null) return null;
  const [output, before] = [lumaPlane(pictures.output), lumaPlane(reference.picture)];
  const around = excessOf(output, before, outside);
  const within = excessOf(output, before, person);
  if (around.length === 0 || within.length === 0) return null;
  const [outer, inner] = [averageOf(around), averageOf(within)];
  const value = Math.abs(outer) >= Math.abs(inner) ? outer : inner;
  const blocks = value === outer ? around : within;
  const strongest = greatest(blocks, (block) => Math.sign(value) * block.mean);
  if (strongest === null) return null;
  return {
    value,
    against: reference.against,
    numbers: [
      { title: 'Rim in the background', value: outer, unit: 'levels' },
      { title: 'Rim on the person', value: inner, unit: 'levels' },
    ],
    place: placeOf(strongest),
  };
}

export const halo: Hint = {
  id: 'halo',
  title: 'Halo at the person’s edge',
  unit: 'levels',
  digits: 1,
  definition:
    'Mean luma of a band along the mask’s edge less that of a band further away on the same side, output ' +
    'less ground truth or input (an input at the exposure of the output’s background); of the two sides ' +
    'the one with the greater size. The bands lie 2 to w + 1 and 2w + 2 to 4w pixels from the edge ' +
    '(chessboard distance), w being 0.6 % of the longer side. Positive: a light rim.',
  shown: { when: 'size', threshold: 6 },
  needs: { reference: 'any', mask: true, seams: false },
  measure,
};
