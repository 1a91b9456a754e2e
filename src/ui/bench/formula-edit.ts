import { type Formula, type FormulaPart, readFormula } from '../../core/bench/formula.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';
import { quantileOfSorted } from '../../core/stats/quantile.ts';

/** A part for a column, normalised between the 5th and 95th percentile of what was measured. */
export function newPart(
  table: ScoreTable,
  column: Column,
  methods: readonly string[],
): FormulaPart {
  const all = methods
    .flatMap((method) => [...columnOf(table, method, column.id)])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const round = (value: number) => Number(value.toPrecision(3));
  const low = all.length > 0 ? round(quantileOfSorted(all, 0.05)) : 0;
  const high = all.length > 0 ? round(quantileOfSorted(all, 0.95)) : 1;
  return {
    column: column.id,
    weight: 1,
    low,
    high: high > low ? high : low + 1,
    inverted: column.direction === 'lower-is-better',
    power: 1,
    group: '',
    missing: null,
  };
}

export function changePart(formula: Formula, at: number, change: Partial<FormulaPart>): Formula {
  const parts = formula.parts.map((part, i) => (i === at ? { ...part, ...change } : part));
  return { ...formula, parts };
}

export function withoutPart(formula: Formula, at: number): Formula {
  return { ...formula, parts: formula.parts.filter((_, i) => i !== at) };
}

/** What keeps a formula from being used, as a sentence; null where nothing does. */
export function problemOf(formula: Formula): string | null {
  const read = readFormula(formula);
  return 'problem' in read ? `This is no score yet: ${read.problem}.` : null;
}

/** A number of a field; null where it is empty or none. */
export function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}
