import type { BenchState } from '../../app/bench/model.ts';
import type { StudyPlan } from '../../app/judge/model.ts';
import type { SetCase } from '../../core/dataset/survey.ts';
import { PROTOCOLS, type Protocol, type Question } from '../../core/judge/protocols.ts';

/** Numbers of a plan that are written into fields, and the most that a study may have of each. */
const PLAN_NUMBERS = {
  perRater: 100_000,
  training: 20,
  repeats: 50,
  golden: 50,
  secondsLimit: 3600,
} as const;

export type PlanNumber = keyof typeof PLAN_NUMBERS;

const CONSENT =
  'I take part of my own free will and may stop at any time. My answers and what I said about my screen are kept under the name I gave.';

/** Cases for which all of these methods have an output. */
export function completeCases(cases: readonly SetCase[], methods: readonly string[]): SetCase[] {
  return cases.filter(({ outputs }) => methods.every((method) => outputs[method] !== undefined));
}

/** A plan of the whole set to begin with. @param seed any text; it decides every order */
export function firstPlan({ methods, cases }: BenchState, seed: string): StudyPlan {
  const shown = methods.filter(({ hidden, outputs }) => !hidden && outputs > 0);
  const ids = shown.map(({ id }) => id);
  const [protocol] = PROTOCOLS;
  return {
    title: '',
    protocol: protocol as Protocol,
    cases: completeCases(cases, ids).map(({ id }) => id),
    methods: ids,
    seed,
    perRater: 0,
    training: 1,
    repeats: 0,
    golden: 0,
    secondsLimit: 0,
    consent: CONSENT,
  };
}

/** Items of one rater who is shown everything. */
export function itemsInAll({ protocol, methods, cases }: StudyPlan): number {
  const n = methods.length;
  if (protocol.shows === 'pair') return (cases.length * n * (n - 1)) / 2;
  return protocol.shows === 'one' ? cases.length * n : cases.length;
}

/** Items of one rater: the share, and what is asked besides. */
export function itemsEach(plan: StudyPlan): number {
  const all = itemsInAll(plan);
  const share = plan.perRater === 0 ? all : Math.min(all, plan.perRater);
  // Pictures that are rated one at a time are compared in two items.
  const golden = Math.min(plan.golden, plan.cases.length) * (plan.protocol.shows === 'one' ? 2 : 1);
  const repeats = Math.min(plan.repeats, Math.ceil(share / 2));
  return share + repeats + golden + Math.min(plan.training, all);
}

/** What a number of a plan may be: whole, not negative, not more than a study may have. */
export function planNumber(id: PlanNumber, text: string): number {
  const value = Math.floor(Number(text));
  return Number.isFinite(value) ? Math.min(PLAN_NUMBERS[id], Math.max(0, value)) : 0;
}

/** Finished sentences on what keeps a plan from being a study. */
export function problemsOf(plan: StudyPlan): string[] {
  const { title, methods, cases, protocol, seed } = plan;
  const problems: string[] = [];
  if (title.trim() === '') problems.push('Give the study a title.');
  if (methods.length < 2) problems.push('Choose at least two methods.');
  if (cases.length === 0) problems.push('Choose at least one case.');
  if (seed.trim() === '') problems.push('Give a seed: any word will do.');
  if (protocol.questions.length === 0) problems.push('Ask at least one question.');
  if (protocol.questions.some((question) => question.title.trim() === '')) {
    problems.push('Write every question.');
  }
  if (protocol.questions.some(hasTooFewLabels)) {
    problems.push('A scale needs 2 to 11 words, separated by commas.');
  }
  return problems;
}

const hasTooFewLabels = (question: Question) =>
  question.kind === 'rating' && (question.labels.length < 2 || question.labels.length > 11);

/** The half width of a 95 % interval that is asked for, by what the protocol's scores are. */
export const PRECISIONS = {
  pair: { first: 0.5, unit: 'in log strength (Bradley–Terry)' },
  one: { first: 0.25, unit: 'steps of the scale' },
  all: { first: 0.1, unit: 'in the share of votes that name a method' },
} as const;
