import { type Bytes, hasText, viewOf } from '../core/bytes.ts';
import { isOrientation, type Orientation } from '../core/image/orientation.ts';

const ORIENTATION_TAG = 0x0112;
const TYPE_SHORT = 3;

/**
 * The orientation in a TIFF block (what stands behind "Exif\0\0" in a JPEG, or in a PNG's `eXIf`
 * chunk): tag 0x0112 of the first directory. 1 where there is none or the block is damaged: a
 * picture must not be lost over its metadata.
 */
export function exifOrientation(tiff: Bytes): Orientation {
  const littleEndian = hasText(tiff, 0, 'II*\0');
  if (!littleEndian && !hasText(tiff, 0, 'MM\0*')) return 1;
  const view = viewOf(tiff);
  if (tiff.length < 8) return 1;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i += 1) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.length) return 1;
    if (view.getUint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
    if (view.getUint16(entry + 2, littleEndian) !== TYPE_SHORT) return 1;
    const value = view.getUint16(entry + 8, littleEndian);
    return isOrientation(value) ? value : 1;
  }
  return 1;
}
