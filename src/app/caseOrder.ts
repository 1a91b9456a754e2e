import type { ScoreTable } from '../core/bench/types.ts';
import { byDisagreement, byGap, type Ranked, worstFirst } from '../core/inspect/ranking.ts';
import { METRICS } from '../core/metrics/definitions.ts';
import {
  type MetricValues,
  RAIM_METRIC_IDS,
  type RaimMetricId,
  REGION_IDS,
  type RegionId,
} from '../core/metrics/types.ts';
import type { CaseView } from './model.ts';

/** By what a list of cases is ordered; see `CASE_ORDER_KINDS`. */
type OrderKind = 'worst' | 'behind' | 'disagreement';

/** An order of the cases: as they were added, or `<kind>:<metric>:<region>`. */
export type CaseOrder = 'added' | `${OrderKind}:${RaimMetricId}:${RegionId}`;

/** What the kinds put on top. */
export const CASE_ORDER_KINDS: readonly (readonly [kind: OrderKind, title: string])[] = [
  ['worst', 'Worst first'],
  ['behind', 'Furthest behind another method'],
  ['disagreement', 'Methods disagree most'],
];

/** The orders of a kind, by metric and region, as the RAIM set has them. */
export function ordersOf(kind: OrderKind): readonly CaseOrder[] {
  return RAIM_METRIC_IDS.flatMap((metric) =>
    REGION_IDS.map((region): CaseOrder => `${kind}:${metric}:${region}`),
  );
}

export const CASE_ORDERS: readonly CaseOrder[] = [
  'added',
  ...CASE_ORDER_KINDS.flatMap(([kind]) => ordersOf(kind)),
];

/** The parts of an order; null where the cases stay as they were added. */
export function partsOf(
  order: CaseOrder,
): { readonly kind: OrderKind; readonly metric: RaimMetricId; readonly region: RegionId } | null {
  if (order === 'added') return null;
  const [kind, metric, region] = order.split(':') as [OrderKind, RaimMetricId, RegionId];
  return { kind, metric, region };
}

type Pick = (values: MetricValues | null) => number;

const shownValue = (item: CaseView, pick: Pick) =>
  item.metrics.status === 'done' ? pick(item.metrics.values) : Number.NaN;

function tableOf(cases: readonly CaseView[], pick: Pick): ScoreTable {
  const methods = [...new Set(cases.flatMap((item) => item.methods.map((own) => own.methodId)))];
  const valuesOf = (method: string) =>
    Float64Array.from(cases, (item) =>
      pick(item.methods.find(({ methodId }) => methodId === method)?.values ?? null),
    );
  return {
    cases: cases.map(({ id }) => id),
    methods,
    columns: [],
    values: new Map(methods.map((method) => [method, new Map([['value', valuesOf(method)]])])),
  };
}

/** The best that any method but the shown one has; NaN where there is none. */
function bestOfOthers(item: CaseView, pick: Pick, sign: 1 | -1): number {
  const others = item.methods
    .filter(({ methodId }) => methodId !== item.shownMethod)
    .map(({ values }) => pick(values))
    .filter(Number.isFinite);
  return others.length === 0 ? Number.NaN : sign * Math.max(...others.map((value) => sign * value));
}

/**
 * The cases in an order, and what each was ordered by (in the metric's unit). Cases that have no such
 * value stand behind the others, as they were added.
 */
export function orderCases(
  cases: readonly CaseView[],
  order: CaseOrder,
): readonly { readonly item: CaseView; readonly value: number | null }[] {
  const parts = partsOf(order);
  if (parts === null) return cases.map((item) => ({ item, value: null }));
  const { kind, metric, region } = parts;
  const { direction } = METRICS[metric];
  const pick: Pick = (values) => values?.[metric]?.[region] ?? Number.NaN;
  const ranked = (): readonly Ranked[] => {
    if (kind === 'disagreement') {
      const table = tableOf(cases, pick);
      return byDisagreement(table, table.methods, 'value');
    }
    const shown = cases.map((item) => shownValue(item, pick));
    if (kind === 'worst') return worstFirst(shown, direction);
    const sign = direction === 'higher-is-better' ? 1 : -1;
    return byGap(
      shown,
      cases.map((item) => bestOfOthers(item, pick, sign)),
      direction,
    );
  };
  const first = ranked();
  const placed = new Set(first.map(({ index }) => index));
  const rest = cases.flatMap((item, index) => (placed.has(index) ? [] : [{ item, value: null }]));
  return [
    ...first.flatMap(({ index, value }) => {
      const item = cases[index];
      return item ? [{ item, value }] : [];
    }),
    ...rest,
  ];
}
