import type { BinaryMask, Rgba8 } from '../../image/types.ts';
import { type Block, blockMeans, boundingBox, greatest, placeOf } from './blocks.ts';
import { luminancePlane, personOf, referenceOf } from './reference.ts';
import { LEAST_SKIN, skinOf } from './skin.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

/** Blocks along the longer side of the lit region. */
const BLOCKS = 12;
const LEAST_BLOCKS = 6;
/** Share of white's light that a black block is lifted by, so that its logarithm is no noise. */
const FLOOR = 0.002;

/** Stops of each block of a region. */
const stopsOf = (picture: Rgba8, region: BinaryMask, side: number): Block[] =>
  blockMeans(luminancePlane(picture), region, side).map((block) => ({
    ...block,
    mean: Math.log2(block.mean + FLOOR),
  }));

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function measure(pictures: HintPictures): Finding | null {
  const person = personOf(pictures);
  const reference = referenceOf(pictures);
  if (person === null || reference === null) return null;
  const guide = reference.against === 'truth' ? reference.picture : pictures.output;
  const skin = skinOf(guide, person);
  const count = skin.data.reduce((sum, bit) => sum + bit, 0);
  const region = count >= LEAST_SKIN ? skin : person;
  const box = boundingBox(region);
  if (box === null) return null;
  const side = Math.max(2, Math.round(Math.max(box.width, box.height) / BLOCKS));
  const before = stopsOf(reference.picture, region, side);
  const after = stopsOf(pictures.output, region, side);
  if (before.length < LEAST_BLOCKS) return null;
  const [from, to] = [before, after].map((blocks) => deviation(blocks.map((one) => one.mean)));
  if (from === undefined || to === undefined || from < 0.05) return null;
  const middle = mean(before.map((block) => block.mean));
  const moved = greatest(before, (block) => Math.abs(block.mean - middle));
  return {
    value: to / from,
    against: reference.against,
    numbers: [
      { title: 'Light on the person, reference', value: from, unit: 'EV' },
      { title: 'Light on the person, output', value: to, unit: 'EV' },
    ],
    place: placeOf(moved ?? box),
  };
}

export const facialLight: Hint = {
  id: 'facial-light',
  title: 'Facial light',
  unit: '×',
  digits: 2,
  definition:
    'How much light and shadow is left on the person’s skin (on the whole person where no skin is found), ' +
    'output over ground truth or input: standard deviation of the mean linear luminance, in stops, over ' +
    'blocks of a twelfth of its longer side. Below 1 the light is flatter; one factor for the whole ' +
    'picture changes nothing.',
  shown: { when: 'below', threshold: 0.65 },
  needs: { reference: 'any', mask: true, seams: false },
  measure,
};
