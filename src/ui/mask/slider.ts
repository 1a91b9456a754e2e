/** The largest value of the slider. */
export const SLIDER_END = 100;

/** Sizes on a slider by their logarithm: small brushes need finer steps. */
export function toSlider(size: number, largest: number): number {
  return Math.round((SLIDER_END * Math.log(size)) / Math.log(largest));
}

/** The size, in whole pixels from 1 to `largest`, at a place of the slider. */
export function fromSlider(value: number, largest: number): number {
  return Math.round(largest ** (value / SLIDER_END));
}
