import { overlapOf, type Shift } from './alignment.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const signed = (value: number): string => String(value).replace('-', '−');

/** "(3, −2)": right and down are positive. */
export function shiftText({ dx, dy }: Shift): string {
  return `(${signed(dx)}, ${signed(dy)})`;
}

/** "shifted by (3, −2); 1021×766 pixels compared", for labels on the page, in figures and exports. */
export function comparedUnder(shift: Shift, truth: Size, output: Size): string {
  const overlap = overlapOf(truth, output, shift);
  if (overlap === null) return `shifted by ${shiftText(shift)}`;
  const { width, height } = overlap.first;
  return `shifted by ${shiftText(shift)}; ${width}×${height} pixels compared`;
}
