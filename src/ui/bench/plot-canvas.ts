import { createDrawnPlot } from '../common/plot-frame.ts';
import type { PlotData, PlotPoint } from './plot-data.ts';
import { drawPlot, pointAt } from './plot-draw.ts';

interface PlotCanvas {
  /** The point under the pointer; null where none is near. */
  readonly at: (event: MouseEvent) => PlotPoint | null;
  /** Where a point stands in the box, in CSS pixels; null before anything is drawn. */
  readonly placeOf: (point: PlotPoint) => { readonly x: number; readonly y: number } | null;
}

/**
 * Keeps a plot drawn in a box while the owner lives: anew with other data, another width of the box or
 * another theme.
 */
export function createPlotCanvas(
  box: () => HTMLElement | undefined,
  data: () => PlotData,
): PlotCanvas {
  const drawn = createDrawnPlot(box, data, drawPlot);
  return {
    at: (event) => {
      const plot = drawn();
      return plot && pointAt(plot, data(), event);
    },
    placeOf: (point) => {
      const plot = drawn();
      const outer = box()?.getBoundingClientRect();
      if (!plot || !outer) return null;
      const inner = plot.over.getBoundingClientRect();
      const x = inner.left - outer.left + plot.valToPos(point.x, 'x');
      return { x, y: inner.top - outer.top + plot.valToPos(point.y, 'y') };
    },
  };
}
