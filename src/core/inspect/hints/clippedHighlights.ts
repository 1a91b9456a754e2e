import { CLIPPING_RULE, clippingOf, HIGHLIGHT_MARK } from '../clipping.ts';
import { blockMeans, greatest, placeOf } from './blocks.ts';
import { personOf, referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

const SIDE = 64;

function measure(pictures: HintPictures): Finding | null {
  const { output } = pictures;
  const { width, height, marks, highlightShare } = clippingOf(output);
  const data = Float64Array.from(marks, (mark) => (mark === HIGHLIGHT_MARK ? 1 : 0));
  const most = greatest(blockMeans({ width, height, data }, null, SIDE, 0), (block) => block.mean);
  if (highlightShare === null || most === null) return null;
  const reference = referenceOf(pictures);
  const before = reference === null ? 0 : (clippingOf(reference.picture).highlightShare ?? 0);
  const person = personOf(pictures);
  const onPerson = person === null ? null : clippingOf(output, person).highlightShare;
  return {
    value: 100 * (highlightShare - before),
    against: reference?.against ?? null,
    numbers: [
      { title: 'Clipped, output', value: 100 * highlightShare, unit: '%' },
      ...(reference ? [{ title: 'Clipped, reference', value: 100 * before, unit: '%' }] : []),
      ...(onPerson === null
        ? []
        : [{ title: 'Clipped on the person', value: 100 * onPerson, unit: '%' }]),
    ],
    place: placeOf(most),
  };
}

export const clippedHighlights: Hint = {
  id: 'clipped-highlights',
  title: 'Clipped highlights',
  unit: '%',
  digits: 1,
  definition:
    `Share of pixels with a channel at ${CLIPPING_RULE.highlight} or above, less the share in the ground ` +
    'truth or the input, where there is one.',
  shown: { when: 'above', threshold: 2 },
  needs: { reference: 'none', mask: false, seams: false },
  measure,
};
