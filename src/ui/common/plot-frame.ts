import { type Accessor, createEffect, on, onCleanup, onMount } from 'solid-js';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { createMedia } from '../media.ts';

/** The page's own greys: a canvas knows no tokens. */
export interface Ink {
  readonly text: string;
  readonly line: string;
  readonly ground: string;
}

export function inkOf(element: HTMLElement): Ink {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const ink = { text: read('--ink-soft'), line: read('--line'), ground: read('--lobby') };
  probe.remove();
  return ink;
}

export const PLOT_FONT = '12px system-ui, sans-serif';

/** An axis of numbers with its name beside it. */
export function plotAxis(label: string, ink: Ink): uPlot.Axis {
  return {
    label,
    labelFont: PLOT_FONT,
    labelSize: 22,
    size: 30,
    font: PLOT_FONT,
    stroke: ink.text,
    grid: { stroke: ink.line, width: 1 },
    ticks: { show: false },
  };
}

/**
 * Keeps a plot drawn in a box while the owner lives: anew with other data, another width of the box or
 * another theme.
 * @returns the plot that is drawn now
 */
export function createDrawnPlot<Data>(
  box: () => HTMLElement | undefined,
  data: Accessor<Data>,
  drawIn: (box: HTMLElement, data: Data) => uPlot,
): () => uPlot | null {
  const dark = createMedia('(prefers-color-scheme: dark)');
  let plot: uPlot | null = null;
  const draw = () => {
    const own = box();
    plot?.destroy();
    plot = own ? drawIn(own, data()) : null;
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
  return () => plot;
}
