import uPlot from 'uplot';
import { inkOf, PLOT_FONT } from '../common/plot-frame.ts';

/** One curve over the line. */
export interface ProfileCurve {
  readonly title: string;
  readonly colour: string;
  /** Lengths of dashes and gaps in CSS pixels: curves are told apart without hue too. */
  readonly dash: readonly number[];
  readonly values: readonly number[];
  /** The top of its scale: 255 of code values, 100 of L*. */
  readonly top: 255 | 100;
}

export interface ProfilePlotData {
  /** Pixels from the line's start. */
  readonly x: readonly number[];
  readonly curves: readonly ProfileCurve[];
}

/** Draws the curves into a box, as large as it is; code values and L* each fill the height. */
export function drawProfile(box: HTMLElement, { x, curves }: ProfilePlotData): uPlot {
  const ink = inkOf(box);
  const longest = x.at(-1) || 1;
  const main = curves[0]?.top ?? 255;
  const axis = {
    font: PLOT_FONT,
    stroke: ink.text,
    grid: { stroke: ink.line, width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: Math.max(120, box.clientWidth),
      height: Math.max(80, box.clientHeight),
      padding: [6, 6, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [0, longest] },
        '255': { range: () => [0, 255] },
        '100': { range: () => [0, 100] },
      },
      axes: [
        { ...axis, size: 22 },
        {
          ...axis,
          scale: String(main),
          size: 34,
          splits: () => (main === 255 ? [0, 64, 128, 192, 255] : [0, 25, 50, 75, 100]),
        },
      ],
      series: [
        {},
        ...curves.map(({ title, colour, dash, top }) => ({
          label: title,
          scale: String(top),
          stroke: colour,
          width: 1.5,
          dash: [...dash],
          points: { show: false },
        })),
      ],
    },
    [[...x], ...curves.map(({ values }) => [...values])],
    box,
  );
}
