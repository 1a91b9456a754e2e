import { makeRandom, type Random, shuffled } from '../stats/random.ts';
import type { Study, StudyCase } from './study.ts';

/** Stand for the pictures beside the methods in golden comparisons. */
export const INPUT_MARK = 'input';
export const REFERENCE_MARK = 'reference';

/** What a rater sees at a time. */
export interface StudyItem {
  /** Unique in the rater's schedule, and the same after a reload. */
  readonly id: string;
  readonly caseId: string;
  /** Marks from left to right; two for a pair, one for a rating. */
  readonly shown: readonly string[];
  readonly kind: 'training' | 'vote' | 'repeat' | 'golden';
  /** The item that this one repeats, with the sides swapped. */
  readonly repeats: string | null;
}

type Bare = Pick<StudyItem, 'caseId' | 'shown'>;

function pairsOf({ id, outputs }: StudyCase): Bare[] {
  const marks = Object.keys(outputs).sort();
  return marks.flatMap((first, i) =>
    marks.slice(i + 1).map((second) => ({ caseId: id, shown: [first, second] })),
  );
}

function itemsOf(study: Study): Bare[] {
  const { shows } = study.protocol;
  return study.cases.flatMap((entry): Bare[] => {
    const marks = Object.keys(entry.outputs).sort();
    if (shows === 'pair') return pairsOf(entry);
    if (shows === 'one') return marks.map((own) => ({ caseId: entry.id, shown: [own] }));
    return marks.length > 1 ? [{ caseId: entry.id, shown: marks }] : [];
  });
}

/**
 * A rater's share of all items. Without a limit it is all of them. With one, all items lie on a ring in
 * an order drawn from the study's seed, and a rater takes a stretch from a place drawn from the rater's
 * name: over many raters every item comes up equally often.
 */
function shareOf(study: Study, rater: string, items: readonly Bare[]): readonly Bare[] {
  const { perRater, seed } = study;
  if (perRater === 0 || perRater >= items.length) return items;
  const ring = shuffled(items, makeRandom(`${seed} ring`));
  const start = makeRandom(`${seed} start ${rater}`).below(ring.length);
  return Array.from({ length: perRater }, (_, i) => ring[(start + i) % ring.length] as Bare);
}

/**
 * Comparisons whose answer is known: which is better is only sure between the ground truth and the
 * untouched input. As a pair; one after the other where single pictures are rated; and among the methods,
 * in the places of two of them, where all are shown.
 */
function goldenOf(study: Study, random: Random): Bare[] {
  const { shows } = study.protocol;
  // Nothing is drawn here: schedules of studies made before these protocols had any stay as they were.
  if (study.golden === 0 && shows !== 'pair') return [];
  const able = study.cases.filter(({ input, reference }) => input !== null && reference !== null);
  return shuffled(able, random)
    .slice(0, study.golden)
    .flatMap(({ id, outputs }): Bare[] => {
      const known = [INPUT_MARK, REFERENCE_MARK];
      if (shows === 'one') return known.map((mark) => ({ caseId: id, shown: [mark] }));
      const others = shows === 'all' ? shuffled(Object.keys(outputs).sort(), random).slice(2) : [];
      return [{ caseId: id, shown: [...known, ...others] }];
    });
}

/** Puts some items at even distances, never first, between others. */
function spread<T>(others: readonly T[], some: readonly T[], random: Random): T[] {
  const result = [...others];
  for (const item of some) {
    const least = Math.min(result.length, 1 + Math.floor(result.length / 3));
    result.splice(least + random.below(result.length - least + 1), 0, item);
  }
  return result;
}

/**
 * A rater's items in their order: training first, then the votes, with hidden repeats (sides swapped,
 * never right behind the first time) and golden comparisons among them. The same for the same study and
 * rater, so that a reload goes on where it stopped.
 */
export function scheduleFor(study: Study, rater: string): StudyItem[] {
  const random = makeRandom(`${study.seed} rater ${rater}`);
  const all = itemsOf(study);
  const own = shuffled(shareOf(study, rater, all), random);
  const mixed = (shown: readonly string[]) => shuffled(shown, random);
  const training = shuffled(all, random).slice(0, Math.min(study.training, all.length));
  const votes = own.map(
    ({ caseId, shown }, index): StudyItem => ({
      id: `v${index + 1}`,
      caseId,
      shown: mixed(shown),
      kind: 'vote',
      repeats: null,
    }),
  );
  const repeated = shuffled(votes.slice(0, Math.ceil(votes.length / 2)), random);
  const repeats = repeated.slice(0, study.repeats).map(
    ({ id, caseId, shown }, index): StudyItem => ({
      id: `r${index + 1}`,
      caseId,
      shown: shown.toReversed(),
      kind: 'repeat',
      repeats: id,
    }),
  );
  const golden = goldenOf(study, random).map(
    ({ caseId, shown }, index): StudyItem => ({
      id: `g${index + 1}`,
      caseId,
      shown: mixed(shown),
      kind: 'golden',
      repeats: null,
    }),
  );
  const first = training.map(
    ({ caseId, shown }, index): StudyItem => ({
      id: `t${index + 1}`,
      caseId,
      shown: mixed(shown),
      kind: 'training',
      repeats: null,
    }),
  );
  // Repeats come in the second half: by then the first answer is forgotten.
  const half = Math.ceil(votes.length / 2);
  const late = spread(votes.slice(half), repeats, random);
  return [...first, ...spread([...votes.slice(0, half), ...late], golden, random)];
}
