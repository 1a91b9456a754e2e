import type { Rgba8 } from '../image/types.ts';

/** How often each of the 256 levels occurs in all three channels of a picture together. */
export function levelHistogram({ data }: Rgba8): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(256);
  for (let i = 0; i < data.length; i += 1) {
    if (i % 4 === 3) continue;
    const level = data[i] ?? 0;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
}

/** Mean level, 0..255. Of an empty histogram: 0. */
export function meanLevel(counts: Float64Array): number {
  let sum = 0;
  let total = 0;
  counts.forEach((count, level) => {
    sum += count * level;
    total += count;
  });
  return total === 0 ? 0 : sum / total;
}

/** The level of the value at place `rank` (from 0) in the sorted list of all values. */
function levelAtRank(counts: Float64Array, rank: number): number {
  let below = 0;
  for (let level = 0; level < counts.length; level += 1) {
    below += counts[level] ?? 0;
    if (rank < below) return level;
  }
  return counts.length - 1;
}

/** A percentile (0..100) of the levels, linear between neighbours as `numpy.percentile`. */
export function percentileLevel(counts: Float64Array, percent: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const place = (percent / 100) * (total - 1);
  const low = levelAtRank(counts, Math.floor(place));
  const high = levelAtRank(counts, Math.ceil(place));
  return low + (high - low) * (place - Math.floor(place));
}
