import { applyFormula, type Formula, type FormulaPart, type Means } from './formula.ts';

/** One change of a formula and the order it gives. */
export interface SensitivityRow {
  /** "weight of deltae:person × 1.2" */
  readonly change: string;
  readonly scores: readonly (number | null)[];
  /** Places from 1, in the order of the methods; null without a score. */
  readonly ranks: readonly (number | null)[];
  /** Whether any method's place differs from that under the unchanged formula. */
  readonly reorders: boolean;
}

const WEIGHT_CHANGE = 0.2;
const RANGE_CHANGE = 0.1;

function placesOf(scores: readonly (number | null)[]): (number | null)[] {
  return scores.map((own) =>
    own === null ? null : 1 + scores.filter((other) => other !== null && other > own).length,
  );
}

const withPart = (formula: Formula, index: number, change: Partial<FormulaPart>): Formula => ({
  ...formula,
  parts: formula.parts.map((own, i) => (i === index ? { ...own, ...change } : own)),
});

interface Variation {
  readonly change: string;
  readonly formula: Formula;
}

/** A group weighs as much as its first part: the others' weights change nothing and are left out. */
function weighs(formula: Formula, index: number): boolean {
  const group = formula.parts[index]?.group ?? '';
  return group === '' || formula.parts.findIndex((own) => own.group === group) === index;
}

function variationsOf(formula: Formula): Variation[] {
  return formula.parts.flatMap((own, index) => {
    const { column, group, weight, low, high, missing } = own;
    const change = (text: string, part: Partial<FormulaPart>): Variation => ({
      change: text,
      formula: withPart(formula, index, part),
    });
    const name = group === '' ? column : group;
    const step = RANGE_CHANGE * (high - low);
    return [
      ...(weighs(formula, index)
        ? [1 - WEIGHT_CHANGE, 1 + WEIGHT_CHANGE].map((factor) =>
            change(`weight of ${name} × ${factor}`, { weight: weight * factor }),
          )
        : []),
      ...[low - step, low + step].map((end) =>
        change(`${column} from ${Number(end.toPrecision(6))}`, { low: end }),
      ),
      ...[high - step, high + step].map((end) =>
        change(`${column} to ${Number(end.toPrecision(6))}`, { high: end }),
      ),
      ...(missing === null
        ? []
        : [low, (low + high) / 2, high].map((end) =>
            change(`${column} ${Number(end.toPrecision(6))} where unknown`, { missing: end }),
          )),
    ];
  });
}

/**
 * How the order of the methods hangs on the formula's choices: every weight by ± 20 %, every end of a
 * range by ± 10 % of its width, every stand-in for an unknown mean at its range's ends and middle;
 * one change at a time.
 * @param methods means of each method
 * @returns the unchanged formula first
 */
export function sensitivityOf(formula: Formula, methods: readonly Means[]): SensitivityRow[] {
  const scoresOf = (changed: Formula) => methods.map((means) => applyFormula(changed, means).score);
  const scores = scoresOf(formula);
  const ranks = placesOf(scores);
  const rows = variationsOf(formula).map(({ change, formula: changed }): SensitivityRow => {
    const own = scoresOf(changed);
    const places = placesOf(own);
    const reorders = places.some((place, i) => place !== ranks[i]);
    return { change, scores: own, ranks: places, reorders };
  });
  return [{ change: 'as it is', scores, ranks, reorders: false }, ...rows];
}
