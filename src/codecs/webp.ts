import { type Bytes, textAt, viewOf } from '../core/bytes.ts';
import { damagedFile } from './decodeError.ts';

/** What is known of a picture that the browser decodes, before it does. */
export interface MediaHeader {
  readonly width: number;
  readonly height: number;
  readonly icc: Bytes | null;
}

/** Size in a VP8X, VP8L or VP8 chunk (RFC 9649); null for other chunks. */
function sizeIn(type: string, data: Bytes): readonly [number, number] | null {
  const view = viewOf(data);
  if (type === 'VP8X' && data.length >= 10) {
    const at = (offset: number) =>
      1 + view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16);
    return [at(4), at(7)];
  }
  if (type === 'VP8L' && data.length >= 5) {
    const packed = view.getUint32(1, true);
    return [1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff)];
  }
  if (type === 'VP8 ' && data.length >= 10) {
    return [view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff];
  }
  return null;
}

/**
 * Size and profile of a WebP.
 * @throws DecodeError when the file is shorter than it says or holds no picture
 */
export function readWebpHeader(file: Bytes, name: string): MediaHeader {
  const view = viewOf(file);
  const isWhole = file.length >= 20 && view.getUint32(4, true) + 8 <= file.length;
  if (!isWhole) throw damagedFile(name, 'its end is missing');
  let size: readonly [number, number] | null = null;
  let icc: Bytes | null = null;
  let at = 12;
  while (at + 8 <= file.length) {
    const type = textAt(file, at, 4);
    const length = view.getUint32(at + 4, true);
    const data = file.subarray(at + 8, at + 8 + length);
    size ??= sizeIn(type, data);
    if (type === 'ICCP') icc = data.slice();
    at += 8 + length + (length & 1);
  }
  if (!size) throw damagedFile(name, 'its header is missing');
  return { width: size[0], height: size[1], icc };
}
