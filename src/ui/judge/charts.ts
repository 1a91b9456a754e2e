import { ticksOf } from '../../core/export/plots.ts';

/** Maps values to places along a line of pixels, with round ticks that cover all of them. */
export function scaleOf(values: readonly number[], from: number, to: number) {
  const ticks = ticksOf(Math.min(...values), Math.max(...values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return { ticks, at: (value: number) => from + ((to - from) * (value - low)) / (high - low) };
}

/** A corner of a radar, the first at the top and on with the clock. @param share of the radius, 0..1 */
export function radarPoint(
  index: number,
  count: number,
  share: number,
  radius: number,
): { readonly x: number; readonly y: number } {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  return { x: radius * share * Math.cos(angle), y: radius * share * Math.sin(angle) };
}

/** The outline of values in a radar as SVG's `points`. */
export function radarOutline(shares: readonly number[], radius: number): string {
  return shares
    .map((share, index) => {
      const { x, y } = radarPoint(index, shares.length, share, radius);
      return `${x.toFixed(2)},${y.toFixed(2)}`;
    })
    .join(' ');
}
