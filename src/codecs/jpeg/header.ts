import { type Bytes, concatBytes, hasText, viewOf } from '../../core/bytes.ts';
import type { Orientation } from '../../core/image/orientation.ts';
import { damagedFile, unsupported } from '../decodeError.ts';
import { exifOrientation } from '../exif.ts';

export interface JpegHeader {
  /** As stored, before the EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK. */
  readonly components: number;
  readonly orientation: Orientation;
  readonly icc: Bytes | null;
}

interface Segment {
  readonly marker: number;
  readonly data: Bytes;
}

const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
const APP2 = 0xe2;
const EXIF_ID = 'Exif\0\0';
const ICC_ID = 'ICC_PROFILE\0';

/** Restart markers and TEM stand alone, without a length. */
const standsAlone = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/** SOF0..SOF15 without DHT, JPG and DAC, which share their range. */
export const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Where the next marker's code is, from `at` on; bytes of a scan and stray bytes are passed over
 * (in a scan FF 00 is data). -1 at the end.
 */
function nextMarker(file: Bytes, at: number): number {
  let found = file.indexOf(0xff, at);
  while (found >= 0 && found + 1 < file.length) {
    const code = file[found + 1] ?? 0;
    if (code !== 0 && code !== 0xff) return found + 1;
    found = file.indexOf(0xff, found + 1);
  }
  return -1;
}

/**
 * All segments up to the end of the image.
 * @throws DecodeError when the file ends before the end-of-image marker: a decoder would fill the
 * rest with grey
 */
function readSegments(file: Bytes, name: string): Segment[] {
  const view = viewOf(file);
  const segments: Segment[] = [];
  let at = nextMarker(file, 2);
  while (at >= 0) {
    const marker = file[at] ?? 0;
    if (marker === EOI) return segments;
    let end = at + 1;
    if (!standsAlone(marker)) {
      if (end + 2 > file.length) break;
      end += view.getUint16(end);
      segments.push({ marker, data: file.subarray(at + 3, end) });
    }
    at = nextMarker(file, end);
  }
  throw damagedFile(name, 'its end is missing');
}

/** The profile, which may be spread over several APP2 segments that carry their number and count. */
function readIcc(segments: readonly Segment[]): Bytes | null {
  const parts = segments
    .filter(({ marker, data }) => marker === APP2 && hasText(data, 0, ICC_ID))
    .map(({ data }) => ({
      number: data[ICC_ID.length] ?? 0,
      count: data[ICC_ID.length + 1] ?? 0,
      bytes: data.subarray(ICC_ID.length + 2),
    }))
    .sort((a, b) => a.number - b.number);
  const isWhole = parts.every(({ number, count }, i) => number === i + 1 && count === parts.length);
  return parts.length > 0 && isWhole ? concatBytes(parts.map(({ bytes }) => bytes)) : null;
}

/**
 * Size, orientation and profile of a JPEG, and the proof that it is all there.
 * @throws DecodeError when it is not, or when it is of a kind browsers and OpenCV do not read
 */
export function readJpegHeader(file: Bytes, name: string): JpegHeader {
  const segments = readSegments(file, name);
  const frame = segments.find(({ marker }) => isFrame(marker));
  if (!frame || frame.data.length < 6) throw damagedFile(name, 'its header is missing');
  if (!segments.some(({ marker }) => marker === SOS)) {
    throw damagedFile(name, 'there is no picture data in it');
  }
  const view = viewOf(frame.data);
  const components = frame.data[5] ?? 0;
  const isCommon = frame.marker <= 0xc2 && frame.data[0] === 8 && [1, 3, 4].includes(components);
  if (!isCommon) {
    throw unsupported(
      name,
      'a lossless, arithmetic-coded or 12-bit JPEG',
      'Save it as PNG or as an ordinary JPEG and add it again.',
    );
  }
  const exif = segments.find(({ marker, data }) => marker === APP1 && hasText(data, 0, EXIF_ID));
  return {
    width: view.getUint16(3),
    height: view.getUint16(1),
    components,
    orientation: exif ? exifOrientation(exif.data.slice(EXIF_ID.length)) : 1,
    icc: readIcc(segments),
  };
}
