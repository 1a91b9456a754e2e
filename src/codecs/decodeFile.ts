import type { Bytes } from '../core/bytes.ts';
import { applyOrientation } from '../core/image/orientation.ts';
import type { Rgba8 } from '../core/image/types.ts';
import type { ImageFormat } from '../protocol/codec.ts';
import { decodeBmp } from './bmp.ts';
import { damagedFile, emptyFile, unsupported } from './decodeError.ts';
import { readIsoMediaHeader } from './isoMedia.ts';
import type { JpegDecoder } from './jpeg/decoder.ts';
import { type JpegHeader, readJpegHeader } from './jpeg/header.ts';
import { requireWithinLimits } from './limits.ts';
import { makeOpaque } from './opaque.ts';
import { decodePng } from './png/decode.ts';
import { type EmbeddedProfile, embeddedProfile } from './profile/embedded.ts';
import { sniffFormat } from './sniff.ts';
import { readWebpHeader } from './webp.ts';

/**
 * The browser's own decoder, orientation applied, alpha as it is in the file. `raw` gives code values
 * as stored, `srgb` converts them. Rejects where the browser cannot read the file.
 */
export type BrowserDecoder = (
  file: Bytes,
  mimeType: string,
  colours: 'raw' | 'srgb',
) => Promise<Rgba8>;

export interface Decoders {
  readonly decodeJpeg: JpegDecoder;
  /** Null outside a browser. */
  readonly decodeInBrowser: BrowserDecoder | null;
}

export interface DecodedFile {
  /** Raw code values, upright, alpha 255. */
  readonly pixels: Rgba8;
  readonly format: ImageFormat;
  readonly bitDepth: number;
  /** True where the bytes are OpenCV's. */
  readonly exact: boolean;
  readonly profile: EmbeddedProfile | null;
  /** True where some pixel of the file is less than opaque; `pixels` has the colour under it. */
  readonly hasTransparency: boolean;
  /** True where the browser, given the file, shows these pixels: turned alike and opaque. */
  readonly browserAgrees: boolean;
  /** True for a PNG that says nothing about colour and nothing about orientation. */
  readonly isPlainPng: boolean;
}

async function decodePngFile(file: Bytes, name: string): Promise<DecodedFile> {
  const { pixels, bitDepth, icc, orientation, hasTransparency, isUntagged } = await decodePng(
    file,
    name,
  );
  return {
    pixels,
    format: 'png',
    bitDepth,
    exact: true,
    profile: embeddedProfile(icc),
    hasTransparency,
    // Browsers keep alpha, and not all of them turn a PNG by its eXIf chunk.
    browserAgrees: orientation === 1 && !hasTransparency,
    isPlainPng: isUntagged && orientation === 1,
  };
}

const COMMON = {
  bitDepth: 8,
  hasTransparency: false,
  browserAgrees: true,
  isPlainPng: false,
} as const;

/** The WASM decoder has no CMYK: the browser's conversion is near enough for looking. */
async function decodeCmyk(file: Bytes, name: string, decoders: Decoders): Promise<DecodedFile> {
  const { pixels } = await inBrowser(file, name, 'jpeg', 'srgb', decoders);
  return { ...COMMON, pixels, format: 'jpeg', exact: false, profile: null };
}

async function storedJpeg(
  file: Bytes,
  name: string,
  { width, height }: JpegHeader,
  decode: JpegDecoder,
) {
  const pixels = await decode(file);
  if (!pixels) throw damagedFile(name, 'its picture data cannot be unpacked');
  if (pixels.width === width && pixels.height === height) return pixels;
  throw damagedFile(name, 'its header and its picture data contradict each other');
}

async function decodeJpegFile(file: Bytes, name: string, decoders: Decoders): Promise<DecodedFile> {
  const header = readJpegHeader(file, name);
  requireWithinLimits(name, header.width, header.height);
  if (header.components === 4) return decodeCmyk(file, name, decoders);
  const stored = await storedJpeg(file, name, header, decoders.decodeJpeg);
  const pixels = applyOrientation(stored, header.orientation);
  return { ...COMMON, pixels, format: 'jpeg', exact: true, profile: embeddedProfile(header.icc) };
}

const HEIC_REMEDY =
  'Convert it to JPEG or PNG and add it again: on an iPhone send it by mail or set Camera › ' +
  'Formats to “Most Compatible”; on a Mac choose File › Export in Preview.';

async function inBrowser(
  file: Bytes,
  name: string,
  format: 'jpeg' | 'webp' | 'avif' | 'heic',
  colours: 'raw' | 'srgb',
  { decodeInBrowser }: Decoders,
): Promise<Pick<DecodedFile, 'pixels' | 'hasTransparency'>> {
  const what =
    format === 'jpeg' ? 'a CMYK JPEG' : `a picture in the ${format.toUpperCase()} format`;
  const remedy = format === 'heic' ? HEIC_REMEDY : 'Save it as PNG and add it again.';
  if (!decodeInBrowser) throw unsupported(name, what, remedy);
  try {
    const pixels = await decodeInBrowser(file, `image/${format}`, colours);
    return { pixels, hasTransparency: makeOpaque(pixels) };
  } catch {
    if (format === 'heic') throw unsupported(name, `${what} that this browser cannot read`, remedy);
    throw damagedFile(name, 'the browser cannot read it');
  }
}

async function decodeMediaFile(
  file: Bytes,
  name: string,
  format: 'webp' | 'avif' | 'heic',
  decoders: Decoders,
): Promise<DecodedFile> {
  const { width, height, icc } =
    format === 'webp' ? readWebpHeader(file, name) : readIsoMediaHeader(file, name);
  requireWithinLimits(name, width, height);
  const profile = embeddedProfile(icc);
  // AVIF can name its colour space without a profile (nclx): then let the browser convert it.
  const decoded = await inBrowser(file, name, format, profile ? 'raw' : 'srgb', decoders);
  const browserAgrees = !decoded.hasTransparency;
  return { ...COMMON, ...decoded, browserAgrees, format, exact: false, profile };
}

/**
 * Decodes an image file for measuring: byte-equal to OpenCV for PNG, JPEG and BMP, by the browser
 * for WebP, AVIF and HEIC. Sizes are checked before anything of that size is allocated.
 * @throws DecodeError with a finished sentence that names the file and the remedy
 */
export async function decodeFile(
  file: Bytes,
  name: string,
  decoders: Decoders,
): Promise<DecodedFile> {
  if (file.length === 0) throw emptyFile(name);
  const format = sniffFormat(file, name);
  switch (format) {
    case 'png':
      return decodePngFile(file, name);
    case 'jpeg':
      return decodeJpegFile(file, name, decoders);
    case 'bmp':
      return {
        ...COMMON,
        pixels: decodeBmp(file, name),
        format,
        exact: true,
        profile: null,
      };
    default:
      return decodeMediaFile(file, name, format, decoders);
  }
}
