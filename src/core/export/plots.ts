import { quantileOfSorted } from '../stats/quantile.ts';
import { escapeHtml } from './html.ts';

/*
 * Still plots for the report: SVG text that needs no program to be drawn. (The page's own plots,
 * which answer to the pointer, come from a plotting library.)
 */

/** Told apart by colour-blind eyes as well (Okabe and Ito 2008). */
export const PLOT_COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#7a6a00',
] as const;

const colourOf = (index: number) => PLOT_COLOURS[index % PLOT_COLOURS.length] ?? '#000';

/**
 * Round numbers that cover a range: steps of 1, 2 or 5 times a power of ten.
 * @returns at least two, ascending
 */
export function ticksOf(low: number, high: number, count = 5): number[] {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** A label at a place of a drawing. */
export const text = (x: number, y: number, content: string, anchor = 'middle') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escapeHtml(content)}</text>`;

/** A drawing of this size, named for those who do not see it. */
export function svg(
  width: number,
  height: number,
  title: string,
  parts: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="12"><title>${escapeHtml(title)}</title>${parts.join('')}</svg>`;
}

export interface PlotSeries {
  readonly title: string;
  /** NaN: no value. */
  readonly values: ArrayLike<number>;
}

const LEFT = 150;
const ROW = 34;
const WIDTH = 640;

/**
 * The distribution of a column, a row a method: whiskers from the 5th to the 95th percentile, box
 * from the first to the third quartile, line at the median, a dot for every case.
 */
export function distributionPlot(title: string, series: readonly PlotSeries[]): string {
  const known = series.map(({ title: name, values }) => ({
    name,
    values: Array.from(values)
      .filter(Number.isFinite)
      .sort((a, b) => a - b),
  }));
  const all = known.flatMap(({ values }) => values);
  const ticks = ticksOf(
    Math.min(...(all.length ? all : [0])),
    Math.max(...(all.length ? all : [1])),
  );
  const [from = 0] = ticks;
  const to = ticks.at(-1) ?? 1;
  const x = (value: number) => LEFT + ((value - from) / (to - from)) * (WIDTH - LEFT - 20);
  const bottom = 30 + known.length * ROW;
  const parts = [text(WIDTH / 2, 16, title)];
  for (const tick of ticks) {
    parts.push(
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="24" y2="${bottom}" stroke="#ddd"/>`,
      text(x(tick), bottom + 16, String(tick)),
    );
  }
  known.forEach(({ name, values }, index) => {
    const y = 24 + index * ROW + ROW / 2;
    parts.push(text(LEFT - 10, y + 4, name, 'end'));
    if (values.length === 0) return;
    const at = (share: number) => x(quantileOfSorted(values, share));
    const colour = colourOf(index);
    for (const value of values) {
      parts.push(
        `<circle cx="${x(value).toFixed(1)}" cy="${y + 9}" r="2" fill="${colour}" fill-opacity=".35"/>`,
      );
    }
    parts.push(
      `<line x1="${at(0.05).toFixed(1)}" x2="${at(0.95).toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour}"/>`,
      `<rect x="${at(0.25).toFixed(1)}" y="${y - 6}" width="${Math.max(1, at(0.75) - at(0.25)).toFixed(1)}" height="12" fill="#fff" stroke="${colour}"/>`,
      `<line x1="${at(0.5).toFixed(1)}" x2="${at(0.5).toFixed(1)}" y1="${y - 6}" y2="${y + 6}" stroke="${colour}" stroke-width="3"/>`,
    );
  });
  return svg(WIDTH, bottom + 26, title, parts);
}

export interface PlotPoint {
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

/** Points with their names, e.g. cost against quality; `front` are joined by a line. */
export function pointPlot(
  title: string,
  axes: readonly [x: string, y: string],
  points: readonly PlotPoint[],
  front: readonly PlotPoint[] = [],
): string {
  const height = 360;
  const xs = ticksOf(Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x)));
  const ys = ticksOf(Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y)));
  const scale = (ticks: readonly number[], start: number, end: number) => (value: number) => {
    const [low = 0] = ticks;
    return start + ((value - low) / ((ticks.at(-1) ?? 1) - low)) * (end - start);
  };
  const x = scale(xs, 70, WIDTH - 30);
  const y = scale(ys, height - 50, 34);
  const line = front.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(' ');
  return svg(WIDTH, height, title, [
    text(WIDTH / 2, 16, title),
    ...xs.flatMap((tick) => [
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="34" y2="${height - 50}" stroke="#eee"/>`,
      text(x(tick), height - 34, String(tick)),
    ]),
    ...ys.flatMap((tick) => [
      `<line x1="70" x2="${WIDTH - 30}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="#eee"/>`,
      text(62, y(tick) + 4, String(tick), 'end'),
    ]),
    text(WIDTH / 2, height - 12, axes[0]),
    text(70, 30, axes[1], 'start'),
    front.length > 1 ? `<polyline points="${line}" fill="none" stroke="#999"/>` : '',
    ...points.flatMap((point, index) => [
      `<circle cx="${x(point.x).toFixed(1)}" cy="${y(point.y).toFixed(1)}" r="4" fill="${colourOf(index)}"/>`,
      text(x(point.x), y(point.y) - 8, point.title),
    ]),
  ]);
}
