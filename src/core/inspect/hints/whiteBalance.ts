import type { BinaryMask, Rgba8 } from '../../image/types.ts';
import { LINEAR_LIGHT } from '../../methods/strength.ts';
import { boundingBox, interiorOf } from './blocks.ts';
import { outsideOf, personOf, referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

const MARGIN = 3;
const LEAST_PIXELS = 256;
const CLIPPED = 254;

/** Colour of the light in a region: red and blue against green, in stops. */
interface LightColour {
  readonly red: number;
  readonly blue: number;
}

/**
 * The grey-edge estimate: sums of the sizes of the channels' differences between neighbours, linear
 * light, first order, Minkowski norm 1.
 */
function lightColour({ width, data }: Rgba8, region: BinaryMask): LightColour | null {
  const sums = [0, 0, 0];
  let pixels = 0;
  const level = (i: number, channel: number) => data[i * 4 + channel] ?? 0;
  const light = (i: number, channel: number) => LINEAR_LIGHT[level(i, channel)] ?? 0;
  const clipped = (i: number) => Math.max(level(i, 0), level(i, 1), level(i, 2)) >= CLIPPED;
  for (let i = 0; i < region.data.length - width - 1; i += 1) {
    if (region.data[i] !== 1 || clipped(i) || clipped(i + 1) || clipped(i + width)) continue;
    pixels += 1;
    for (const channel of [0, 1, 2]) {
      const here = light(i, channel);
      sums[channel] =
        (sums[channel] ?? 0) +
        Math.hypot(light(i + 1, channel) - here, light(i + width, channel) - here);
    }
  }
  const [red = 0, green = 0, blue = 0] = sums;
  if (pixels < LEAST_PIXELS || Math.min(red, green, blue) <= 0) return null;
  return { red: Math.log2(red / green), blue: Math.log2(blue / green) };
}

/** The person and the background, both away from the edge between them. */
type Sides = readonly [inside: BinaryMask, outside: BinaryMask];

/** By how much the person's light is redder and bluer than the background's. */
function gapOf(picture: Rgba8, sides: Sides): LightColour | null {
  const [inside, outside] = [lightColour(picture, sides[0]), lightColour(picture, sides[1])];
  if (inside === null || outside === null) return null;
  return { red: inside.red - outside.red, blue: inside.blue - outside.blue };
}

function measure(pictures: HintPictures): Finding | null {
  const person = personOf(pictures);
  const reference = referenceOf(pictures);
  const place = person && boundingBox(person);
  if (person === null || reference === null || place === null) return null;
  const sides: Sides = [interiorOf(person, MARGIN), interiorOf(outsideOf(person), MARGIN)];
  const after = gapOf(pictures.output, sides);
  const before = gapOf(reference.picture, sides);
  if (after === null || before === null) return null;
  return {
    value: Math.hypot(after.red - before.red, after.blue - before.blue),
    against: reference.against,
    numbers: [
      { title: 'Person redder than background, output', value: after.red, unit: 'EV' },
      { title: 'Person bluer than background, output', value: after.blue, unit: 'EV' },
      { title: 'Redder, reference', value: before.red, unit: 'EV' },
      { title: 'Bluer, reference', value: before.blue, unit: 'EV' },
    ],
    place,
  };
}

export const whiteBalanceGap: Hint = {
  id: 'white-balance-gap',
  title: 'White-balance gap',
  unit: 'EV',
  digits: 2,
  definition:
    'By how much the gap between the colours of the light on the person and on the background differs from ' +
    'that in the ground truth or the input, in stops of red and blue against green. The light’s colour is ' +
    'estimated from differences between neighbours in linear light (grey edge: van de Weijer, Gevers and ' +
    'Gijsenij, IEEE TIP 16(9), 2007; first order, norm 1), more than 3 pixels from the mask’s edge. A gap ' +
    'alone says nothing, since person and background are of different colours.',
  shown: { when: 'above', threshold: 0.4 },
  needs: { reference: 'any', mask: true, seams: false },
  measure,
};
