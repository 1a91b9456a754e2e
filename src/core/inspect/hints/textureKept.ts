import { lumaPlane } from '../../colour/luma.ts';
import type { BinaryMask, Plane, Rgba8 } from '../../image/types.ts';
import { boxMeans } from '../localContrast.ts';
import { blockMeans, greatest, interiorOf, placeOf } from './blocks.ts';
import { matchedReference, personOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

const SIDE = 32;
/** Pixels from the person's edge that belong to the edge, not to texture. */
const MARGIN = 5;
/** Levels: keeps nearly black blocks from counting as highly textured. */
const FLOOR = 8;

/** What a 3×3 mean shows and a 9×9 mean does not, squared. */
function bandEnergy(luma: Plane): Plane {
  const fine = boxMeans(luma, 1).data;
  const coarse = boxMeans(luma, 4).data;
  return { ...luma, data: fine.map((value, i) => (value - (coarse[i] ?? 0)) ** 2) };
}

/** Energy of each block of the person over the square of its brightness. */
function relativeEnergies(picture: Rgba8, region: BinaryMask) {
  const luma = lumaPlane(picture);
  const brightness = blockMeans(luma, region, SIDE);
  return blockMeans(bandEnergy(luma), region, SIDE).map((block, i) => ({
    ...block,
    energy: block.mean / ((brightness[i]?.mean ?? 0) + FLOOR) ** 2,
  }));
}

const meanEnergy = (blocks: readonly { energy: number; pixels: number }[]): number =>
  blocks.reduce((sum, { energy, pixels }) => sum + energy * pixels, 0) /
  blocks.reduce((sum, { pixels }) => sum + pixels, 0);

function measure(pictures: HintPictures): Finding | null {
  const person = personOf(pictures);
  const reference = person && matchedReference(pictures, person);
  if (person === null || reference === null) return null;
  const inside = interiorOf(person, MARGIN);
  const before = relativeEnergies(reference.picture, inside);
  const after = relativeEnergies(pictures.output, inside);
  if (before.length === 0) return null;
  const [from, to] = [meanEnergy(before), meanEnergy(after)];
  if (from < 1e-8) return null;
  const lost = before.map((block, i) => ({
    ...block,
    lost: block.energy - (after[i]?.energy ?? 0),
  }));
  const most = greatest(lost, (block) => block.lost);
  if (most === null) return null;
  return {
    value: Math.sqrt(to / from),
    against: reference.against,
    numbers: [
      { title: 'Contrast of texture, reference', value: 100 * Math.sqrt(from), unit: '%' },
      { title: 'Contrast of texture, output', value: 100 * Math.sqrt(to), unit: '%' },
    ],
    place: placeOf(most),
  };
}

export const textureKept: Hint = {
  id: 'texture-kept',
  title: 'Texture kept',
  unit: '×',
  digits: 2,
  definition:
    'Fine contrast within the person, output over reference: root mean square of luma between a 3×3 and a ' +
    '9×9 mean, relative to the brightness of each 32-pixel block, more than 5 pixels from the person’s ' +
    'edge. The reference is the ground truth, else the input at the output’s exposure, whose noise counts ' +
    'as texture as far as a 3×3 mean lets it through.',
  shown: { when: 'below', threshold: 0.6 },
  needs: { reference: 'any', mask: true, seams: false },
  measure,
};
