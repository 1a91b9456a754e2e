import type { Comparison } from './bradleyTerry.ts';
import { INPUT_MARK, REFERENCE_MARK, type StudyItem, scheduleFor } from './schedule.ts';
import type { Study } from './study.ts';
import type { TopThreeVote } from './topThree.ts';
import { type Answer, isAllowed, type VoteFile } from './votes.ts';

/** An answer with the item it was given to. */
export interface GivenAnswer {
  /** Told apart from others of the same name (`raterLabels`). */
  readonly rater: string;
  readonly item: StudyItem;
  readonly answer: Answer;
  readonly seconds: number;
}

/**
 * A rater's allowed answers, by the schedule that the study gives a rater of this name.
 * @param rater what the rater is called among all, where that is not the name alone
 */
export function answersOf(study: Study, file: VoteFile, rater = file.rater): GivenAnswer[] {
  const { votes } = file;
  const items = new Map(scheduleFor(study, file.rater).map((item) => [item.id, item]));
  return votes.flatMap(({ item: id, answers, seconds }) => {
    const item = items.get(id);
    if (item === undefined) return [];
    return answers
      .filter((answer) => isAllowed(study, item, answer))
      .map((answer) => ({ rater, item, answer, seconds }));
  });
}

/** Answers that count: neither training, nor repeats, nor golden comparisons. */
export const countedOf = (answers: readonly GivenAnswer[]): GivenAnswer[] =>
  answers.filter(({ item }) => item.kind === 'vote');

/**
 * Comparisons that the answers imply: of a pair its outcome; of a top list each named method over those
 * named later and over those not named. What was not named is not compared with one another.
 */
export function comparisonsOf(study: Study, answers: readonly GivenAnswer[]): Comparison[] {
  const place = new Map(study.methods.map((mark, index) => [mark, index]));
  const over = (winner: string, loser: string): Comparison => ({
    first: place.get(winner) ?? -1,
    second: place.get(loser) ?? -1,
    winner: 'first',
  });
  return answers.flatMap(({ item, answer }, vote): Comparison[] => {
    const { value } = answer;
    if (typeof value !== 'number') {
      return value.flatMap((winner, index) =>
        item.shown
          .filter((loser) => !value.slice(0, index + 1).includes(loser))
          .map((loser) => ({ ...over(winner, loser), vote })),
      );
    }
    const [left = '', right = ''] = item.shown;
    if (item.shown.length !== 2) return [];
    if (value < 0) return [over(left, right)];
    if (value > 0) return [over(right, left)];
    return [{ first: place.get(left) ?? -1, second: place.get(right) ?? -1, winner: 'tie' }];
  });
}

/** Top lists as votes over the methods' places. */
export function topVotesOf(study: Study, answers: readonly GivenAnswer[]): TopThreeVote[] {
  const place = new Map(study.methods.map((mark, index) => [mark, index]));
  return answers.flatMap(({ rater, item, answer }) =>
    typeof answer.value === 'number'
      ? []
      : [{ rater, case: item.caseId, top: answer.value.map((mark) => place.get(mark) ?? -1) }],
  );
}

/** Ratings by method and question: every rating one number. */
export function ratingsOf(
  study: Study,
  answers: readonly GivenAnswer[],
): ReadonlyMap<string, ReadonlyMap<string, readonly GivenAnswer[]>> {
  const ratings = new Map<string, Map<string, GivenAnswer[]>>(
    study.methods.map((mark) => [mark, new Map()]),
  );
  for (const given of answers) {
    const [mark = ''] = given.item.shown;
    if (given.item.shown.length !== 1) continue;
    const own = ratings.get(mark);
    const known = own?.get(given.answer.question);
    if (known) known.push(given);
    else own?.set(given.answer.question, [given]);
  }
  return ratings;
}

/** Among the best of many the order, and the last of them, are a matter of the day. */
function areListsAlike(first: Answer['value'] | undefined, second: Answer['value']): boolean {
  if (typeof first !== 'object' || typeof second !== 'object') return false;
  const common = first.filter((mark) => second.includes(mark)).length;
  return 3 * common >= 2 * Math.max(first.length, second.length);
}

/** Whether an answer to both pictures of a golden comparison prefers the ground truth. */
function prefersTruth({ item, answer: { value } }: GivenAnswer): boolean {
  if (typeof value === 'number') {
    return value !== 0 && item.shown[value < 0 ? 0 : 1] === REFERENCE_MARK;
  }
  const [truth, input] = [value.indexOf(REFERENCE_MARK), value.indexOf(INPUT_MARK)];
  return truth >= 0 && (input < 0 || truth < input);
}

/** Golden comparisons of pictures that are rated one at a time: the ground truth's mean must be above. */
function goldenRatings(answers: readonly GivenAnswer[]): boolean[] {
  const cases = new Set(answers.map(({ item }) => item.caseId));
  return [...cases].flatMap((caseId): boolean[] => {
    const means = [REFERENCE_MARK, INPUT_MARK].map((mark) => {
      const own = answers.filter(({ item }) => item.caseId === caseId && item.shown.includes(mark));
      return own.reduce((sum, { answer }) => sum + (answer.value as number), 0) / own.length;
    });
    const [truth = Number.NaN, input = Number.NaN] = means;
    return Number.isNaN(truth - input) ? [] : [truth > input];
  });
}

/** Attention: golden comparisons won by the ground truth, repeats answered alike. */
export function attentionOf(answers: readonly GivenAnswer[]) {
  const known = answers.filter(({ item }) => item.kind === 'golden');
  const [apart, together] = [true, false].map((alone) =>
    known.filter(({ item }) => (item.shown.length === 1) === alone),
  );
  const golden = [...goldenRatings(apart ?? []), ...(together ?? []).map(prefersTruth)];
  const first = new Map(
    answers.map((given) => [`${given.item.id} ${given.answer.question}`, given.answer.value]),
  );
  const repeats = answers.filter(
    ({ item, answer }) => item.repeats !== null && first.has(`${item.repeats} ${answer.question}`),
  );
  const alike = repeats.filter(({ item, answer }) => {
    const before = first.get(`${item.repeats} ${answer.question}`);
    if (typeof before !== 'number' || typeof answer.value !== 'number') {
      return areListsAlike(before, answer.value);
    }
    // Sides are swapped in a repeated pair; a rating of one picture has no sides.
    return item.shown.length === 2
      ? Math.sign(before) === -Math.sign(answer.value)
      : Math.abs(before - answer.value) <= 1;
  });
  return {
    golden: golden.length,
    goldenRight: golden.filter((right) => right).length,
    repeats: repeats.length,
    repeatsAlike: alike.length,
  };
}
