import type { BenchMethodView } from '../../app/bench/model.ts';
import { type CostPoint, paretoFront } from '../../core/bench/pareto.ts';
import type { SummaryKind } from '../../core/bench/summary.ts';
import { findTrends } from '../../core/bench/trend.ts';
import { type Column, columnOf, type ScoreTable } from '../../core/bench/types.ts';
import { quantileOfSorted } from '../../core/stats/quantile.ts';
import { columnTitle, summaryOf } from './columns.ts';
import { COSTS, type CostKey, costOf } from './methods-table.ts';

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** What stands beside the pointer. */
  readonly title: string;
  /** What a click opens; null: nothing. */
  readonly caseId: string | null;
  readonly method: string;
}

interface PlotSeries {
  readonly title: string;
  readonly points: readonly PlotPoint[];
  /** Whether its points are joined by a line. */
  readonly joined: boolean;
  /** Drawn without hue: a front, not a method. */
  readonly plain?: boolean;
}

/** Box of a distribution: whiskers at 5 and 95 %, quartiles, median. */
export interface PlotBox {
  readonly y: number;
  readonly quantiles: readonly [number, number, number, number, number];
}

export interface PlotData {
  readonly x: string;
  readonly y: string;
  readonly series: readonly PlotSeries[];
  readonly boxes: readonly PlotBox[];
  /** Names for the rows of a distribution, from the top; empty for a scale of numbers. */
  readonly rows: readonly string[];
}

const NOTHING = { boxes: [], rows: [] } as const;

interface PlotInput {
  readonly table: ScoreTable;
  readonly methods: readonly BenchMethodView[];
  readonly titles: readonly string[];
}

/** A point a case and method: one metric against another. */
export function scatterData({ table, methods, titles }: PlotInput, x: Column, y: Column): PlotData {
  const series = methods.map(({ id, title }): PlotSeries => {
    const xs = columnOf(table, id, x.id);
    const ys = columnOf(table, id, y.id);
    const points = table.cases.flatMap((caseId, i): PlotPoint[] => {
      const point = { x: xs[i] ?? Number.NaN, y: ys[i] ?? Number.NaN };
      if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) return [];
      return [{ ...point, title: `${titles[i] ?? caseId}, ${title}`, caseId, method: id }];
    });
    return { title, points, joined: false };
  });
  return { ...NOTHING, x: columnTitle(x), y: columnTitle(y), series };
}

/** A point a method: what it costs against how good it is, and the front that nothing beats. */
export function costData(
  { table, methods }: PlotInput,
  cost: CostKey,
  column: Column,
  statistic: SummaryKind,
): PlotData {
  const points = methods.flatMap((method): (CostPoint & { readonly title: string })[] => {
    const price = costOf(method, cost);
    const quality = summaryOf(table, method.id, column)?.[statistic] ?? null;
    if (price === null || quality === null) return [];
    return [{ id: method.id, title: method.title, cost: price, quality }];
  });
  const pointOf = (point: CostPoint): PlotPoint => ({
    x: point.cost,
    y: point.quality,
    title: methods.find(({ id }) => id === point.id)?.title ?? point.id,
    caseId: null,
    method: point.id,
  });
  const front = paretoFront(points, column.direction).map(pointOf);
  const series = points.map(
    (point): PlotSeries => ({
      title: point.title,
      points: [pointOf(point)],
      joined: false,
    }),
  );
  const known = COSTS.find(({ key }) => key === cost);
  return {
    ...NOTHING,
    x: `${known?.title ?? cost}, ${known?.unit ?? ''}`,
    y: `${columnTitle(column)}, ${statistic}`,
    series: [{ title: 'Pareto front', points: front, joined: true, plain: true }, ...series],
  };
}

/** Where in its row a dot lies, so that equal values stay apart: the same at every drawing. */
const jitter = (index: number) => (((index * 0.618034) % 1) - 0.5) * 0.3;

/** A row a method: a dot a case beneath a box. */
export function distributionData({ table, methods, titles }: PlotInput, column: Column): PlotData {
  const boxes: PlotBox[] = [];
  const series = methods.map(({ id, title }, row): PlotSeries => {
    const y = methods.length - 1 - row;
    const values = columnOf(table, id, column.id);
    const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b);
    if (sorted.length > 0) {
      const at = (share: number) => quantileOfSorted(sorted, share);
      boxes.push({ y: y + 0.2, quantiles: [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)] });
    }
    const points = table.cases.flatMap((caseId, i): PlotPoint[] => {
      const x = values[i] ?? Number.NaN;
      if (!Number.isFinite(x)) return [];
      const name = `${titles[i] ?? caseId}, ${title}`;
      return [{ x, y: y - 0.15 + jitter(i), title: name, caseId, method: id }];
    });
    return { title, points, joined: false };
  });
  const rows = methods.map(({ title }) => title);
  return { x: columnTitle(column), y: '', series, boxes, rows };
}

/** Checkpoints of a training over their steps. */
export function trendData(
  { table, methods }: PlotInput,
  column: Column,
  statistic: SummaryKind,
): PlotData {
  const byId = new Map(methods.map((method) => [method.id, method]));
  const series = findTrends(methods.map(({ id }) => id)).map(({ title, checkpoints }) => ({
    title,
    joined: true,
    points: checkpoints.flatMap(({ method, step }): PlotPoint[] => {
      const y = summaryOf(table, method, column)?.[statistic];
      if (y === undefined) return [];
      return [{ x: step, y, title: byId.get(method)?.title ?? method, caseId: null, method }];
    }),
  }));
  return { ...NOTHING, x: 'Step', y: `${columnTitle(column)}, ${statistic}`, series };
}

/** Of all points the one nearest to a place on screen, no further away than `reach`. */
export function nearestPoint(
  data: PlotData,
  toPixels: (point: PlotPoint) => readonly [x: number, y: number],
  [left, top]: readonly [number, number],
  reach: number,
): PlotPoint | null {
  let best: PlotPoint | null = null;
  let least = reach;
  for (const { points, plain } of data.series) {
    if (plain) continue;
    for (const point of points) {
      const [x, y] = toPixels(point);
      const distance = Math.hypot(x - left, y - top);
      if (distance > least) continue;
      least = distance;
      best = point;
    }
  }
  return best;
}

/** The points that can be stepped through with keys, from left to right. */
function pointsInOrder({ series }: PlotData): PlotPoint[] {
  return series
    .filter(({ plain }) => !plain)
    .flatMap(({ points }) => points)
    .toSorted((a, b) => a.x - b.x);
}

/** The next point to the right (1) or left (−1); the first where none is current; null without any. */
export function pointBeside(data: PlotData, current: PlotPoint | null, by: 1 | -1) {
  const points = pointsInOrder(data);
  const at = current === null ? 0 : points.indexOf(current) + by;
  return points[Math.min(points.length - 1, Math.max(0, at))] ?? null;
}
