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

/** By how much the person's light is redder and bluer than the background's. */
function gapOf(picture: Rgba8, person: BinaryMask): LightColour | null {
  const inside = lightColour(picture, interiorOf(person, MARGIN));
  const outside = lightColour(picture, interiorOf(outsideOf(person), MARGIN));
  if (inside === null || outside === null) return null;
  return { red: inside.red - outside.red, blue: inside.blue - outside.blue };
}

function measure(pictures: HintPictures): Finding | null {
  const person = personOf(pictures);
  const gap = person && gapOf(pictures.output, person);
  const place = person && boundingBox(person);
  if (person === null || gap === null || place === null) return null;
  const reference = referenceOf({ ...pictures, input: null });
  const before = reference && gapOf(reference.picture, person);
  const from = before ?? { red: 0, blue: 0 };
  const numbers = [
    { title: 'Person redder than background', value: gap.red, unit: 'EV' },
    { title: 'Person bluer than background', value: gap.blue, unit: 'EV' },
  ];
  if (before !== null) {
    numbers.push({ title: 'Redder, ground truth', value: before.red, unit: 'EV' });
    numbers.push({ title: 'Bluer, ground truth', value: before.blue, unit: 'EV' });
  }
  return {
    value: Math.hypot(gap.red - from.red, gap.blue - from.blue),
    against: before === null ? null : 'truth',
    numbers,
    place,
  };
}

export const whiteBalanceGap: Hint = {
  id: 'white-balance-gap',
  title: 'White-balance gap',
  unit: 'EV',
  digits: 2,
  definition:
    'How far apart the colours of the light on the person and on the background are, in stops of red and ' +
    'blue against green; with a ground truth, how far that gap is from the gap there. The light’s colour is ' +
    'estimated from differences between neighbours in linear light (grey edge: van de Weijer, Gevers and ' +
    'Gijsenij, IEEE TIP 16(9), 2007; first order, norm 1), 3 pixels away from the mask’s edge. Without a ' +
    'ground truth, differently coloured things count as well.',
  shown: { when: 'above', threshold: 0.3 },
  needs: { reference: 'none', mask: true, seams: false },
  measure,
};
