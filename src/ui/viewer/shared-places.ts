import type { LookMode } from '../../app/model.ts';

const PAIRS: Readonly<Partial<Record<LookMode, readonly [string, string]>>> = {
  onion: ['beneath', 'on top'],
  difference: ['that is subtracted', 'it is subtracted from'],
};

/**
 * What the places of pictures that share a pane are called, for lists and descriptions: "on the left",
 * "2nd from the left".
 * @param into how a split lays them out
 */
export function placesOf(
  look: LookMode,
  count: number,
  into: 'columns' | 'rows',
): readonly string[] {
  const pair = PAIRS[look];
  if (pair) return pair;
  const [first, last] =
    into === 'rows' ? ['at the top', 'at the bottom'] : ['on the left', 'on the right'];
  const from = into === 'rows' ? 'from the top' : 'from the left';
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return first;
    return i === count - 1 ? last : `${ordinal(i + 1)} ${from}`;
  });
}

function ordinal(number: number): string {
  if (number === 2) return '2nd';
  return number === 3 ? '3rd' : `${number}th`;
}
