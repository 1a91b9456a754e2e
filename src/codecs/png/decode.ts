import { type Bytes, concatBytes, viewOf } from '../../core/bytes.ts';
import { applyOrientation, type Orientation } from '../../core/image/orientation.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { damagedFile } from '../decodeError.ts';
import { exifOrientation } from '../exif.ts';
import { requireWithinLimits } from '../limits.ts';
import { inflate } from '../zlib.ts';
import { type PngChunk, readPngChunks } from './chunks.ts';

import { isAllowed, PALETTE, type PngHeader, passesOf, samplesPerPixel } from './layout.ts';
import { expandPass } from './samples.ts';
import { hasTransparentPixel } from './transparency.ts';
import { unfilterScanlines } from './unfilter.ts';

export interface DecodedPng {
  readonly pixels: Rgba8;
  readonly bitDepth: number;
  readonly icc: Bytes | null;
  readonly orientation: Orientation;
  /** True where a viewer lets something shine through some pixel; the pixels here are opaque. */
  readonly hasTransparency: boolean;
  /** No chunk says anything about colour: the PNG means sRGB as it stands. */
  readonly isUntagged: boolean;
}

/** Larger profiles than this are no profiles. */
const MAX_ICC_BYTES = 16 * 1024 * 1024;
const COLOUR_CHUNKS = ['iCCP', 'cICP', 'gAMA', 'cHRM'];

const dataOf = (chunks: readonly PngChunk[], type: string) =>
  chunks.find((chunk) => chunk.type === type)?.data ?? null;

/** The profile in an `iCCP` chunk; null where it cannot be read: the pixels matter more. */
async function readIccp(data: Bytes): Promise<Bytes | null> {
  const nameEnd = data.indexOf(0);
  if (nameEnd < 1) return null;
  try {
    return await inflate(data.slice(nameEnd + 2), MAX_ICC_BYTES);
  } catch {
    return null;
  }
}

function readHeader(chunks: readonly PngChunk[], name: string): PngHeader {
  const [first] = chunks;
  if (first?.type !== 'IHDR' || first.data.length < 13) {
    throw damagedFile(name, 'its header is missing');
  }
  const view = viewOf(first.data);
  const header: PngHeader = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colourType: view.getUint8(9),
    isInterlaced: view.getUint8(12) === 1,
  };
  // Compression and filter method 0 are the only ones there are.
  if (!isAllowed(header) || view.getUint16(10) !== 0 || view.getUint8(12) > 1) {
    throw damagedFile(name, 'its header contradicts itself');
  }
  return header;
}

/** The scanlines of all passes, still filtered. */
async function readLines(chunks: readonly PngChunk[], bytes: number, name: string): Promise<Bytes> {
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  const lines = await inflate(concatBytes(data), bytes).catch(() => null);
  if (lines?.length !== bytes) throw damagedFile(name, 'its picture data cannot be unpacked');
  return lines;
}

async function readPixels(
  chunks: readonly PngChunk[],
  header: PngHeader,
  name: string,
): Promise<{ readonly stored: Rgba8; readonly hasTransparency: boolean }> {
  const { width, height, depth, colourType } = header;
  const palette = colourType === PALETTE ? dataOf(chunks, 'PLTE') : null;
  if (colourType === PALETTE && !palette) throw damagedFile(name, 'its palette is missing');
  const passes = passesOf(header);
  const size = passes.reduce((sum, pass) => sum + (pass.rowBytes + 1) * pass.height, 0);
  const lines = await readLines(chunks, size, name);
  const step = Math.max(1, (depth * samplesPerPixel(colourType)) / 8);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const trns = dataOf(chunks, 'tRNS');
  let hasTransparency = false;
  let at = 0;
  for (const pass of passes) {
    const part = lines.subarray(at, at + (pass.rowBytes + 1) * pass.height);
    if (!unfilterScanlines(part, pass.rowBytes, step)) {
      throw damagedFile(name, 'its picture data cannot be unpacked');
    }
    expandPass(part, pass, header, palette, data);
    hasTransparency ||= hasTransparentPixel(part, pass, header, trns);
    at += part.length;
  }
  return { stored: { width, height, data }, hasTransparency };
}

/**
 * A PNG of any depth, colour type and interlacing as OpenCV reads it in colour, turned upright by
 * its `eXIf` chunk where it has one.
 * @throws DecodeError when the file is damaged or too large
 */
export async function decodePng(file: Bytes, name: string): Promise<DecodedPng> {
  const chunks = readPngChunks(file, name);
  const header = readHeader(chunks, name);
  requireWithinLimits(name, header.width, header.height);
  const { stored, hasTransparency } = await readPixels(chunks, header, name);
  const exif = dataOf(chunks, 'eXIf');
  const iccp = dataOf(chunks, 'iCCP');
  const orientation = exif ? exifOrientation(exif) : 1;
  return {
    pixels: applyOrientation(stored, orientation),
    bitDepth: header.depth === 16 ? 16 : 8,
    icc: iccp ? await readIccp(iccp) : null,
    orientation,
    hasTransparency,
    isUntagged: !chunks.some(({ type }) => COLOUR_CHUNKS.includes(type)),
  };
}
