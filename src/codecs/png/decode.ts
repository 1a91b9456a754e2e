import { decode } from 'fast-png';
import { applyOrientation, type Orientation } from '../../core/image/orientation.ts';
import type { Rgba8 } from '../../core/image/types.ts';
import { type Bytes, viewOf } from '../bytes.ts';
import { damagedFile } from '../decodeError.ts';
import { exifOrientation } from '../exif.ts';
import { requireWithinLimits } from '../limits.ts';
import { inflate } from '../zlib.ts';
import { type PngChunk, pngFile, readPngChunks } from './chunks.ts';
import { rgbaFromSamples } from './samples.ts';

export interface DecodedPng {
  readonly pixels: Rgba8;
  readonly bitDepth: number;
  readonly icc: Bytes | null;
  readonly orientation: Orientation;
  /** No chunk says anything about colour: the PNG means sRGB as it stands. */
  readonly isUntagged: boolean;
}

/** Larger profiles than this are no profiles. */
const MAX_ICC_BYTES = 16 * 1024 * 1024;
const COLOUR_CHUNKS = ['iCCP', 'cICP', 'gAMA', 'cHRM'];

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

const dataOf = (chunks: readonly PngChunk[], type: string) =>
  chunks.find((chunk) => chunk.type === type)?.data ?? null;

/** The critical chunks alone: damaged or huge metadata cannot stand in the decoder's way. */
function decodeCritical(chunks: readonly PngChunk[], name: string) {
  const critical = chunks.filter(({ type }) => ['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(type));
  try {
    return decode(pngFile(critical.map(({ bytes }) => bytes)));
  } catch {
    throw damagedFile(name, 'its picture data cannot be unpacked');
  }
}

/**
 * A PNG as OpenCV reads it, turned upright by its `eXIf` chunk where it has one.
 * @throws DecodeError when the file is damaged or too large
 */
export async function decodePng(file: Bytes, name: string): Promise<DecodedPng> {
  const chunks = readPngChunks(file, name);
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length < 13) {
    throw damagedFile(name, 'its header is missing');
  }
  const view = viewOf(header.data);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  requireWithinLimits(name, width, height);
  const { depth, channels, data, palette } = decodeCritical(chunks, name);
  const hasPalette = header.data[9] === 3;
  const rgba = rgbaFromSamples({
    width,
    height,
    depth,
    channels,
    data,
    ...(hasPalette ? { palette: palette ?? [] } : {}),
  });
  const exif = dataOf(chunks, 'eXIf');
  const iccp = dataOf(chunks, 'iCCP');
  const orientation = exif ? exifOrientation(exif) : 1;
  return {
    pixels: applyOrientation({ width, height, data: rgba }, orientation),
    bitDepth: depth === 16 ? 16 : 8,
    icc: iccp ? await readIccp(iccp) : null,
    orientation,
    isUntagged: !chunks.some(({ type }) => COLOUR_CHUNKS.includes(type)),
  };
}
