import * as v from 'valibot';
import { RAIM2026_FORMULA, readFormula } from '../../core/bench/formula.ts';
import { type Remarks, readRemarks } from '../../core/inspect/tags.ts';
import type { BenchContext, BenchSettings } from './context.ts';

export const DEFAULT_SETTINGS: BenchSettings = {
  corrections: {},
  hidden: [],
  metricSet: 'raim',
  remarks: {},
  formula: RAIM2026_FORMULA,
  runs: {},
  measuring: false,
  running: null,
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

const settingsSchema = v.object({
  corrections: v.record(
    text,
    v.object({
      excluded: v.exactOptional(v.boolean()),
      place: v.exactOptional(placeSchema),
      caseId: v.exactOptional(text),
      preferred: v.exactOptional(v.boolean()),
    }),
  ),
  hidden: v.array(text),
  metricSet: v.picklist(['raim', 'all', 'all-and-niqe']),
  remarks: v.exactOptional(v.record(text, v.unknown()), {}),
  formula: v.unknown(),
  runs: v.record(text, runSchema),
  measuring: v.boolean(),
  running: v.nullable(text),
});

/** What can be read of the remarks on each case. */
function checkedRemarks(stored: Readonly<Record<string, unknown>>): Record<string, Remarks> {
  return Object.fromEntries(
    Object.entries(stored).flatMap(([caseId, json]) => {
      const read = readRemarks(json);
      return 'remarks' in read ? [[caseId, read.remarks] as const] : [];
    }),
  );
}

/** Stored settings, checked; what makes no sense is left at its default. */
export function readSettings(stored: unknown): BenchSettings {
  const read = v.safeParse(settingsSchema, stored);
  if (!read.success) return DEFAULT_SETTINGS;
  const formula = readFormula(read.output.formula);
  return {
    ...read.output,
    remarks: checkedRemarks(read.output.remarks),
    formula: 'formula' in formula ? formula.formula : DEFAULT_SETTINGS.formula,
  };
}

/** Changes what the user decided and stores it; shows nothing. */
export async function keepSettings(
  context: BenchContext,
  change: Partial<BenchSettings>,
): Promise<void> {
  context.settings = { ...context.settings, ...change };
  await context.storage.putSettings(context.settings).catch(() => undefined);
}
