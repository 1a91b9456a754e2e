import { type Bytes, hasText, textAt, viewOf } from '../core/bytes.ts';
import type { ExifFacts } from '../core/dataset/exifAttributes.ts';
import { exifFacts } from './exifFacts.ts';
import { sniffFormat } from './sniff.ts';

/** JPEG and PNG have their EXIF before the picture data. */
const HEAD_BYTES = 256 * 1024;
/** A WebP has it behind the picture: chunks are passed over one by one. */
const MOST_CHUNKS = 64;
const EXIF_ID = 'Exif\0\0';
const APP1 = 0xe1;
const SOS = 0xda;

const bytesOf = async (file: Blob, start: number, end: number): Promise<Bytes> =>
  new Uint8Array(await file.slice(start, end).arrayBuffer());

function inJpeg(head: Bytes): Bytes | null {
  const view = viewOf(head);
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === SOS) return null;
    if (marker === APP1 && hasText(head, at + 4, EXIF_ID)) return head.slice(at + 10, end);
    at = end;
  }
  return null;
}

function inPng(head: Bytes): Bytes | null {
  const view = viewOf(head);
  for (let at = 8; at + 12 <= head.length; at += 12 + view.getUint32(at)) {
    if (hasText(head, at + 4, 'IDAT')) return null;
    if (hasText(head, at + 4, 'eXIf')) return head.slice(at + 8, at + 8 + view.getUint32(at));
  }
  return null;
}

async function inWebp(file: Blob): Promise<Bytes | null> {
  let at = 12;
  for (let i = 0; i < MOST_CHUNKS && at + 8 <= file.size; i += 1) {
    const head = await bytesOf(file, at, at + 8);
    const length = viewOf(head).getUint32(4, true);
    if (textAt(head, 0, 4) === 'EXIF') {
      const data = await bytesOf(file, at + 8, at + 8 + Math.min(length, HEAD_BYTES));
      // Some programs put the JPEG's mark before it.
      return hasText(data, 0, EXIF_ID) ? data.slice(EXIF_ID.length) : data;
    }
    at += 8 + length + (length & 1);
  }
  return null;
}

/** The EXIF block (a TIFF file) of a JPEG, PNG or WebP; null where there is none. */
async function exifBlock(file: Blob, name: string): Promise<Bytes | null> {
  const head = await bytesOf(file, 0, HEAD_BYTES);
  switch (sniffFormat(head, name)) {
    case 'jpeg':
      return inJpeg(head);
    case 'png':
      return inPng(head);
    case 'webp':
      return inWebp(file);
    default:
      return null;
  }
}

/**
 * What the camera wrote into a JPEG, PNG or WebP.
 * @returns null where it wrote nothing
 * @throws {DecodeError} for what is no picture
 */
export async function readExif(file: Blob, name: string): Promise<ExifFacts | null> {
  const block = await exifBlock(file, name);
  return block && exifFacts(block);
}
