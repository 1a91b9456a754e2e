import type { PairQuestion, Question } from '../../core/judge/protocols.ts';
import type { Answer } from '../../core/judge/votes.ts';

/** Answers to the item on screen before they are given, one a question at most. */
export type Draft = readonly Answer[];

export const answerTo = (draft: Draft, question: string): Answer | undefined =>
  draft.find((answer) => answer.question === question);

/** Replaces the answer to its question; an empty list takes the answer back. */
export function withAnswer(draft: Draft, answer: Answer): Draft {
  const others = draft.filter(({ question }) => question !== answer.question);
  return Array.isArray(answer.value) && answer.value.length === 0 ? others : [...others, answer];
}

interface PairOption {
  readonly value: number;
  readonly label: string;
  /** The keys that choose it, as they are printed beside it. */
  readonly keys: readonly string[];
}

/** What may be said of two pictures, from left to right. */
export function pairOptions(steps: PairQuestion['steps']): readonly PairOption[] {
  const left = { value: -1, label: 'A is better', keys: ['←'] };
  const right = { value: 1, label: 'B is better', keys: ['→'] };
  const none = { value: 0, label: 'No difference', keys: ['↓'] };
  if (steps === 2) return [left, right];
  if (steps === 3) return [left, none, right];
  return [
    { value: -2, label: 'A is much better', keys: ['1'] },
    { ...left, keys: ['2', '←'] },
    { ...none, keys: ['3', '↓'] },
    { ...right, keys: ['4', '→'] },
    { value: 2, label: 'B is much better', keys: ['5'] },
  ];
}

/** The letters chosen so far, best first. */
export function chosen(draft: Draft, question: string): readonly string[] {
  const value = answerTo(draft, question)?.value;
  return Array.isArray(value) ? value : [];
}

/** Takes a letter in at the end, or out where it was in; full is full. */
export function toggled(
  draft: Draft,
  question: { readonly id: string; readonly count: number },
  letter: string,
): Draft {
  const before = chosen(draft, question.id);
  if (!before.includes(letter) && before.length >= question.count) return draft;
  const value = before.includes(letter)
    ? before.filter((other) => other !== letter)
    : [...before, letter];
  return withAnswer(draft, { question: question.id, value, reason: null });
}

/** Chooses on a pair's scale; the reason that was given stays, but none is asked without a difference. */
export function preferred(draft: Draft, question: PairQuestion, value: number): Draft {
  const before = answerTo(draft, question.id);
  const reason = value === 0 ? null : (before?.reason ?? null);
  return withAnswer(draft, { question: question.id, value, reason });
}

/** What decided; only once something was preferred. */
export function withReason(draft: Draft, question: PairQuestion, reason: string): Draft {
  const before = answerTo(draft, question.id);
  return before === undefined || before.value === 0
    ? draft
    : withAnswer(draft, { ...before, reason });
}

/** Whether nothing is missing from the answer to a question. */
export function isComplete(question: Question, draft: Draft, shown: number): boolean {
  const answer = answerTo(draft, question.id);
  if (answer === undefined) return false;
  if (question.kind === 'top') {
    return chosen(draft, question.id).length === Math.min(question.count, shown);
  }
  return (
    question.kind === 'rating' ||
    question.reasons.length === 0 ||
    answer.value === 0 ||
    answer.reason !== null
  );
}

/** The first question that still lacks something; -1 where all is answered. */
export function firstOpen(questions: readonly Question[], draft: Draft, shown: number): number {
  return questions.findIndex((question) => !isComplete(question, draft, shown));
}

/** Whether two drafts say the same. */
export const sameDraft = (first: Draft, second: Draft): boolean =>
  first.length === second.length &&
  first.every((own) => {
    const other = answerTo(second, own.question);
    return (
      other !== undefined &&
      other.reason === own.reason &&
      JSON.stringify(other.value) === JSON.stringify(own.value)
    );
  });
