import { type Bytes, textAt, viewOf } from '../core/bytes.ts';
import { damagedFile } from './decodeError.ts';
import type { MediaHeader } from './webp.ts';

interface Box {
  readonly type: string;
  readonly data: Bytes;
  /** False where the file ends inside the box. */
  readonly isWhole: boolean;
}

/** The boxes that follow one another in `bytes` (ISO/IEC 14496-12, 4.2). */
function boxesIn(bytes: Bytes): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short || bytes.length - at;
    const start = at + (isLong ? 16 : 8);
    const end = at + length;
    if (end < start) break;
    const isWhole = end <= bytes.length;
    boxes.push({ type: textAt(bytes, at + 4, 4), data: bytes.subarray(start, end), isWhole });
    at = end;
  }
  return boxes;
}

function childrenOf(boxes: readonly Box[], type: string, skip = 0): Box[] {
  const box = boxes.find((candidate) => candidate.type === type);
  return box ? boxesIn(box.data.subarray(skip)) : [];
}

/**
 * Size and profile of an AVIF or HEIC picture. Tiles have sizes of their own: the largest is the
 * picture's.
 * @throws DecodeError when the file ends early or tells no size
 */
export function readIsoMediaHeader(file: Bytes, name: string): MediaHeader {
  const boxes = boxesIn(file);
  if (boxes.some(({ isWhole }) => !isWhole)) throw damagedFile(name, 'its end is missing');
  const meta = childrenOf(boxes, 'meta', 4);
  const properties = childrenOf(childrenOf(meta, 'iprp'), 'ipco');
  let width = 0;
  let height = 0;
  let icc: Bytes | null = null;
  for (const { type, data } of properties) {
    if (type === 'ispe' && data.length >= 12) {
      const view = viewOf(data);
      width = Math.max(width, view.getUint32(4));
      height = Math.max(height, view.getUint32(8));
    }
    if (type === 'colr' && ['prof', 'rICC'].includes(textAt(data, 0, 4))) icc = data.slice(4);
  }
  if (width === 0 || height === 0) throw damagedFile(name, 'its header is missing');
  return { width, height, icc };
}
