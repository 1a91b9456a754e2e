import { inverse, solve } from '../stats/linear.ts';
import { isStronglyConnected } from './connectivity.ts';

/** One comparison, or several alike. */
export interface Comparison {
  /** Places of the two items. */
  readonly first: number;
  readonly second: number;
  readonly winner: 'first' | 'second' | 'tie';
  /** How many; 1 where it is absent. */
  readonly count?: number;
  /** Comparisons that one answer implies share a number: they are no independent votes. */
  readonly vote?: number;
}

export interface Strength {
  /** Log of the item's strength; all of them sum to 0. */
  readonly value: number;
  /** Standard error, and the 95 % Wald interval. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

export interface BradleyTerryFit {
  readonly strengths: readonly Strength[];
  /** Covariance of the strengths. */
  readonly covariance: readonly (readonly number[])[];
  /** Davidson's tie parameter; 0 where there are no ties. */
  readonly tie: number;
  readonly logLikelihood: number;
  /**
   * True where some items never lose to, or never meet, the others: the maximum lies at infinity, and a
   * weak prior (`PRIOR_DEVIATION`) keeps the strengths finite. Such numbers compare with care.
   */
  readonly regularised: boolean;
}

/** Standard deviation of the prior of log strengths, where one is needed. */
const PRIOR_DEVIATION = 3;

const Z95 = 1.959963984540054;
const MOST_STEPS = 200;
const SMALL = 1e-12;

/** Comparisons of each pair: wins of the lower place, of the higher one, ties. */
interface PairCount {
  readonly i: number;
  readonly j: number;
  wins: number;
  losses: number;
  ties: number;
}

function countPairs(comparisons: readonly Comparison[]): PairCount[] {
  const pairs = new Map<string, PairCount>();
  for (const { first, second, winner, count = 1 } of comparisons) {
    if (first === second || count <= 0) continue;
    const i = Math.min(first, second);
    const j = Math.max(first, second);
    const pair = pairs.get(`${i},${j}`) ?? { i, j, wins: 0, losses: 0, ties: 0 };
    pairs.set(`${i},${j}`, pair);
    if (winner === 'tie') pair.ties += count;
    else if ((winner === 'first') === (first === i)) pair.wins += count;
    else pair.losses += count;
  }
  return [...pairs.values()];
}

/** Chances that the first of a pair wins, loses, ties. */
function chances(difference: number, tie: number): readonly [number, number, number] {
  const win = Math.exp(difference / 2);
  const lose = 1 / win;
  const sum = win + lose + tie;
  return [win / sum, lose / sum, tie / sum];
}

interface Problem {
  readonly pairs: readonly PairCount[];
  readonly items: number;
  readonly hasTies: boolean;
  /** 1 / variance of the prior; 0 without one. */
  readonly precision: number;
}

/** Log posterior at strengths `x[0 … items-1]` and log tie parameter `x[items]`. */
function logPosterior({ pairs, items, hasTies, precision }: Problem, x: Float64Array): number {
  const tie = hasTies ? Math.exp(x[items] ?? 0) : 0;
  let sum = 0;
  for (const { i, j, wins, losses, ties } of pairs) {
    const [win, lose, tied] = chances((x[i] ?? 0) - (x[j] ?? 0), tie);
    sum += wins * Math.log(win) + losses * Math.log(lose);
    if (ties > 0) sum += ties * Math.log(tied);
  }
  for (let i = 0; i < items; i += 1) sum -= (precision * (x[i] ?? 0) ** 2) / 2;
  return sum;
}

