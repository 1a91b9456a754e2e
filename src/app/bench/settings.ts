import * as v from 'valibot';
import { RAIM2026_FORMULA, readFormula } from '../../core/bench/formula.ts';
import { NO_REMARKS } from '../../core/inspect/tags.ts';
import { withTagWords } from '../../core/inspect/tagWords.ts';
import { keep } from '../keep.ts';
import type { BenchContext, BenchSettings } from './context.ts';
import { keptColumnsSchema } from './keptColumns.ts';
import { keptShiftsSchema } from './keptShifts.ts';
import { readableIn } from './readable.ts';
import { checkedRemarks } from './remarks.ts';

/** Each comes with three small pictures. */
export const MOST_WORST_CASES = 100;

export const DEFAULT_SETTINGS: BenchSettings = {
  corrections: {},
  hidden: [],
  metricSet: 'raim',
  learned: [],
  remarks: {},
  shifts: {},
  formula: RAIM2026_FORMULA,
  worstCases: 6,
  runs: {},
  measuring: false,
  running: null,
  masking: false,
};

const text = v.pipe(v.string(), v.maxLength(2000));

const placeSchema = v.union([
  v.object({ role: v.picklist(['input', 'gt', 'mask']) }),
  v.object({ role: v.literal('region'), region: v.picklist(['hair', 'skin', 'face-skin', 'sky']) }),
  v.object({ role: v.literal('output'), method: text }),
]);

const runSchema = v.object({
  title: text,
  sha256: v.nullable(text),
  provider: text,
  adapter: v.nullable(text),
  parameters: v.nullable(v.number()),
  macs720p: v.nullable(v.number()),
  secondsPerMegapixel: v.nullable(v.number()),
});

const correctionSchema = v.object({
  excluded: v.exactOptional(v.boolean()),
  place: v.exactOptional(placeSchema),
  caseId: v.exactOptional(text),
  preferred: v.exactOptional(v.boolean()),
});

/** What cannot be read, or is absent, is left at its default, and everything beside it stays. */
const settingsSchema = v.object({
  corrections: readableIn(correctionSchema),
  hidden: v.fallback(v.array(text), []),
  metricSet: v.fallback(v.picklist(['raim', 'all', 'all-and-niqe']), DEFAULT_SETTINGS.metricSet),
  learned: v.fallback(keptColumnsSchema, []),
  remarks: readableIn(v.unknown()),
  /** All that was said of a case before there were remarks. */
  tags: readableIn(v.array(text)),
  shifts: keptShiftsSchema,
  formula: v.fallback(v.unknown(), null),
  worstCases: v.fallback(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_WORST_CASES)),
    DEFAULT_SETTINGS.worstCases,
  ),
  runs: readableIn(runSchema),
  measuring: v.fallback(v.boolean(), false),
  running: v.fallback(v.nullable(text), null),
  masking: v.fallback(v.boolean(), false),
});

/** Stored settings, checked; what makes no sense is left at its default. */
export function readSettings(stored: unknown): BenchSettings {
  const read = v.safeParse(settingsSchema, stored);
  if (!read.success) return DEFAULT_SETTINGS;
  const { tags, ...rest } = read.output;
  const formula = readFormula(rest.formula);
  const tagged = Object.entries(tags).map(
    ([caseId, words]) => [caseId, withTagWords(NO_REMARKS, words, 0)] as const,
  );
  return {
    ...rest,
    remarks: { ...checkedRemarks(tagged), ...checkedRemarks(Object.entries(rest.remarks)) },
    formula: 'formula' in formula ? formula.formula : DEFAULT_SETTINGS.formula,
  };
}

/** The settings without what is kept case by case, so that two tabs do not unsay each other's remarks. */
export const storedSettings = (settings: BenchSettings): object => ({ ...settings, remarks: {} });

/** Changes what the user decided and stores it; shows nothing. */
export async function keepSettings(
  context: BenchContext,
  change: Partial<BenchSettings>,
): Promise<void> {
  context.settings = { ...context.settings, ...change };
  await keep(context.app, 'what was decided about the set', () =>
    context.storage.putSettings(storedSettings(context.settings)),
  );
}
