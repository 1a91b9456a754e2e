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
