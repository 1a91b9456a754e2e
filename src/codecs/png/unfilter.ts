import { paeth } from './paeth.ts';

/*
 * The scanline filters of the PNG specification, section 9, undone. One loop a filter: the inner
 * loops run over every byte of the picture.
 */

/** Turns a row's differences into its bytes in place; `step` is the bytes a pixel. */
type RowUnfilter = (row: Uint8Array, above: Uint8Array, step: number) => void;

const none: RowUnfilter = () => undefined;

const sub: RowUnfilter = (row, _above, step) => {
  for (let i = step; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0);
};

const up: RowUnfilter = (row, above) => {
  for (let i = 0; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (above[i] ?? 0);
};

const average: RowUnfilter = (row, above, step) => {
  for (let i = 0; i < row.length; i += 1) {
    const left = i < step ? 0 : (row[i - step] ?? 0);
    row[i] = (row[i] ?? 0) + ((left + (above[i] ?? 0)) >> 1);
  }
};

const byPaeth: RowUnfilter = (row, above, step) => {
  for (let i = 0; i < Math.min(step, row.length); i += 1) {
    row[i] = (row[i] ?? 0) + (above[i] ?? 0);
  }
  for (let i = step; i < row.length; i += 1) {
    const prediction = paeth(row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0);
    row[i] = (row[i] ?? 0) + prediction;
  }
};

/** By filter type. */
const UNFILTERS: readonly RowUnfilter[] = [none, sub, up, average, byPaeth];

/**
 * Undoes the filters of one pass in place; filter types stay where they are.
 * @param lines `rowBytes + 1` bytes a row: filter type, differences
 * @param step bytes a pixel, at least 1
 * @returns false where a filter type does not exist
 */
export function unfilterScanlines(lines: Uint8Array, rowBytes: number, step: number): boolean {
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let at = 0; at < lines.length; at += rowBytes + 1) {
    const unfilter = UNFILTERS[lines[at] ?? 0];
    if (!unfilter) return false;
    const row = lines.subarray(at + 1, at + 1 + rowBytes);
    unfilter(row, above, step);
    above = row;
  }
  return true;
}
