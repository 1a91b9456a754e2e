import { paeth } from './paeth.ts';

/*
 * The scanline filters of the PNG specification, section 9, for writing. One loop a filter: the
 * inner loops run over every byte of the picture.
 */

/** Writes a row's differences from its prediction to `out`; `step` is the bytes a pixel. */
type RowFilter = (out: Uint8Array, row: Uint8Array, above: Uint8Array, step: number) => void;

const none: RowFilter = (out, row) => out.set(row);

const sub: RowFilter = (out, row, _above, step) => {
  for (let i = 0; i < row.length; i += 1) {
    out[i] = (row[i] ?? 0) - (i < step ? 0 : (row[i - step] ?? 0));
  }
};

const up: RowFilter = (out, row, above) => {
  for (let i = 0; i < row.length; i += 1) out[i] = (row[i] ?? 0) - (above[i] ?? 0);
};

const byPaeth: RowFilter = (out, row, above, step) => {
  for (let i = 0; i < step; i += 1) out[i] = (row[i] ?? 0) - (above[i] ?? 0);
  for (let i = step; i < row.length; i += 1) {
    const prediction = paeth(row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0);
    out[i] = (row[i] ?? 0) - prediction;
  }
};

/**
 * Filter types and how they work, in the order they are tried: on a flat row the first is perfect
 * and ends the search. Average (3) is left out: it hardly ever wins.
 */
const FILTERS: readonly (readonly [type: number, filter: RowFilter])[] = [
  [2, up],
  [1, sub],
  [4, byPaeth],
  [0, none],
];

/** Sum of the bytes' absolute values, read as signed. */
function weightOf(differences: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < differences.length; i += 1) {
    const byte = differences[i] ?? 0;
    sum += byte < 128 ? byte : 256 - byte;
  }
  return sum;
}

/**
 * Filtered scanlines, each with its filter type in front, ready to be deflated. Every row takes the
 * filter whose differences have the least sum of absolute values (the heuristic the specification
 * recommends).
 * @param data `height` rows of `rowBytes` bytes
 * @param step bytes a pixel
 */
export function filterScanlines(
  data: Uint8Array,
  rowBytes: number,
  height: number,
  step: number,
): Uint8Array<ArrayBuffer> {
  const lines = new Uint8Array((rowBytes + 1) * height);
  const candidate = new Uint8Array(rowBytes);
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * rowBytes, (y + 1) * rowBytes);
    const line = lines.subarray(y * (rowBytes + 1), (y + 1) * (rowBytes + 1));
    let least = Number.POSITIVE_INFINITY;
    for (const [type, filter] of FILTERS) {
      filter(candidate, row, above, step);
      const weight = weightOf(candidate);
      if (weight >= least) continue;
      least = weight;
      line[0] = type;
      line.set(candidate, 1);
      if (least === 0) break;
    }
    above = row;
  }
  return lines;
}
