import { type Bytes, hasText, textAt, viewOf } from '../core/bytes.ts';
import type { ImageFormat } from '../protocol/codec.ts';
import { notAnImage, unsupported } from './decodeError.ts';

/** Formats that are recognised only to say what to do with them. */
const REFUSED: readonly (readonly [magic: string, what: string])[] = [
  ['GIF8', 'a GIF picture'],
  ['II*\0', 'a TIFF or raw camera picture'],
  ['MM\0*', 'a TIFF or raw camera picture'],
  ['8BPS', 'a Photoshop file'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  ['gimp xcf', 'a GIMP file'],
  ['v/1\x01', 'an OpenEXR picture'],
];

const AVIF_BRANDS = ['avif', 'avis'];
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** Real files list a handful of brands. */
const MAX_BRANDS_END = 256;

/** AVIF and HEIF share a container; its `ftyp` box lists the brands a reader needs to know. */
function sniffIsoMedia(bytes: Bytes): 'avif' | 'heic' | null {
  if (bytes.length < 16 || !hasText(bytes, 4, 'ftyp')) return null;
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, MAX_BRANDS_END);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(textAt(bytes, at, 4));
  if (brands.some((brand) => AVIF_BRANDS.includes(brand))) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.includes(brand)) ? 'heic' : null;
}

/**
 * The format by a file's first bytes; its name counts for nothing.
 * @throws DecodeError for formats that are known but not read, and for everything else
 */
export function sniffFormat(bytes: Bytes, name: string): ImageFormat {
  if (hasText(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (hasText(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return 'webp';
  const isoMedia = sniffIsoMedia(bytes);
  if (isoMedia) return isoMedia;
  // "BM" alone would make a bitmap of many a text; the reserved words behind it are zero.
  if (hasText(bytes, 0, 'BM') && hasText(bytes, 6, '\0\0\0\0')) return 'bmp';
  const refused = REFUSED.find(([magic]) => hasText(bytes, 0, magic));
  if (refused) throw unsupported(name, refused[1], 'Save it as PNG and add it again.');
  throw notAnImage(name);
}
