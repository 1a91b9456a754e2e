import * as v from 'valibot';
import type { Column } from '../../core/bench/types.ts';
import type { LearnedMetricId } from '../../core/metrics/learned.ts';
import type { StoredNetwork } from '../../storage/records.ts';
import { contractOf, learnedDefinition } from '../learnedDefinitions.ts';
import { columnsOf, learnedColumns, officialLpips } from './columns.ts';
import type { BenchContext } from './context.ts';

/*
 * Numbers of learned metrics outlive their networks: a workspace is opened where nobody has dropped them.
 * What their columns are is kept with the set.
 */

const text = v.pipe(v.string(), v.maxLength(2000));

const columnSchema = v.object({
  id: v.pipe(text, v.regex(/^((lpips|onnx):|raim2026:LPIPS)/)),
  title: text,
  unit: text,
  direction: v.picklist(['higher-is-better', 'lower-is-better']),
  digits: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(12)),
  version: text,
  imported: v.literal(false),
});

export const keptColumnsSchema = v.pipe(
  v.array(
    v.object({
      column: columnSchema,
      /** Of the network. */
      sha256: text,
      definition: text,
      source: text,
      parameters: v.record(text, v.union([v.number(), text])),
    }),
  ),
  v.maxLength(1000),
);

/** A column of a learned metric with all that is said of it, without its network. */
export type KeptColumn = Readonly<v.InferOutput<typeof keptColumnsSchema>[number]>;

/** The columns of the networks that are here. */
function presentColumns(networks: ReadonlyMap<LearnedMetricId, StoredNetwork>): KeptColumn[] {
  return [...networks].flatMap(([id, network]) => {
    const contract = contractOf(id, network);
    if (contract === null) return [];
    const { definition, source, parameters } = learnedDefinition(id, contract);
    const { sha256 } = network;
    const official = id === 'lpips' ? officialLpips(sha256) : [];
    return [...learnedColumns(id, network), ...official].map((column) => ({
      column: { ...column, imported: false as const },
      sha256,
      definition,
      source,
      parameters: { ...parameters },
    }));
  });
}

/** Learned columns whose networks are here, then those that are known from before or elsewhere. */
export function learnedHereAndKept({ app, settings }: BenchContext): KeptColumn[] {
  const present = presentColumns(app.networks);
  const ids = new Set(present.map(({ column }) => column.id));
  return [...present, ...settings.learned.filter(({ column }) => !ids.has(column.id))];
}

/** Every column that the set may have numbers in, in table order. */
export function allColumns(context: BenchContext): Column[] {
  const here = columnsOf(context.settings.metricSet, context.app.networks);
  const ids = new Set(here.map(({ id }) => id));
  const kept = context.settings.learned.map(({ column }) => column);
  return [...here, ...kept.filter(({ id }) => !ids.has(id))];
}
