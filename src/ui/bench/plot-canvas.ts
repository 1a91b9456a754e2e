import { createEffect, on, onCleanup, onMount } from 'solid-js';
import type uPlot from 'uplot';
import { createMedia } from '../media.ts';
import type { PlotData, PlotPoint } from './plot-data.ts';
import { drawPlot, pointAt } from './plot-draw.ts';

/**
 * Keeps a plot drawn in a box while the owner lives: anew with other data, another width of the box or
 * another theme.
 * @returns the point under the pointer, null where none is near
 */
export function createPlotCanvas(
  box: () => HTMLElement | undefined,
  data: () => PlotData,
): (event: MouseEvent) => PlotPoint | null {
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
  return (event) => (plot ? pointAt(plot, data(), event) : null);
}
