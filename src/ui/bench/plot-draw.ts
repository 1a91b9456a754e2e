import uPlot from 'uplot';
import { PLOT_COLOURS } from '../../core/export/plots.ts';
import { type Ink, inkOf, PLOT_FONT, plotAxis } from '../common/plot-frame.ts';
import { nearestPoint, type PlotBox, type PlotData, type PlotPoint } from './plot-data.ts';

const HEIGHT = 420;
/** Height of one row of a distribution. */
const ROW = 64;
/** How near the pointer must be to a point, in CSS pixels. */
const REACH = 14;
const DOT = 3.5;
/** A lone point for a method is larger than one of hundreds. */
const LARGE_DOT = 6;

/** Least and greatest with room at both ends; some range where there is none. */
function rangeOf(values: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low)) return [0, 1];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** Draws into `box` what `data` says, as wide as it is. */
export function drawPlot(box: HTMLElement, data: PlotData): uPlot {
  const ink = inkOf(box);
  const points = data.series.flatMap((series) => series.points);
  const xs = rangeOf([...points.map(({ x }) => x), ...data.boxes.flatMap((own) => own.quantiles)]);
  const distribution = data.rows.length > 0;
  const ys: [number, number] = distribution
    ? [-0.5, data.rows.length - 0.5]
    : rangeOf(points.map(({ y }) => y));
  const plot = new uPlot(
    {
      width: Math.max(240, box.clientWidth),
      height: distribution ? 70 + ROW * data.rows.length : HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: () => xs }, y: { range: () => ys } },
      axes: [
        plotAxis(data.x, ink),
        distribution ? rowAxis(data.rows, ink, box) : { ...plotAxis(data.y, ink), size: 56 },
      ],
      series: [{}, { show: false }],
      hooks: { draw: [(own) => drawMarks(own, data, ink)] },
    },
    [xs, [null, null]],
    box,
  );
  return plot;
}

/** The rows of a distribution carry the methods' names instead of numbers. */
function rowAxis(rows: readonly string[], ink: Ink, box: HTMLElement): uPlot.Axis {
  const places = rows.map((_, i) => i);
  const longest = Math.max(...rows.map((name) => name.length));
  return {
    font: PLOT_FONT,
    stroke: ink.text,
    size: Math.min(24 + longest * 7, box.clientWidth * 0.35),
    splits: () => places,
    values: () => rows.toReversed().map((name) => cut(name, box.clientWidth)),
    grid: { show: false },
    ticks: { show: false },
  };
}

/** A name as long as the axis has room for. */
function cut(name: string, width: number): string {
  const most = Math.max(6, Math.floor((width * 0.35 - 24) / 7));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

type Shape = (path: Path2D, x: number, y: number, size: number) => void;

/** Told apart by shape as well as by colour. */
const SHAPES: readonly Shape[] = [
  (path, x, y, size) => {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 2 * Math.PI);
  },
  (path, x, y, size) => path.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8),
  (path, x, y, size) =>
    polygon(path, [x, y - size * 1.2], [x + size, y + size], [x - size, y + size]),
  (path, x, y, size) =>
    polygon(
      path,
      [x, y - size * 1.3],
      [x + size * 1.3, y],
      [x, y + size * 1.3],
      [x - size * 1.3, y],
    ),
];

type Corner = readonly [x: number, y: number];

function polygon(path: Path2D, first: Corner, ...others: readonly Corner[]): void {
  path.moveTo(...first);
  for (const corner of others) path.lineTo(...corner);
  path.closePath();
}

function drawMarks(plot: uPlot, data: PlotData, ink: Ink): void {
  const { ctx } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  let hue = 0;
  for (const { points, joined, plain } of data.series) {
    const colour = plain ? ink.text : (PLOT_COLOURS[hue % PLOT_COLOURS.length] ?? ink.text);
    const shape = SHAPES[hue % SHAPES.length];
    const line = new Path2D();
    const dots = new Path2D();
    const size = (points.length === 1 || joined ? LARGE_DOT : DOT) * scale;
    points.forEach((point, i) => {
      const x = plot.valToPos(point.x, 'x', true);
      const y = plot.valToPos(point.y, 'y', true);
      if (i === 0) line.moveTo(x, y);
      else line.lineTo(x, y);
      if (!plain) shape?.(dots, x, y, size);
    });
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5 * scale;
    if (joined) ctx.stroke(line);
    ctx.globalAlpha = points.length > 200 ? 0.5 : 0.9;
    ctx.fillStyle = colour;
    ctx.fill(dots);
    ctx.globalAlpha = 1;
    if (!plain) hue += 1;
  }
  for (const box of data.boxes) drawBox(plot, box, ink);
  ctx.restore();
}

function drawBox(plot: uPlot, { y, quantiles }: PlotBox, ink: Ink): void {
  const { ctx } = plot;
  const scale = devicePixelRatio;
  const [p5, p25, p50, p75, p95] = quantiles;
  const x = (value: number) => plot.valToPos(value, 'x', true);
  const middle = plot.valToPos(y, 'y', true);
  const half = 7 * scale;
  ctx.strokeStyle = ink.text;
  ctx.lineWidth = scale;
  ctx.beginPath();
  ctx.moveTo(x(p5), middle);
  ctx.lineTo(x(p95), middle);
  ctx.stroke();
  ctx.fillStyle = ink.ground;
  ctx.fillRect(x(p25), middle - half, x(p75) - x(p25), 2 * half);
  ctx.strokeRect(x(p25), middle - half, x(p75) - x(p25), 2 * half);
  ctx.lineWidth = 3 * scale;
  ctx.beginPath();
  ctx.moveTo(x(p50), middle - half);
  ctx.lineTo(x(p50), middle + half);
  ctx.stroke();
}

/** The point under the pointer; null where none is near. */
export function pointAt(plot: uPlot, data: PlotData, event: MouseEvent): PlotPoint | null {
  const area = plot.over.getBoundingClientRect();
  const toPixels = ({ x, y }: PlotPoint) => [plot.valToPos(x, 'x'), plot.valToPos(y, 'y')] as const;
  return nearestPoint(data, toPixels, [event.clientX - area.left, event.clientY - area.top], REACH);
}
