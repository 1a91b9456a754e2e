import type { PairQuestion, Question, TopQuestion } from '../../core/judge/protocols.ts';
import {
  chosen,
  type Draft,
  pairOptions,
  preferred,
  toggled,
  withAnswer,
  withReason,
} from './draft.ts';

/** What a key does on the voting page, besides answering. */
export type VotingAction =
  | 'next'
  | 'skip'
  | 'back'
  | 'previous-question'
  | 'next-question'
  | 'fit'
  | 'zoom-in'
  | 'zoom-out'
  | 'next-picture'
  | 'previous-picture'
  | 'next-look'
  | 'swap'
  | 'actual-size'
  | 'smooth'
  | 'exposure-up'
  | 'exposure-down'
  | 'gamma-up'
  | 'gamma-down'
  | 'next-channel'
  | 'clipping'
  | 'display'
  | 'reset-display'
  | 'inspector'
  | 'scopes'
  | 'help'
  | 'peek';

/** Keys that type no character work even where single-letter keys are switched off. */
const ALWAYS: Readonly<Record<string, VotingAction>> = {
  enter: 'next',
  pageup: 'back',
};

const CHARACTERS: Readonly<Record<string, VotingAction>> = {
  s: 'skip',
  f: 'fit',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '.': 'next-picture',
  ',': 'previous-picture',
  v: 'next-look',
  w: 'swap',
  '0': 'actual-size',
  t: 'smooth',
  e: 'exposure-up',
  g: 'gamma-up',
  c: 'clipping',
  x: 'display',
  r: 'reset-display',
  i: 'inspector',
  p: 'scopes',
  '?': 'help',
  b: 'peek',
};

/** The same keys with Shift, as on Look. */
const SHIFTED: Readonly<Record<string, VotingAction>> = {
  e: 'exposure-down',
  g: 'gamma-down',
  c: 'next-channel',
};

/** Reasons follow the five steps of the scale: 6 is the first of them. */
export const FIRST_REASON_KEY = 6;

/** The answer a key gives to a question, or null where it gives none. */
export function answerByKey(
  question: Question,
  draft: Draft,
  key: string,
  letters: readonly string[],
): Draft | null {
  if (question.kind === 'top') return topByKey(question, draft, key, letters);
  if (question.kind === 'pair') return pairByKey(question, draft, key);
  const value = key === '0' ? 10 : Number(key);
  if (!/^\d$/.test(key) || value > question.labels.length) return null;
  return withAnswer(draft, { question: question.id, value, reason: null });
}

function topByKey(
  question: TopQuestion,
  draft: Draft,
  key: string,
  letters: readonly string[],
): Draft | null {
  if (key === 'Backspace') {
    const value = chosen(draft, question.id).slice(0, -1);
    return withAnswer(draft, { question: question.id, value, reason: null });
  }
  const letter = key.toUpperCase();
  return letters.includes(letter) ? toggled(draft, question, letter) : null;
}

/** An arrow pressed again says "much" on the scale of five. */
function pairByKey(question: PairQuestion, draft: Draft, key: string): Draft | null {
  const before = draft.find((answer) => answer.question === question.id)?.value;
  const options = pairOptions(question.steps);
  const choose = (value: number) =>
    options.some((option) => option.value === value) ? preferred(draft, question, value) : null;
  const towards = (side: -1 | 1) =>
    before === side || before === 2 * side ? (choose(2 * side) ?? choose(side)) : choose(side);
  if (key === 'ArrowLeft') return towards(-1);
  if (key === 'ArrowRight') return towards(1);
  if (key === 'ArrowDown' || key === '0') return choose(0);
  if (!/^\d$/.test(key)) return null;
  const option = question.steps === 5 ? options[Number(key) - 1] : undefined;
  if (option) return choose(option.value);
  const reason = question.reasons[Number(key) - FIRST_REASON_KEY];
  return reason === undefined ? null : withReason(draft, question, reason);
}

/**
 * What else a key does; letters that stand for pictures come first and never get here.
 * @param characterKeys whether keys that type a character are switched on
 */
export function actionOf(
  question: Question | undefined,
  key: string,
  characterKeys: boolean,
  shift = false,
): VotingAction | null {
  const always = ALWAYS[key.toLowerCase()];
  if (always) return always;
  if (question?.kind !== 'pair') {
    if (key === 'ArrowUp') return 'previous-question';
    if (key === 'ArrowDown') return 'next-question';
  }
  if (!characterKeys) return null;
  const lower = key.toLowerCase();
  return (shift ? SHIFTED[lower] : undefined) ?? CHARACTERS[lower] ?? null;
}
