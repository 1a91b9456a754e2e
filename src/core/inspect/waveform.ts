import type { Rgba8 } from '../image/types.ts';
import { lumaLevel } from './histogram.ts';

/**
 * How many pixels of each group of picture columns have each level: `columns × 256` counts, the 256
 * levels of a column together (`counts[column * 256 + level]`).
 */
export interface Waveform {
  readonly columns: number;
  readonly counts: Uint32Array<ArrayBuffer>;
}

/** The three waveforms of an RGB parade. */
export interface Parade {
  readonly red: Waveform;
  readonly green: Waveform;
  readonly blue: Waveform;
}

const LEVELS = 256;

function tallyColumns(
  { width, data }: Rgba8,
  columns: number,
  levelAt: (i: number) => number,
): Waveform {
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`A waveform has a whole number of columns, not ${columns}.`);
  }
  const drawn = Math.min(columns, width);
  const counts = new Uint32Array(drawn * LEVELS);
  const starts = Uint32Array.from({ length: width }, (_, x) => {
    return Math.floor((x * drawn) / width) * LEVELS;
  });
  for (let i = 0; i < data.length; i += 4) {
    const at = (starts[(i >> 2) % width] ?? 0) + levelAt(i);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { columns: drawn, counts };
}

/**
 * Luminance waveform as on a broadcast monitor: BT.601 luma, rounded half up, over the picture's
 * width.
 * @param columns at most the picture's width is used; pixel column x counts in
 *   `floor(x * columns / width)`
 * @throws RangeError where `columns` is not a whole number of 1 or more
 */
export function waveformOf(picture: Rgba8, columns: number): Waveform {
  const { data } = picture;
  return tallyColumns(picture, columns, (i) =>
    lumaLevel(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0),
  );
}

/** RGB parade: a waveform of each channel's code values. Columns as in `waveformOf`. */
export function paradeOf(picture: Rgba8, columns: number): Parade {
  const channel = (offset: 0 | 1 | 2) =>
    tallyColumns(picture, columns, (i) => picture.data[i + offset] ?? 0);
  return { red: channel(0), green: channel(1), blue: channel(2) };
}
