import { type Bytes, viewOf } from '../../core/bytes.ts';
import { PALETTE, type PngHeader, type PngPass, samplesPerPixel } from './layout.ts';
import { sampleReader } from './samples.ts';

const FIRST_WITH_ALPHA = 4;

/** Whether pixel `x` of the row that starts at byte `row` lets something shine through. */
type PixelTest = (row: number, x: number) => boolean;

/** A transparent grey level or colour: two bytes a sample, of which as many bits count as one has. */
function keyTest(
  sampleAt: ReturnType<typeof sampleReader>,
  samples: number,
  depth: number,
  trns: Bytes,
): PixelTest | null {
  if (trns.length < samples * 2) return null;
  const view = viewOf(trns);
  const mask = 2 ** depth - 1;
  const key = Array.from({ length: samples }, (_, i) => view.getUint16(i * 2) & mask);
  return (row, x) => key.every((level, i) => sampleAt(row, x * samples + i) === level);
}

function pixelTest(
  lines: Uint8Array,
  { depth, colourType }: PngHeader,
  trns: Bytes | null,
): PixelTest | null {
  const sampleAt = sampleReader(lines, depth);
  const samples = samplesPerPixel(colourType);
  if (colourType >= FIRST_WITH_ALPHA) {
    const opaque = 2 ** depth - 1;
    return (row, x) => sampleAt(row, (x + 1) * samples - 1) < opaque;
  }
  if (trns === null) return null;
  if (colourType !== PALETTE) return keyTest(sampleAt, samples, depth, trns);
  // Entries beyond the chunk's end are opaque.
  return (row, x) => (trns[sampleAt(row, x)] ?? 255) < 255;
}

/**
 * Whether any pixel of an unfiltered pass is less than opaque: by its alpha, or by the `tRNS` chunk
 * (PNG specification, 11.3.1.1). A file with an alpha channel that is full everywhere has none.
 */
export function hasTransparentPixel(
  lines: Uint8Array,
  pass: PngPass,
  header: PngHeader,
  trns: Bytes | null,
): boolean {
  const test = pixelTest(lines, header, trns);
  if (test === null) return false;
  for (let y = 0; y < pass.height; y += 1) {
    const row = y * (pass.rowBytes + 1) + 1;
    for (let x = 0; x < pass.width; x += 1) if (test(row, x)) return true;
  }
  return false;
}
