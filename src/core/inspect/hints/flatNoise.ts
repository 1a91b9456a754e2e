import { lumaPlane } from '../../colour/luma.ts';
import type { BinaryMask, Plane, Rgba8 } from '../../image/types.ts';
import type { Rectangle } from '../../metrics/regionRule.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { boxMeans } from '../localContrast.ts';
import { blockMeans, greatest, interiorOf, placeOf } from './blocks.ts';
import { outsideOf, personOf, referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

const SIDE = 16;
/** The flattest blocks: this share of them, but no fewer than these. */
const SHARE = 0.1;
const LEAST = 4;
/** Mean levels between which noise is not cut off by an end of the scale. */
const [DARKEST, BRIGHTEST] = [4, 251];
/** A normal deviation's size is below this at its median, in standard deviations: 1 / 1.4826. */
const MEDIAN_DEVIATION = 0.6745;
/** Root of the sum of the squares of the kernel's weights. */
const KERNEL_NORM = 6;

/** Blocks whose 5×5 means vary least, of those wholly in the region. */
function flattestBlocks(picture: Rgba8, region: BinaryMask | null): Rectangle[] {
  const smooth = boxMeans(lumaPlane(picture), 2);
  const means = blockMeans(smooth, region, SIDE, 1);
  const squares = { ...smooth, data: smooth.data.map((value) => value * value) };
  const blocks = blockMeans(squares, region, SIDE, 1)
    .map((block, i) => ({ block, level: means[i]?.mean ?? 0 }))
    .filter(({ level }) => level >= DARKEST && level <= BRIGHTEST)
    .map(({ block, level }) => ({ block, variance: block.mean - level * level }))
    .sort((a, b) => a.variance - b.variance);
  const count = Math.max(LEAST, Math.ceil(SHARE * blocks.length));
  return blocks.length < LEAST ? [] : blocks.slice(0, count).map(({ block }) => placeOf(block));
}

/** Sizes of the kernel [1 -2 1]ᵀ[1 -2 1] within a block: blind to planes and to straight slopes. */
function residuals({ width, data }: Plane, { x, y, width: w, height: h }: Rectangle): number[] {
  const found: number[] = [];
  const second = (i: number) => (data[i - 1] ?? 0) - 2 * (data[i] ?? 0) + (data[i + 1] ?? 0);
  for (let row = y + 1; row < y + h - 1; row += 1) {
    for (let column = x + 1; column < x + w - 1; column += 1) {
      const i = row * width + column;
      found.push(Math.abs(second(i - width) - 2 * second(i) + second(i + width)));
    }
  }
  return found;
}

const deviationOf = (sizes: readonly number[]): number =>
  quantileOfSorted(
    [...sizes].sort((a, b) => a - b),
    0.5,
  ) /
  (MEDIAN_DEVIATION * KERNEL_NORM);

function measure(pictures: HintPictures): Finding | null {
  const { output } = pictures;
  const person = personOf(pictures);
  const reference = referenceOf(pictures);
  const region = person && interiorOf(outsideOf(person), 2);
  const guide = reference?.against === 'truth' ? reference.picture : output;
  const blocks = flattestBlocks(guide, region);
  const luma = lumaPlane(output);
  const noisiest = greatest(blocks, (block) => deviationOf(residuals(luma, block)));
  if (noisiest === null) return null;
  const over = (plane: Plane) => deviationOf(blocks.flatMap((block) => residuals(plane, block)));
  const value = over(luma);
  const numbers = [{ title: 'Noise, output', value, unit: 'levels' }];
  if (reference !== null) {
    const before = over(lumaPlane(reference.picture));
    numbers.push({ title: `Noise, ${reference.against}`, value: before, unit: 'levels' });
  }
  return { value, against: reference?.against ?? null, numbers, place: noisiest };
}

export const flatNoise: Hint = {
  id: 'flat-noise',
  title: 'Noise in flat background',
  unit: 'levels',
  digits: 1,
  definition:
    'Standard deviation of luma noise in the flattest tenth of the 16-pixel blocks outside the person (of ' +
    'the whole picture without a mask; chosen in the ground truth where there is one): the median size of ' +
    'the second differences [1 −2 1]ᵀ[1 −2 1] over 6 × 0.6745. Kernel: Immerkær, “Fast noise variance ' +
    'estimation”, CVIU 64(2), 1996.',
  shown: { when: 'above', threshold: 2.5 },
  needs: { reference: 'none', mask: false, seams: false },
  measure,
};