/** Gradient and negative Hessian of the log posterior. */
function derivatives(problem: Problem, x: Float64Array) {
  const { pairs, items, hasTies, precision } = problem;
  const size = items + (hasTies ? 1 : 0);
  const gradient = new Float64Array(size);
  const information = Array.from({ length: size }, () => new Float64Array(size));
  const add = (row: number, column: number, value: number) => {
    const own = information[row];
    if (own) own[column] = (own[column] ?? 0) + value;
  };
  const tie = hasTies ? Math.exp(x[items] ?? 0) : 0;
  for (const { i, j, wins, losses, ties } of pairs) {
    const n = wins + losses + ties;
    const [win, lose, tied] = chances((x[i] ?? 0) - (x[j] ?? 0), tie);
    // The score of a pair is (wins - losses) / 2 in its difference, ties in the log tie parameter.
    const pull = (wins - losses - n * (win - lose)) / 2;
    gradient[i] = (gradient[i] ?? 0) + pull;
    gradient[j] = (gradient[j] ?? 0) - pull;
    const curvature = (n * (win + lose - (win - lose) ** 2)) / 4;
    add(i, i, curvature);
    add(j, j, curvature);
    add(i, j, -curvature);
    add(j, i, -curvature);
    if (!hasTies) continue;
    gradient[items] = (gradient[items] ?? 0) + ties - n * tied;
    add(items, items, n * tied * (1 - tied));
    const mixed = (-n * tied * (win - lose)) / 2;
    add(i, items, mixed);
    add(items, i, mixed);
    add(j, items, -mixed);
    add(items, j, -mixed);
  }
  for (let i = 0; i < items; i += 1) {
    gradient[i] = (gradient[i] ?? 0) - precision * (x[i] ?? 0);
    add(i, i, precision);
  }
  return { gradient, information };
}

/** Holds the sum of the strengths at 0: without it their common size is free. */
function anchored(information: Float64Array[], items: number): Float64Array[] {
  return information.map((row, i) =>
    row.map((value, j) => (i < items && j < items ? value + 1 : value)),
  );
}

/** Newton's method with halved steps: the log posterior is concave, so it ends at the maximum. */
function maximise(problem: Problem): Float64Array<ArrayBuffer> {
  const { items, hasTies } = problem;
  let x = new Float64Array(items + (hasTies ? 1 : 0));
  let value = logPosterior(problem, x);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, information } = derivatives(problem, x);
    const direction = solve(anchored(information, items), gradient);
    let scale = 1;
    let next = x;
    let reached = Number.NEGATIVE_INFINITY;
    while (scale > 1e-8) {
      next = x.map((own, i) => own + scale * (direction[i] ?? 0));
      reached = logPosterior(problem, next);
      if (reached >= value) break;
      scale /= 2;
    }
    const change = Math.max(...direction.map((own) => Math.abs(own * scale)));
    if (reached >= value) {
      x = next;
      value = reached;
    }
    if (change < SMALL || reached < value) break;
  }
  return x;
}

/** The maximum, and the problem that it solves. @throws {RangeError} where nothing is compared */
function solved(comparisons: readonly Comparison[], items: number) {
  const pairs = countPairs(comparisons);
  if (items < 2 || pairs.length === 0) throw new RangeError('There is nothing to compare.');
  const beats = pairs.flatMap(({ i, j, wins, losses, ties }) => [
    ...(wins > 0 || ties > 0 ? [[i, j] as const] : []),
    ...(losses > 0 || ties > 0 ? [[j, i] as const] : []),
  ]);
  const hasTies = pairs.some(({ ties }) => ties > 0);
  const onlyTies = hasTies && pairs.every(({ wins, losses }) => wins + losses === 0);
  const regularised = !isStronglyConnected(beats, items) || onlyTies;
  const precision = regularised ? 1 / PRIOR_DEVIATION ** 2 : 0;
  // With nothing but ties their parameter has no maximum either, and says nothing.
  const problem: Problem = { pairs, items, hasTies: hasTies && !onlyTies, precision };
  return { problem, regularised, x: maximise(problem) };
}

/** Log strengths alone, without their errors: for resamples. @throws {RangeError} */
export function logStrengths(comparisons: readonly Comparison[], items: number): number[] {
  return Array.from(solved(comparisons, items).x.slice(0, items));
}

