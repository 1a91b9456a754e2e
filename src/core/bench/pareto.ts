import type { Direction } from './types.ts';

/** A method's cost (less is better) and quality. */
export interface CostPoint {
  readonly id: string;
  readonly cost: number;
  readonly quality: number;
}

/**
 * The methods that no other beats in both cost and quality, from cheap to dear. Of two with the same
 * cost and quality both stay.
 */
export function paretoFront(points: readonly CostPoint[], direction: Direction): CostPoint[] {
  const sign = direction === 'higher-is-better' ? 1 : -1;
  const better = (a: CostPoint, b: CostPoint): boolean => {
    const gain = sign * (a.quality - b.quality);
    return a.cost <= b.cost && gain >= 0 && (a.cost < b.cost || gain > 0);
  };
  return points
    .filter((point) => !points.some((other) => better(other, point)))
    .sort((a, b) => a.cost - b.cost || sign * (a.quality - b.quality));
}
