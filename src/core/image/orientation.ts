import type { Rgba8 } from './types.ts';

/** The EXIF `Orientation` tag: where row 0 and column 0 of the stored picture belong. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** True for the values 1..8 that the EXIF standard defines. */
export function isOrientation(value: number): value is Orientation {
  return Number.isInteger(value) && value >= 1 && value <= 8;
}

/** Orientations 5..8 swap width and height. */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}

/** Stored position of the first upright pixel, and the stored steps for one column and one row. */
interface Walk {
  readonly start: number;
  readonly column: number;
  readonly row: number;
}

function walkOf(orientation: Orientation, width: number, height: number): Walk {
  const right = width - 1;
  const bottom = (height - 1) * width;
  switch (orientation) {
    case 1:
      return { start: 0, column: 1, row: width };
    case 2:
      return { start: right, column: -1, row: width };
    case 3:
      return { start: bottom + right, column: -1, row: -width };
    case 4:
      return { start: bottom, column: 1, row: -width };
    case 5:
      return { start: 0, column: width, row: 1 };
    case 6:
      return { start: bottom, column: -width, row: 1 };
    case 7:
      return { start: bottom + right, column: -width, row: -1 };
    case 8:
      return { start: right, column: width, row: -1 };
  }
}

/** One 32-bit word a pixel; copies only when the bytes do not start on a word. */
function wordsOf(data: Uint8ClampedArray<ArrayBuffer>): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/**
 * Turns a stored picture upright as its EXIF orientation says (EXIF 2.3, tag 0x0112). Orientation 1
 * gives the very same object back.
 */
export function applyOrientation(picture: Rgba8, orientation: Orientation): Rgba8 {
  if (orientation === 1) return picture;
  const walk = walkOf(orientation, picture.width, picture.height);
  const swap = swapsSides(orientation);
  const width = swap ? picture.height : picture.width;
  const height = swap ? picture.width : picture.height;
  const data = new Uint8ClampedArray(picture.data.length);
  const source = wordsOf(picture.data);
  const target = new Uint32Array(data.buffer);
  let i = 0;
  for (let y = 0; y < height; y += 1) {
    let from = walk.start + y * walk.row;
    for (let x = 0; x < width; x += 1) {
      target[i] = source[from] ?? 0;
      i += 1;
      from += walk.column;
    }
  }
  return { width, height, data };
}