/**
 * The covariance where one answer implies several comparisons (Huber's sandwich over the answers):
 * taken for independent votes, they would make the intervals too narrow.
 */
function robust(
  full: readonly Float64Array[],
  comparisons: readonly Comparison[],
  { items, hasTies }: Problem,
  x: Float64Array,
): number[][] {
  const tie = hasTies ? Math.exp(x[items] ?? 0) : 0;
  const byVote = new Map<number | undefined, Float64Array>();
  for (const { first, second, winner, count = 1, vote } of comparisons) {
    const [win, lose, tied] = chances((x[first] ?? 0) - (x[second] ?? 0), tie);
    const own = byVote.get(vote) ?? new Float64Array(full.length);
    byVote.set(vote, own);
    const outcome = winner === 'tie' ? 0 : winner === 'first' ? 1 : -1;
    const pull = (count * (outcome - (win - lose))) / 2;
    own[first] = (own[first] ?? 0) + pull;
    own[second] = (own[second] ?? 0) - pull;
    if (hasTies) own[items] = (own[items] ?? 0) + count * ((winner === 'tie' ? 1 : 0) - tied);
  }
  const votes = byVote.size;
  const moved = [...byVote.values()].map((score) =>
    full.slice(0, items).map((row) => row.reduce((sum, v, k) => sum + v * (score[k] ?? 0), 0)),
  );
  const factor = votes / Math.max(1, votes - 1);
  return Array.from({ length: items }, (_, i) =>
    Array.from(
      { length: items },
      (__, j) => factor * moved.reduce((sum, own) => sum + (own[i] ?? 0) * (own[j] ?? 0), 0),
    ),
  );
}

/** Inverse of the information; the anchor's own direction, the common size, is no variance of anything. */
function classical(full: readonly Float64Array[], { items, precision }: Problem): number[][] {
  const anchor = precision > 0 ? 0 : 1 / items ** 2;
  return full
    .slice(0, items)
    .map((row) => Array.from(row.slice(0, items), (value) => value - anchor));
}

/**
 * Strengths of items from paired comparisons (Bradley and Terry 1952), with ties by Davidson (1970):
 * P(i beats j) = πi / (πi + πj + ν √(πi πj)). Maximum likelihood by Newton's method; Wald intervals from
 * the observed information, or from the answers where one implies several comparisons. Where the maximum
 * does not exist (Ford 1957: the wins must lead from every item to every other), a normal prior is added
 * and the fit says so.
 * @param items how many there are; those that were never compared keep the prior
 * @throws {RangeError} for fewer than two items, or none of them compared
 */
export function fitBradleyTerry(
  comparisons: readonly Comparison[],
  items: number,
): BradleyTerryFit {
  const { problem, regularised, x } = solved(comparisons, items);
  const { information } = derivatives(problem, x);
  const full = inverse(anchored(information, items));
  // Where the maximum does not exist, what spread there is comes from the prior.
  const grouped = !regularised && comparisons.some(({ vote }) => vote !== undefined);
  const covariance = grouped ? robust(full, comparisons, problem, x) : classical(full, problem);
  return {
    strengths: covariance.map((row, i) => {
      const value = x[i] ?? 0;
      const error = Math.sqrt(Math.max(0, row[i] ?? 0));
      return { value, error, low: value - Z95 * error, high: value + Z95 * error };
    }),
    covariance,
    tie: problem.hasTies ? Math.exp(x[items] ?? 0) : 0,
    logLikelihood: logPosterior({ ...problem, precision: 0 }, x),
    regularised,
  };
}

/** The chance that one item is preferred to another; a tie counts half. */
export function preference(fit: BradleyTerryFit, first: number, second: number): number {
  const difference = (fit.strengths[first]?.value ?? 0) - (fit.strengths[second]?.value ?? 0);
  const [win, , tied] = chances(difference, fit.tie);
  return win + tied / 2;
}
