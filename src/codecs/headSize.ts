import { type Bytes, hasText, viewOf } from '../core/bytes.ts';
import { swapsSides } from '../core/image/orientation.ts';
import { emptyFile } from './decodeError.ts';
import { exifOrientation } from './exif.ts';
import { isFrame } from './jpeg/header.ts';
import { sniffFormat } from './sniff.ts';

export type PictureSize = readonly [width: number, height: number];

/** Headers lie in the first bytes; a JPEG's may stand behind a thumbnail and a profile. */
const HEAD_BYTES = 256 * 1024;

function pngSize(head: Bytes): PictureSize | null {
  if (head.length < 33) return null;
  const view = viewOf(head);
  // The rare PNG with an orientation is left to the decoder.
  for (let at = 8; at + 12 <= head.length; at += 12 + view.getUint32(at)) {
    if (hasText(head, at + 4, 'eXIf')) return null;
    if (hasText(head, at + 4, 'IDAT')) break;
  }
  return [view.getUint32(16), view.getUint32(20)];
}

function jpegSize(head: Bytes): PictureSize | null {
  const view = viewOf(head);
  let turned = false;
  for (let at = 2; at + 9 <= head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) {
      const size = [view.getUint16(at + 7), view.getUint16(at + 5)] as const;
      return turned ? [size[1], size[0]] : size;
    }
    if (marker === 0xe1 && hasText(head, at + 4, 'Exif\0\0')) {
      turned = swapsSides(exifOrientation(head.slice(at + 10, at + 2 + length)));
    }
    at += 2 + length;
  }
  return null;
}

/**
 * A picture's size by its first bytes, as it will be decoded (turned upright).
 * @returns null where it takes the decoder to know: formats other than PNG and JPEG, odd headers
 * @throws {DecodeError} for what is empty or no picture
 */
export async function headSize(file: Blob, name: string): Promise<PictureSize | null> {
  if (file.size === 0) throw emptyFile(name);
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const format = sniffFormat(head, name);
  if (format === 'png') return pngSize(head);
  return format === 'jpeg' ? jpegSize(head) : null;
}
