import { type PngHeader, type PngPass, samplesPerPixel } from './layout.ts';

/** Colours of a one-sample picture by sample value, three bytes each. */
function colourTable(depth: number, palette: Uint8Array | null): Uint8Array {
  const table = new Uint8Array(3 << depth);
  if (palette) {
    // An index beyond the palette stays black, as in libpng.
    table.set(palette.subarray(0, table.length));
    return table;
  }
  const white = (1 << depth) - 1;
  return table.map((_, i) => (Math.floor(i / 3) * 255) / white);
}

/** Puts pixel `x` of the row that starts at byte `row` into `rgba` at `to`. */
type PixelReader = (row: number, x: number, to: number) => void;

/**
 * Gives sample `index` of the row that starts at byte `row`, 0..2^depth − 1: several to a byte below
 * 8 bits, two bytes at 16.
 */
export function sampleReader(
  lines: Uint8Array,
  depth: number,
): (row: number, index: number) => number {
  if (depth === 16) {
    return (row, index) => {
      const at = row + index * 2;
      return ((lines[at] ?? 0) << 8) | (lines[at + 1] ?? 0);
    };
  }
  const mask = (1 << depth) - 1;
  return (row, index) => {
    const bit = index * depth;
    return ((lines[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & mask;
  };
}

/** Samples of up to 8 bits: grey levels or palette indices. */
function tableReader(
  lines: Uint8Array,
  depth: number,
  table: Uint8Array,
  rgba: Uint8ClampedArray,
): PixelReader {
  const sampleAt = sampleReader(lines, depth);
  return (row, x, to) => {
    const entry = sampleAt(row, x) * 3;
    rgba[to] = table[entry] ?? 0;
    rgba[to + 1] = table[entry + 1] ?? 0;
    rgba[to + 2] = table[entry + 2] ?? 0;
  };
}

/** Whole bytes; of 16 bits the upper byte, which comes first. */
function byteReader(
  lines: Uint8Array,
  { depth, colourType }: PngHeader,
  rgba: Uint8ClampedArray,
): PixelReader {
  const bytes = depth / 8;
  const samples = samplesPerPixel(colourType);
  const green = samples < 3 ? 0 : bytes;
  const blue = samples < 3 ? 0 : 2 * bytes;
  return (row, x, to) => {
    const from = row + x * samples * bytes;
    rgba[to] = lines[from] ?? 0;
    rgba[to + 1] = lines[from + green] ?? 0;
    rgba[to + 2] = lines[from + blue] ?? 0;
  };
}

/**
 * Writes the pixels of one unfiltered pass into `rgba` as OpenCV reads them in colour: grey
 * replicated, palettes expanded, fewer than 8 bits stretched, 16 bits `>> 8`. Alpha is left alone.
 */
export function expandPass(
  lines: Uint8Array,
  pass: PngPass,
  header: PngHeader,
  palette: Uint8Array | null,
  rgba: Uint8ClampedArray,
): void {
  const { depth, colourType, width } = header;
  const read =
    samplesPerPixel(colourType) === 1 && depth <= 8
      ? tableReader(lines, depth, colourTable(depth, palette), rgba)
      : byteReader(lines, header, rgba);
  for (let y = 0; y < pass.height; y += 1) {
    const row = y * (pass.rowBytes + 1) + 1;
    const start = (pass.y0 + y * pass.dy) * width + pass.x0;
    for (let x = 0; x < pass.width; x += 1) read(row, x, (start + x * pass.dx) * 4);
  }
}
