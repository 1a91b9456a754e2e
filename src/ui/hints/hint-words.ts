import type { CaseView, Findings } from '../../app/model.ts';
import { HINTS } from '../../core/inspect/hints/registry.ts';
import {
  type Finding,
  type Hint,
  type HintNumber,
  isShown,
} from '../../core/inspect/hints/types.ts';
import { minus } from '../format.ts';

export interface MeasuredHint {
  readonly hint: Hint;
  readonly finding: Finding;
}

/** Hints by what became of them, each part in the registry's order. */
export interface SortedHints {
  readonly shown: readonly MeasuredHint[];
  readonly quiet: readonly MeasuredHint[];
  /** Could not be measured on these pictures. */
  readonly none: readonly Hint[];
}

/** A measurement keeps its line, and the focus in it, while others come in. */
const known = new WeakMap<Finding, MeasuredHint>();

function measuredHint(hint: Hint, finding: Finding): MeasuredHint {
  const before = known.get(finding);
  if (before?.hint === hint) return before;
  const measured = { hint, finding };
  known.set(finding, measured);
  return measured;
}

export function sortHints(findings: Findings): SortedHints {
  const measured = HINTS.flatMap((hint): MeasuredHint[] => {
    const finding = findings[hint.id];
    return finding ? [measuredHint(hint, finding)] : [];
  });
  return {
    shown: measured.filter(({ hint, finding }) => isShown(hint, finding)),
    quiet: measured.filter(({ hint, finding }) => !isShown(hint, finding)),
    none: HINTS.filter(({ id }) => findings[id] === null),
  };
}

/** "−3.4 levels", "0.62 ×", "12°". */
export function valueText(value: number, digits: number, unit: string): string {
  const number = minus(value.toFixed(digits));
  return unit === '°' ? `${number}°` : `${number} ${unit}`.trim();
}

/** A number of the evidence, with as many digits as say something. */
export function numberText({ value, unit }: HintNumber): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return valueText(value, digits, unit);
}

/** "shown from 10° either way", "shown up to 0.60 ×". */
export function thresholdText({ shown, digits, unit }: Hint): string {
  const threshold = valueText(shown.threshold, digits, unit);
  if (shown.when === 'below') return `shown up to ${threshold}`;
  return shown.when === 'size' ? `shown from ${threshold} either way` : `shown from ${threshold}`;
}

/** What the output was compared with; nothing where it stands for itself. */
export function againstText({ against }: Finding): string | null {
  if (against === null) return null;
  return against === 'truth' ? 'against the ground truth' : 'against the input';
}

/** Why a hint has no value here. */
export function missingText({ needs }: Hint, item: CaseView): string {
  if (needs.mask && item.mask === null) return 'needs a person mask';
  if (needs.reference === 'truth' && item.gt === null) return 'needs a ground truth';
  if (needs.reference === 'any' && item.gt === null && item.input === null) {
    return 'needs a ground truth or an input';
  }
  if (needs.seams) return 'needs an output that was restored here in tiles';
  return 'too little to measure on in these pictures';
}
