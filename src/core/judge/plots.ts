import { svg, text, ticksOf } from '../export/plots.ts';
import { radarOutline, radarPoint } from './radar.ts';

/* Still plots of a study for the report and for papers. */

export interface IntervalRow {
  readonly title: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const WIDTH = 640;
const NAMES = 170;
const ROW = 26;

/** Long names would run into the plot. */
export const shortName = (title: string): string =>
  title.length > 24 ? `${title.slice(0, 23)}…` : title;

/** Every method's score as a point in its interval. */
export function intervalPlot(title: string, rows: readonly IntervalRow[]): string {
  const ticks = ticksOf(
    Math.min(...rows.map(({ low }) => low)),
    Math.max(...rows.map(({ high }) => high)),
  );
  const [from = 0] = ticks;
  const x = (value: number) =>
    (NAMES + ((value - from) / ((ticks.at(-1) ?? 1) - from)) * (WIDTH - NAMES - 20)).toFixed(1);
  const bottom = 28 + rows.length * ROW;
  return svg(WIDTH, bottom + 24, title, [
    text(WIDTH / 2, 16, title),
    ...ticks.flatMap((tick) => [
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="26" y2="${bottom}" stroke="#ddd"/>`,
      text(Number(x(tick)), bottom + 16, String(tick)),
    ]),
    ...rows.flatMap(({ title: name, value, low, high }, index) => {
      const y = 28 + (index + 0.5) * ROW;
      return [
        text(NAMES - 12, y + 4, shortName(name), 'end'),
        `<line x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke="#000"/>`,
        `<circle cx="${x(value)}" cy="${y}" r="4"/>`,
      ];
    }),
  ]);
}

export interface RankRow {
  readonly title: string;
  /** Share of the resamples in each place, from the first. */
  readonly places: readonly number[];
}

/** How likely every method takes every place: the darker, the likelier, with the per cent in it. */
export function rankPlot(title: string, rows: readonly RankRow[]): string {
  const count = Math.max(1, ...rows.map(({ places }) => places.length));
  const cell = (WIDTH - NAMES - 20) / count;
  const bottom = 46 + rows.length * ROW;
  return svg(WIDTH, bottom + 8, title, [
    text(WIDTH / 2, 16, title),
    ...Array.from({ length: count }, (_, k) => text(NAMES + (k + 0.5) * cell, 38, `${k + 1}.`)),
    ...rows.flatMap(({ title: name, places }, index) => {
      const y = 46 + index * ROW;
      return [
        text(NAMES - 12, y + ROW / 2 + 4, shortName(name), 'end'),
        ...places.map((share, k) => {
          const x = (NAMES + k * cell).toFixed(1);
          const percent = Math.round(100 * share);
          const label =
            percent === 0
              ? ''
              : `<tspan fill="${share > 0.5 ? '#fff' : '#000'}">${percent}</tspan>`;
          return `<rect x="${x}" y="${y}" width="${cell.toFixed(1)}" height="${ROW}" fill="#0072b2" fill-opacity="${share.toFixed(3)}" stroke="#ddd"/><text x="${(NAMES + (k + 0.5) * cell).toFixed(1)}" y="${y + ROW / 2 + 4}" text-anchor="middle">${label}</text>`;
        }),
      ];
    }),
  ]);
}

interface RadarRow {
  readonly title: string;
  /** 0 at the centre, 1 on the ring; by dimension. */
  readonly shares: readonly number[];
}

const RADIUS = 60;
const CELL = { width: 213, height: 170 } as const;

/** A small radar for every method, three in a line. */
export function radarPlot(
  title: string,
  dimensions: readonly string[],
  rows: readonly RadarRow[],
): string {
  const figures = rows.map(({ title: name, shares }, index) => {
    const x = (index % 3) * CELL.width + CELL.width / 2;
    const y = 30 + Math.floor(index / 3) * CELL.height + CELL.height / 2;
    const spokes = dimensions.flatMap((dimension, k) => {
      const end = radarPoint(k, dimensions.length, 1, RADIUS);
      const label = radarPoint(k, dimensions.length, 1.15, RADIUS);
      const anchor = Math.abs(label.x) < 8 ? 'middle' : label.x > 0 ? 'start' : 'end';
      return [
        `<line x2="${end.x.toFixed(1)}" y2="${end.y.toFixed(1)}" stroke="#ddd"/>`,
        `<g font-size="9">${text(label.x, label.y + 3, dimension.split(' ').at(-1) ?? '', anchor)}</g>`,
      ];
    });
    return `<g transform="translate(${x.toFixed(1)} ${y})">${spokes.join('')}<polygon points="${radarOutline(
      dimensions.map(() => 1),
      RADIUS,
    )}" fill="none" stroke="#999"/><polygon points="${radarOutline(shares, RADIUS)}" fill="#0072b2" fill-opacity=".3" stroke="#0072b2"/>${text(0, -CELL.height / 2 + 6, shortName(name))}</g>`;
  });
  const lines = Math.ceil(rows.length / 3);
  return svg(WIDTH, 36 + lines * CELL.height, title, [text(WIDTH / 2, 16, title), ...figures]);
}
