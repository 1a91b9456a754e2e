import type { Rgba8 } from '../../core/image/types.ts';
import type { Histogram } from '../../core/inspect/histogram.ts';
import type { Waveform } from '../../core/inspect/waveform.ts';

const LEVELS = 256;
const GROUND = 20;
/** Of a channel's own bar where it stands alone; all three together make a light grey. */
const BAR = 205;

/**
 * The height of each level's bar, 0..`height`: the square root of its count, so that tails are seen
 * beside peaks. The ends of the scale, where clipped pixels heap up, do not set the height of the rest.
 */
export function barHeights(counts: Float64Array, height: number): readonly number[] {
  const peak = Math.max(...counts.subarray(1, LEVELS - 1));
  const full = peak > 0 ? peak : Math.max(...counts);
  return Array.from(counts, (count) =>
    full === 0 ? 0 : Math.round(height * Math.min(1, Math.sqrt(count / full))),
  );
}

/** Histograms of red, green and blue in their own colours over each other, 256 × `height`. */
export function histogramPicture(histogram: Histogram, height: number): Rgba8 {
  const bars = [histogram.red, histogram.green, histogram.blue].map((counts) =>
    barHeights(counts, height),
  );
  const data = new Uint8ClampedArray(LEVELS * height * 4).fill(255);
  for (let i = 0; i < LEVELS * height; i += 1) {
    const rise = height - Math.floor(i / LEVELS);
    bars.forEach((heights, c) => {
      data[i * 4 + c] = (heights[i % LEVELS] ?? 0) >= rise ? BAR : GROUND;
    });
  }
  return { width: LEVELS, height, data };
}

/**
 * Luma over the picture's width, white at the top, as bright as pixels of that level are many in the
 * column; `columns` × 256. A power below 1 keeps single pixels visible beside whole walls.
 */
export function waveformPicture({ columns, counts }: Waveform): Rgba8 {
  const peak = counts.reduce((most, count) => Math.max(most, count), 1);
  const data = new Uint8ClampedArray(columns * LEVELS * 4);
  for (let column = 0; column < columns; column += 1) {
    for (let level = 0; level < LEVELS; level += 1) {
      const share = (counts[column * LEVELS + level] ?? 0) / peak;
      const grey = GROUND + (255 - GROUND) * share ** 0.4;
      data.set([grey, grey, grey, 255], ((LEVELS - 1 - level) * columns + column) * 4);
    }
  }
  return { width: columns, height: LEVELS, data };
}
