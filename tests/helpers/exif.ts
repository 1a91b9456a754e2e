import { deflateSync } from 'node:zlib';
import { type Bytes, concatBytes, viewOf } from '../../src/core/bytes.ts';

/* EXIF blocks and pictures around them, written byte by byte. */

type Entry = readonly [tag: number, type: 2 | 3 | 4 | 5 | 10, value: string | readonly number[]];

export const latin = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** A directory at `start` with its values behind it; `next` is where the block then ends. */
function directory(view: DataView, start: number, entries: readonly Entry[], little: boolean) {
  let free = start + 2 + entries.length * 12 + 4;
  view.setUint16(start, entries.length, little);
  for (const [i, [tag, type, value]] of entries.entries()) {
    const at = start + 2 + i * 12;
    const length = type === 2 ? value.length : { 3: 2, 4: 4, 5: 8, 10: 8 }[type];
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, type, little);
    view.setUint32(at + 4, type === 2 ? value.length : 1, little);
    const into = length > 4 ? free : at + 8;
    if (length > 4) {
      view.setUint32(at + 8, free, little);
      free += length;
    }
    if (typeof value === 'string') new Uint8Array(view.buffer).set(latin(value), into);
    else if (type === 3) view.setUint16(into, value[0] ?? 0, little);
    else for (const [k, part] of value.entries()) view.setInt32(into + 4 * k, part, little);
  }
  return free;
}

/** A picture of a phone, taken in the dark. */
export function tiff(little: boolean): Bytes {
  const block = new Uint8Array(400);
  const view = viewOf(block);
  block.set(latin(little ? 'II*\0' : 'MM\0*'));
  view.setUint32(4, 8, little);
  const first: Entry[] = [
    [0x010f, 2, 'Google\0'],
    [0x0110, 2, 'Pixel 8\0'],
  ];
  const second = 8 + 2 + 3 * 12 + 4 + 15;
  directory(view, 8, [...first, [0x8769, 4, [second]]], little);
  const end = directory(
    view,
    second,
    [
      [0x829a, 5, [1, 25]],
      [0x829d, 5, [168, 100]],
      [0x8827, 3, [1600]],
      [0x9003, 2, '2026:03:01 19:20:00\0'],
      [0x9203, 10, [-3, 2]],
      [0x9209, 3, [16]],
      [0x920a, 5, [69, 10]],
    ],
    little,
  );
  return block.slice(0, end);
}

const u32 = (value: number, little: boolean) => {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, little);
  return bytes;
};

/** Pictures with the block, without anything to see in them. */
export const jpeg = (block: Bytes) =>
  concatBytes([
    latin('\xff\xd8\xff\xe0\0\x04ab\xff\xe1'),
    Uint8Array.of((block.length + 8) >> 8, (block.length + 8) & 255),
    latin('Exif\0\0'),
    block,
    latin('\xff\xda\0\x02'),
  ]);

const chunk = (type: string, data: Uint8Array) =>
  concatBytes([u32(data.length, false), latin(type), data, new Uint8Array(4)]);

export const png = (block: Bytes) =>
  concatBytes([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', new Uint8Array(13)),
    chunk('eXIf', block),
    chunk('IDAT', deflateSync(new Uint8Array(4))),
  ]);

export function webp(block: Bytes) {
  const part = (type: string, data: Uint8Array) =>
    concatBytes([latin(type), u32(data.length, true), data, new Uint8Array(data.length & 1)]);
  const parts = [part('VP8L', new Uint8Array(7)), part('EXIF', block)];
  return concatBytes([latin('RIFF'), u32(0, true), latin('WEBP'), ...parts]);
}
