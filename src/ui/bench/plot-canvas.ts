import { createEffect, on, onCleanup, onMount } from 'solid-js';
import type uPlot from 'uplot';
import { createMedia } from '../media.ts';
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
  const dark = createMedia('(prefers-color-scheme: dark)');
  let plot: uPlot | null = null;
  const draw = () => {
    const own = box();
    plot?.destroy();
    plot = own ? drawPlot(own, data()) : null;
  };
  onMount(() => {
    createEffect(on([data, dark], draw));
    const size = new ResizeObserver(draw);
    const own = box();
    if (own) size.observe(own);
    // The theme of the page may be set by hand.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    onCleanup(() => {
      size.disconnect();
      theme.disconnect();
      plot?.destroy();
    });
  });
  return {
    at: (event) => (plot ? pointAt(plot, data(), event) : null),
    placeOf: (point) => {
      const outer = box()?.getBoundingClientRect();
      if (!plot || !outer) return null;
      const inner = plot.over.getBoundingClientRect();
      const x = inner.left - outer.left + plot.valToPos(point.x, 'x');
      return { x, y: inner.top - outer.top + plot.valToPos(point.y, 'y') };
    },
  };
}
