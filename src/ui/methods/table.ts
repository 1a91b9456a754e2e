import type { CaseView, MethodId } from '../../app/model.ts';
import { METRICS } from '../../core/metrics/definitions.ts';
import {
  type MetricValue,
  RAIM_METRIC_IDS,
  type RaimMetricId,
  type RegionId,
} from '../../core/metrics/types.ts';
import { better } from '../metrics/compare.ts';
import { measuredView } from '../metrics/numbers.ts';

/** A line of the comparison: the untouched input, or what a method made of it. */
export interface MethodRow {
  /** Null for the input. */
  readonly id: MethodId | null;
  readonly title: string;
  /** The network saw another mask than the case has now. */
  readonly stale: boolean;
  readonly cells: readonly MethodCell[];
}

export interface MethodCell {
  readonly metric: RaimMetricId;
  readonly value: MetricValue;
  /** No other line is better; said only where there are several. */
  readonly best: boolean;
}

/** The RAIM set over one region, a line a method, with the best value of each metric marked. */
export function methodRows(item: CaseView, region: RegionId): readonly MethodRow[] {
  const inputValues = measuredView(item)?.inputValues;
  const lines = [
    ...(inputValues ? [{ id: null, title: 'Input', values: inputValues, stale: false }] : []),
    ...item.methods.map(({ methodId, title, values, stale }) => ({
      ...{ id: methodId, title, values },
      stale: stale === true,
    })),
  ];
  const valueIn = (line: (typeof lines)[number], metric: RaimMetricId): MetricValue =>
    line.values?.[metric]?.[region] ?? null;
  const isBest = (line: (typeof lines)[number], metric: RaimMetricId): boolean => {
    const own = valueIn(line, metric);
    const { direction } = METRICS[metric];
    const rivals = lines.map((other) => valueIn(other, metric)).filter((value) => value !== null);
    if (own === null || rivals.length < 2) return false;
    return rivals.every((rival) => better(rival, own, direction) !== 'output');
  };
  return lines.map((line) => ({
    id: line.id,
    title: line.title,
    stale: line.stale,
    cells: RAIM_METRIC_IDS.map((metric) => ({
      metric,
      value: valueIn(line, metric),
      best: isBest(line, metric),
    })),
  }));
}
