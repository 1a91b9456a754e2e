import { spearman } from './correlation.ts';

/** What is known of a rater's attention. */
interface RaterRecord {
  readonly rater: string;
  /** Hidden repeats answered alike, and how many there were. */
  readonly repeatsAlike: number;
  readonly repeats: number;
  /** Golden comparisons answered as everybody must, and how many there were. */
  readonly goldenRight: number;
  readonly golden: number;
  /** Median seconds for a vote. */
  readonly medianSeconds: number;
  /** The rater's score of each method, and the mean of all the others. */
  readonly own: readonly number[];
  readonly others: readonly number[];
}

export interface Screening extends Omit<RaterRecord, 'own' | 'others'> {
  readonly keep: boolean;
  /** Spearman's rank correlation with the mean of the others; null where there are too few methods. */
  readonly agreement: number | null;
  /** Finished sentences: which rule was broken; empty where none was. */
  readonly reasons: readonly string[];
}

/** The rule, as it is stated in every export. */
export const SCREENING_RULE =
  'A rater is left out who answers fewer than 70 % of the golden comparisons right (of at least 3), ' +
  'repeats fewer than 50 % of the hidden repeats alike (of at least 4), or votes in a median of less ' +
  'than 1.0 s. A golden comparison is right where the ground truth is preferred to the input, named before it or rated above it on average. A repeat is alike where the same side is preferred, a rating differs by one step at most, ' +
  'or two thirds of the best named are the same. A rank correlation with the mean of the others below 0.2 (over at least 4 methods) is ' +
  'reported and leaves nobody out: a minority may be right.';

const percent = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;

/** Applies `SCREENING_RULE` to one rater. */
export function screenRater(record: RaterRecord): Screening {
  const { golden, goldenRight, repeats, repeatsAlike, medianSeconds, own, others } = record;
  const reasons: string[] = [];
  if (golden >= 3 && goldenRight < 0.7 * golden) {
    reasons.push(`${percent(goldenRight, golden)} of ${golden} golden comparisons are right.`);
  }
  if (repeats >= 4 && repeatsAlike < 0.5 * repeats) {
    reasons.push(`${percent(repeatsAlike, repeats)} of ${repeats} hidden repeats are alike.`);
  }
  if (medianSeconds < 1) reasons.push(`The median vote took ${medianSeconds.toFixed(2)} s.`);
  const keep = reasons.length === 0;
  const agreement = own.length >= 4 ? spearman(own, others) : null;
  if (agreement !== null && agreement < 0.2) {
    reasons.push(
      `The rank correlation with the others is ${agreement.toFixed(2)} (reported only).`,
    );
  }
  const { own: _, others: __, ...facts } = record;
  return { ...facts, keep, agreement, reasons };
}
