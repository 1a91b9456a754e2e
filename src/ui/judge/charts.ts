import { ticksOf } from '../../core/export/plots.ts';

/** Maps values to places along a line of pixels, with round ticks that cover all of them. */
export function scaleOf(values: readonly number[], from: number, to: number) {
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return { ticks, at: (value: number) => from + ((to - from) * (value - low)) / (high - low) };
}
