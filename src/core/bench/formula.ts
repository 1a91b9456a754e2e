import * as v from 'valibot';

/*
 * A score that users put together themselves: metrics, the values between which each is normalised,
 * weights. RAIM 2026's own score is one of them (`RAIM2026_FORMULA`), so that it can be bent.
 */

const finite = v.pipe(v.number(), v.finite());

const partSchema = v.object({
  /** Id of a column of the table. */
  column: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  weight: v.pipe(finite, v.minValue(0)),
  /** Normalises to 0, or to 1 where `inverted`. */
  low: finite,
  high: finite,
  inverted: v.boolean(),
  /** The normalised and clipped value is raised to this. */
  power: v.pipe(finite, v.gtValue(0), v.maxValue(10)),
  /** Parts of one group are averaged first and weigh as much as the first of them; empty: alone. */
  group: v.pipe(v.string(), v.maxLength(50)),
  /** Stands for a mean that no case has; null: the score is then unknown. */
  missing: v.nullable(finite),
});

const formulaSchema = v.object({
  loupe: v.literal('formula'),
  version: v.literal(1),
  title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  parts: v.pipe(v.array(partSchema), v.minLength(1), v.maxLength(50)),
  /** Weights are multiplied by exp(emphasis (1 - s)): what is bad counts more. 0: they stay. */
  emphasis: v.pipe(finite, v.minValue(0), v.maxValue(20)),
  floor: finite,
  span: finite,
});

export type FormulaPart = Readonly<v.InferOutput<typeof partSchema>>;
export type Formula = Readonly<
  Omit<v.InferOutput<typeof formulaSchema>, 'parts'> & { readonly parts: readonly FormulaPart[] }
>;

/** How a formula counts one part of a method's means. */
export interface FormulaTerm {
  readonly title: string;
  /** 0 (worst) to 1, clipped and raised to the power. */
  readonly s: number;
  /** Its share of all weights, after the emphasis; they sum to 1. */
  readonly share: number;
}

export interface FormulaResult {
  /** Null where a mean is unknown and nothing stands for it. */
  readonly score: number | null;
  readonly terms: readonly FormulaTerm[];
  /** Columns whose mean is `missing`'s stand-in: the score compares to nothing. */
  readonly standIns: readonly string[];
}

/** Means of a method by column id; null or absent: unknown. */
export type Means = Readonly<Record<string, number | null>>;

/** RAIM 2026, track 3, as a formula over Loupe's columns. */
export const RAIM2026_FORMULA: Formula = {
  loupe: 'formula',
  version: 1,
  title: 'RAIM 2026, track 3',
  parts: [
    part('lpips:person', 0.3, [0, 0.15], true, '', 0.2),
    part('deltae:person', 0.3, [2, 40], true, '', null),
    part('psnr:background', 0.4, [15, 38], false, 'GlobalScore', null),
    part('ssim:global', 0.4, [0.6, 0.99], false, 'GlobalScore', null),
  ],
  emphasis: 2,
  floor: 30,
  span: 70,
};

function part(
  column: string,
  weight: number,
  [low, high]: readonly [number, number],
  inverted: boolean,
  group: string,
  missing: number | null,
): FormulaPart {
  return { column, weight, low, high, inverted, power: 1.2, group, missing };
}

/**
 * Reads a formula from a parsed JSON file.
 * @returns the formula, or what is wrong with it as a part of a sentence
 */
export function readFormula(json: unknown): { formula: Formula } | { problem: string } {
  const read = v.safeParse(formulaSchema, json);
  if (!read.success) {
    const [issue] = read.issues;
    const where = v.getDotPath(issue);
    return { problem: `${where === null ? 'the file' : `“${where}”`}: ${issue.message}` };
  }
  const flat = read.output.parts.find(({ low, high }) => low >= high);
  if (flat)
    return { problem: `“${flat.column}” is normalised between ${flat.low} and ${flat.high}` };
  if (read.output.parts.every(({ weight }) => weight === 0))
    return { problem: 'all weights are 0' };
  return { formula: read.output };
}

function normalised({ low, high, inverted, power }: FormulaPart, mean: number): number {
  const share = (mean - low) / (high - low);
  return Math.min(1, Math.max(0, inverted ? 1 - share : share)) ** power;
}

interface Group {
  readonly title: string;
  readonly weight: number;
  readonly values: number[];
}

/** What a formula makes of one method's means. */
export function applyFormula(formula: Formula, means: Means): FormulaResult {
  const groups = new Map<string, Group>();
  const standIns: string[] = [];
  let unknown = false;
  for (const [index, own] of formula.parts.entries()) {
    const mean = means[own.column] ?? null;
    if (mean === null && own.missing !== null) standIns.push(own.column);
    const value = mean ?? own.missing;
    if (value === null) unknown = true;
    const key = own.group === '' ? `#${index}` : own.group;
    const group = groups.get(key) ?? {
      title: own.group === '' ? own.column : own.group,
      weight: own.weight,
      values: [],
    };
    group.values.push(value === null ? Number.NaN : normalised(own, value));
    groups.set(key, group);
  }
  const parts = [...groups.values()].map(({ title, weight, values }) => {
    const s = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { title, s, weight: weight * Math.exp(formula.emphasis * (1 - s)) };
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const terms = parts.map(({ title, s, weight }) => ({ title, s, share: weight / total }));
  const sum = terms.reduce((part, { s, share }) => part + s * share, 0);
  const score = unknown || total === 0 ? null : formula.floor + formula.span * sum;
  return { score, terms: score === null ? [] : terms, standIns };
}
