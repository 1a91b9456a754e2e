import { comparisonsOf, countedOf, type GivenAnswer } from './answers.ts';
import type { Comparison } from './bradleyTerry.ts';
import type { Study } from './study.ts';
import { TOP_POINTS } from './topThree.ts';

/** What people think of one method's picture of one case; higher is better. */
export interface CasePreference {
  readonly caseId: string;
  readonly mark: string;
  /** Share of comparisons won, points a vote, or mean rating: by the protocol. */
  readonly score: number;
  readonly votes: number;
}

const byCase = (answers: readonly GivenAnswer[]) => {
  const cases = new Map<string, GivenAnswer[]>();
  for (const given of countedOf(answers)) {
    const { caseId } = given.item;
    const own = cases.get(caseId);
    if (own) own.push(given);
    else cases.set(caseId, [given]);
  }
  return cases;
};

function valueFor(mark: string, { item, answer }: GivenAnswer): number | null {
  if (!item.shown.includes(mark)) return null;
  const { value } = answer;
  if (typeof value !== 'number') return TOP_POINTS[value.indexOf(mark)] ?? 0;
  if (item.shown.length === 1) return value;
  const won = item.shown[0] === mark ? -value : value;
  return won > 0 ? 1 : won < 0 ? 0 : 0.5;
}

/** Preferences by case and method; pictures that nobody judged are absent. */
export function casePreferences(study: Study, answers: readonly GivenAnswer[]): CasePreference[] {
  return [...byCase(answers)].flatMap(([caseId, given]) =>
    study.methods.flatMap((mark): CasePreference[] => {
      const values = given.map((own) => valueFor(mark, own)).filter((value) => value !== null);
      if (values.length === 0) return [];
      const score = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [{ caseId, mark, score, votes: values.length }];
    }),
  );
}

/** Two methods over one case: whom people prefer, against what a metric says. */
export interface Disagreement {
  readonly caseId: string;
  /** Better by the metric. */
  readonly better: string;
  readonly worse: string;
  /** Share of the comparisons that prefer the one the metric finds worse; above ½. */
  readonly share: number;
  /** By how much the metric prefers the other, without sign. */
  readonly difference: number;
}

/** Ratings of single pictures as comparisons: of two pictures that one rater rated, by their means. */
function comparedRatings(study: Study, given: readonly GivenAnswer[]): Comparison[] {
  const raters = [...new Set(given.map(({ rater }) => rater))];
  return raters.flatMap((rater) => {
    const own = given.filter((answer) => answer.rater === rater);
    const means = study.methods.map((mark) => {
      const values = own.map((answer) => valueFor(mark, answer)).filter((value) => value !== null);
      return values.length === 0
        ? null
        : values.reduce((sum, value) => sum + value, 0) / values.length;
    });
    return means.flatMap((a, first) =>
      means.flatMap((b, second): Comparison[] => {
        if (second <= first || a === null || b === null) return [];
        return [{ first, second, winner: a > b ? 'first' : a < b ? 'second' : 'tie' }];
      }),
    );
  });
}

/** How often each was preferred to each in one case, a tie as half: by `i,j`. */
function winsOf(study: Study, given: readonly GivenAnswer[]): ReadonlyMap<string, number> {
  const wins = new Map<string, number>();
  const compared =
    study.protocol.shows === 'one' ? comparedRatings(study, given) : comparisonsOf(study, given);
  for (const { first, second, winner } of compared) {
    const add = (a: number, b: number, won: number) =>
      wins.set(`${a},${b}`, (wins.get(`${a},${b}`) ?? 0) + won);
    const won = winner === 'first' ? 1 : winner === 'tie' ? 0.5 : 0;
    add(first, second, won);
    add(second, first, 1 - won);
  }
  return wins;
}

/** Who was preferred to whom in each case, as `disagreements` needs it. */
export const caseWins = (
  study: Study,
  answers: readonly GivenAnswer[],
): ReadonlyMap<string, ReadonlyMap<string, number>> =>
  new Map([...byCase(answers)].map(([caseId, given]) => [caseId, winsOf(study, given)] as const));

/**
 * Where people contradict a metric: pairs of pictures of which most votes prefer the one the metric finds
 * worse, the most one-sided and by the metric clearest first.
 * @param metric value by case and mark, turned so that higher is better; null: none
 * @param wins of `caseWins`, where several metrics are looked at
 */
export function disagreements(
  study: Study,
  answers: readonly GivenAnswer[],
  metric: (caseId: string, mark: string) => number | null,
  wins = caseWins(study, answers),
): Disagreement[] {
  const found: Disagreement[] = [];
  for (const [caseId, won] of wins) {
    study.methods.forEach((better, i) => {
      study.methods.forEach((worse, j) => {
        const [high, low] = [metric(caseId, better), metric(caseId, worse)];
        if (high === null || low === null || high <= low) return;
        const against = won.get(`${j},${i}`) ?? 0;
        const all = against + (won.get(`${i},${j}`) ?? 0);
        if (all === 0 || against / all <= 0.5) return;
        found.push({ caseId, better, worse, share: against / all, difference: high - low });
      });
    });
  }
  const widest = Math.max(...found.map(({ difference }) => difference));
  const weight = ({ share, difference }: Disagreement) => (share - 0.5) * (difference / widest);
  return found.sort((a, b) => weight(b) - weight(a));
}
