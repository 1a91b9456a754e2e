import type { Lab } from '../../colour/lab.ts';
import type { Rectangle } from '../../metrics/regionRule.ts';
import { boundingBox } from './blocks.ts';
import { matchedReference, personOf } from './reference.ts';
import { hueAngle, individualTypologyAngle, LEAST_SKIN, meanLab, skinOf, turn } from './skin.ts';
import type { Against, Finding, Hint, HintPictures } from './types.ts';

interface SkinColours {
  readonly before: Lab;
  readonly after: Lab;
  readonly against: Against;
  readonly place: Rectangle;
}

/** Mean colours of the same skin in the reference and in the output. */
function skinColours(pictures: HintPictures): SkinColours | null {
  const person = personOf(pictures);
  const reference = person && matchedReference(pictures, person);
  if (person === null || reference === null) return null;
  const skin = skinOf(reference.picture, person);
  const before = meanLab(reference.picture, skin);
  const after = meanLab(pictures.output, skin);
  const place = boundingBox(skin);
  if (before === null || after === null || place === null || before.pixels < LEAST_SKIN) {
    return null;
  }
  return { before, after, against: reference.against, place };
}

const WHERE =
  'Skin is where the reference has the colour of skin within the person mask (BT.601 Cb 77–127 and Cr ' +
  '133–173, luma 30 or more, not clipped; Chai and Ngan 1999). The reference is the ground truth, else the ' +
  'input with its linear light multiplied by one factor that gives the person the output’s mean luminance.';

const NEEDS = { reference: 'any', mask: true, seams: false } as const;

function finding(
  pictures: HintPictures,
  quantityOf: (colour: Lab) => number,
  difference: (before: number, after: number) => number,
  [title, unit]: readonly [string, string],
): Finding | null {
  const colours = skinColours(pictures);
  if (colours === null) return null;
  const { before, after, against, place } = colours;
  const [from, to] = [quantityOf(before), quantityOf(after)];
  return {
    value: difference(from, to),
    against,
    numbers: [
      { title: `${title}, reference`, value: from, unit },
      { title: `${title}, output`, value: to, unit },
    ],
    place,
  };
}

export const skinLightness: Hint = {
  id: 'skin-lightness',
  title: 'Skin lightness',
  unit: 'L*',
  digits: 1,
  definition: `Mean CIE L* of the skin, output less reference: positive where skin is lighter. ${WHERE}`,
  shown: { when: 'size', threshold: 5 },
  needs: NEEDS,
  measure: (pictures) =>
    finding(
      pictures,
      ({ L }) => L,
      (from, to) => to - from,
      ['L*', 'L*'],
    ),
};

export const skinTypologyAngle: Hint = {
  id: 'skin-ita',
  title: 'Skin ITA°',
  unit: '°',
  digits: 0,
  definition:
    'Individual typology angle atan((L* − 50) / b*) of the mean skin colour, output less reference: ' +
    `positive where skin reads as a lighter type (Chardon et al. 1991). ${WHERE}`,
  shown: { when: 'size', threshold: 10 },
  needs: NEEDS,
  measure: (pictures) =>
    finding(pictures, individualTypologyAngle, (from, to) => to - from, ['ITA', '°']),
};

export const skinHue: Hint = {
  id: 'skin-hue',
  title: 'Skin hue',
  unit: '°',
  digits: 0,
  definition:
    'Turn of the CIELAB hue angle of the mean skin colour from reference to output: positive towards ' +
    `yellow, negative towards red. ${WHERE}`,
  shown: { when: 'size', threshold: 6 },
  needs: NEEDS,
  measure: (pictures) => finding(pictures, hueAngle, turn, ['Hue', '°']),
};
