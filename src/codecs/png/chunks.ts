import { type Bytes, concatBytes, textAt, viewOf } from '../../core/bytes.ts';
import { damagedFile } from '../decodeError.ts';
import { crc32 } from './crc.ts';

export interface PngChunk {
  readonly type: string;
  readonly data: Bytes;
  /** The whole chunk: length, type, data and CRC. */
  readonly bytes: Bytes;
}

export const PNG_SIGNATURE: Bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Lower case in a chunk type's first letter means that a decoder may leave the chunk out. */
const isAncillary = (type: string) => /^[a-z]/.test(type);

/**
 * The chunks of a PNG up to IEND, checksums verified; ancillary ones with a wrong checksum are left
 * out, as libpng does.
 * @throws DecodeError when the file ends early or a critical chunk's checksum is wrong
 */
export function readPngChunks(file: Bytes, name: string): PngChunk[] {
  const view = viewOf(file);
  const chunks: PngChunk[] = [];
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= file.length) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > file.length) break;
    const type = textAt(file, at + 4, 4);
    const isSound = crc32(file.subarray(at + 4, end - 4)) === view.getUint32(end - 4);
    if (!isSound && !isAncillary(type)) {
      throw damagedFile(name, `the checksum of its ${type} block is wrong`);
    }
    if (isSound) {
      chunks.push({ type, data: file.subarray(at + 8, end - 4), bytes: file.subarray(at, end) });
    }
    if (type === 'IEND') return chunks;
    at = end;
  }
  throw damagedFile(name, 'its end is missing');
}

/** One chunk, ready to be written. `type` has four letters. */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const chunk = new Uint8Array(data.length + 12);
  const view = viewOf(chunk);
  view.setUint32(0, data.length);
  chunk.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}

export function pngFile(chunks: readonly Uint8Array[]): Bytes {
  return concatBytes([PNG_SIGNATURE, ...chunks]);
}
