import { comparisonsOf, type GivenAnswer } from './answers.ts';
import { type Comparison, logStrengths } from './bradleyTerry.ts';
import type { Study } from './study.ts';
import { TOP_POINTS } from './topThree.ts';

/** What a top list counts for: 3, 2 and 1 points (RAIM 2024), or 1 for being named (RAIM 2026). */
export type TopMeasure = 'points' | 'frequency';

/** An answer as what it adds to the scores, read once and summed up in thousands of resamples. */
interface ReadAnswer {
  readonly rater: string;
  readonly item: string;
  /** Two places and an amount of a win of the first over the second; the same place twice: a value. */
  readonly parts: readonly Part[];
}

interface Part {
  readonly first: number;
  readonly second: number;
  readonly amount: number;
  readonly tie: boolean;
}

/** One score a method from any selection of a study's answers. */
interface Scorer {
  read(given: GivenAnswer): ReadAnswer;
  score(answers: readonly ReadAnswer[]): number[];
}

/** The answers to all questions on one item as one: they are no independent votes, and drawn together. */
export function byItem(answers: readonly ReadAnswer[]): ReadAnswer[] {
  const items = new Map<string, ReadAnswer>();
  for (const { rater, item, parts } of answers) {
    const key = JSON.stringify([rater, item]);
    const before = items.get(key)?.parts ?? [];
    items.set(key, { rater, item, parts: [...before, ...parts] });
  }
  return [...items.values()];
}

const valued = (place: number, amount: number): Part => ({
  first: place,
  second: place,
  amount,
  tie: false,
});

/** Comparisons that are alike count together: a resample has thousands of them and few kinds. */
function logStrengthsOf(answers: readonly ReadAnswer[], items: number): number[] {
  const wins = new Float64Array(items * items);
  const ties = new Float64Array(items * items);
  for (const { parts } of answers) {
    for (const { first, second, amount, tie } of parts) {
      const at = first * items + second;
      const table = tie ? ties : wins;
      table[at] = (table[at] ?? 0) + amount;
    }
  }
  const comparisons: Comparison[] = [];
  const take = (table: Float64Array, winner: Comparison['winner']) =>
    table.forEach((count, at) => {
      if (count === 0) return;
      comparisons.push({ first: Math.floor(at / items), second: at % items, winner, count });
    });
  take(wins, 'first');
  take(ties, 'tie');
  return comparisons.length === 0
    ? new Array<number>(items).fill(0)
    : logStrengths(comparisons, items);
}

/** Means of the values: over the answers that have one for the method, or over all answers. */
function meansOf(answers: readonly ReadAnswer[], items: number, over: 'own' | 'all'): number[] {
  const sums = new Array<number>(items).fill(0);
  const counts = new Array<number>(items).fill(0);
  for (const { parts } of answers) {
    for (const { first, amount } of parts) {
      sums[first] = (sums[first] ?? 0) + amount;
      counts[first] = (counts[first] ?? 0) + 1;
    }
  }
  return sums.map(
    (sum, i) => sum / Math.max(1, over === 'all' ? answers.length : (counts[i] ?? 0)),
  );
}

/**
 * The protocol's score: log strength of Bradley–Terry for pairs, mean rating, and for top lists points or
 * frequency for each list.
 */
export function scorerOf(study: Study, measure: TopMeasure): Scorer {
  const { shows } = study.protocol;
  const items = study.methods.length;
  const place = new Map(study.methods.map((mark, index) => [mark, index]));
  const partsOf = (given: GivenAnswer): Part[] => {
    const { value } = given.answer;
    if (shows === 'pair') {
      return comparisonsOf(study, [given]).map(({ first, second, winner }) => {
        const [won, lost] = winner === 'second' ? [second, first] : [first, second];
        return { first: won, second: lost, amount: 1, tie: winner === 'tie' };
      });
    }
    if (typeof value === 'number') {
      const own = place.get(given.item.shown[0] ?? '');
      return own === undefined ? [] : [valued(own, value)];
    }
    return value.flatMap((mark, at) => {
      const own = place.get(mark);
      return own === undefined
        ? []
        : [valued(own, measure === 'points' ? (TOP_POINTS[at] ?? 0) : 1)];
    });
  };
  return {
    read: (given) => ({ rater: given.rater, item: given.item.id, parts: partsOf(given) }),
    score: (answers) =>
      shows === 'pair'
        ? logStrengthsOf(answers, items)
        : meansOf(answers, items, shows === 'all' ? 'all' : 'own'),
  };
}
