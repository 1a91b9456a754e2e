import { type Bytes, viewOf } from '../core/bytes.ts';
import type { Rgba8 } from '../core/image/types.ts';
import { damagedFile, unsupported } from './decodeError.ts';
import { requireWithinLimits } from './limits.ts';

const FILE_HEADER = 14;
const OS2_HEADER = 12;
const WINDOWS_HEADER = 40;
const NO_COMPRESSION = 0;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  /** Where palette or channel masks stand. */
  readonly tableAt: number;
  readonly colours: number;
  /** Bytes a palette entry. */
  readonly entry: number;
}

function readHeader(file: Bytes, name: string): BmpHeader {
  const view = viewOf(file);
  const hasBytes = (count: number) => file.length >= FILE_HEADER + count;
  if (!hasBytes(OS2_HEADER)) throw damagedFile(name, 'its header is missing');
  const pixelsAt = view.getUint32(10, true);
  const size = view.getUint32(FILE_HEADER, true);
  if (size === OS2_HEADER) {
    const bits = view.getUint16(24, true);
    return {
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      isTopDown: false,
      bits,
      compression: NO_COMPRESSION,
      pixelsAt,
      tableAt: FILE_HEADER + OS2_HEADER,
      colours: bits <= 8 ? 1 << bits : 0,
      entry: 3,
    };
  }
  if (!hasBytes(WINDOWS_HEADER)) throw damagedFile(name, 'its header is missing');
  const height = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const colours = view.getUint32(46, true);
  return {
    width: view.getInt32(18, true),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    compression,
    pixelsAt,
    // Later headers hold the channel masks where they stand behind the first kind of header.
    tableAt: FILE_HEADER + (compression === NO_COMPRESSION ? size : WINDOWS_HEADER),
    colours: bits > 8 ? 0 : Math.min(colours || 1 << bits, 1 << bits),
    entry: 4,
  };
}

/** Puts the colour of pixel `x` of the row at byte `row` into `rgba` at `to`. */
type PixelReader = (row: number, x: number, rgba: Uint8ClampedArray, to: number) => void;

function paletteReader(file: Bytes, header: BmpHeader): PixelReader {
  const { bits, tableAt, entry, colours } = header;
  const palette = new Uint8Array(3 << bits);
  for (let i = 0; i < colours; i += 1) {
    const at = tableAt + i * entry;
    palette.set([file[at + 2] ?? 0, file[at + 1] ?? 0, file[at] ?? 0], i * 3);
  }
  return (row, x, rgba, to) => {
    const bit = x * bits;
    const byte = file[row + (bit >> 3)] ?? 0;
    const index = ((byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)) * 3;
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[to + channel] = palette[index + channel] ?? 0;
    }
  };
}

/** Whole bytes, blue first; `offsets` are those of red, green and blue. */
function byteReader(file: Bytes, step: number, offsets: readonly number[]): PixelReader {
  const [red = 2, green = 1, blue = 0] = offsets;
  return (row, x, rgba, to) => {
    const from = row + x * step;
    rgba[to] = file[from + red] ?? 0;
    rgba[to + 1] = file[from + green] ?? 0;
    rgba[to + 2] = file[from + blue] ?? 0;
  };
}

/** 16 bits a pixel. The low bits of a byte stay 0, as OpenCV leaves them: white is 248. */
function shortReader(file: Bytes, greenBits: 5 | 6): PixelReader {
  return (row, x, rgba, to) => {
    const value = (file[row + x * 2] ?? 0) | ((file[row + x * 2 + 1] ?? 0) << 8);
    rgba[to] = (value >> (greenBits === 6 ? 8 : 7)) & 0xf8;
    rgba[to + 1] = greenBits === 6 ? (value >> 3) & 0xfc : (value >> 2) & 0xf8;
    rgba[to + 2] = (value << 3) & 0xf8;
  };
}

/** Byte offset of a channel from its 32-bit mask; -1 where the channel is not a whole byte. */
const byteOfMask = (mask: number) => [0xff, 0xff00, 0xff0000, 0xff000000].indexOf(mask);

function readerOf(file: Bytes, header: BmpHeader): PixelReader | null {
  const { bits, compression, tableAt } = header;
  const isPlain = compression === NO_COMPRESSION;
  if ([1, 4, 8].includes(bits)) return isPlain ? paletteReader(file, header) : null;
  if (bits === 24) return isPlain ? byteReader(file, 3, []) : null;
  if (bits !== 16 && bits !== 32) return null;
  if (isPlain) return bits === 16 ? shortReader(file, 5) : byteReader(file, 4, []);
  if (compression !== BITFIELDS && compression !== ALPHA_BITFIELDS) return null;
  if (tableAt + 12 > file.length) return null;
  const view = viewOf(file);
  const masks = [0, 4, 8].map((offset) => view.getUint32(tableAt + offset, true));
  if (bits === 16) {
    if (masks[0] === 0xf800) return shortReader(file, 6);
    return masks[0] === 0x7c00 ? shortReader(file, 5) : null;
  }
  const offsets = masks.map(byteOfMask);
  return offsets.includes(-1) ? null : byteReader(file, 4, offsets);
}

/**
 * An uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits a pixel, bottom-up or top-down, as OpenCV reads
 * it in colour (alpha dropped).
 * @throws DecodeError when the file is damaged, compressed or too large
 */
export function decodeBmp(file: Bytes, name: string): Rgba8 {
  const header = readHeader(file, name);
  const { width, height, isTopDown, bits, pixelsAt } = header;
  requireWithinLimits(name, width, height);
  const read = readerOf(file, header);
  if (!read) {
    throw unsupported(
      name,
      'a compressed or unusual BMP picture',
      'Save it as PNG and add it again.',
    );
  }
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (pixelsAt + rowBytes * height > file.length) throw damagedFile(name, 'its end is missing');
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    const row = pixelsAt + (isTopDown ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1) read(row, x, data, (y * width + x) * 4);
  }
  return { width, height, data };
}
