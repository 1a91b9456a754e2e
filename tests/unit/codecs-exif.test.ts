import { describe, expect, it } from 'vitest';
import { exifOrientation } from '../../src/codecs/exif.ts';
import { concatBytes, viewOf } from '../../src/core/bytes.ts';

/** A TIFF block with a maker's name in front of the orientation. */
function tiff(orientation: number, littleEndian: boolean, type = 3) {
  const block = new Uint8Array(8 + 2 + 24 + 4);
  const view = viewOf(block);
  block.set(littleEndian ? [0x49, 0x49, 42, 0] : [0x4d, 0x4d, 0, 42]);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 2, littleEndian);
  view.setUint16(10, 0x010f, littleEndian);
  view.setUint16(12, 2, littleEndian);
  view.setUint16(22, 0x0112, littleEndian);
  view.setUint16(24, type, littleEndian);
  view.setUint32(26, 1, littleEndian);
  view.setUint16(30, orientation, littleEndian);
  return block;
}

describe('the orientation in an EXIF block', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i in both byte orders', (orientation) => {
    expect(exifOrientation(tiff(orientation, true))).toBe(orientation);
    expect(exifOrientation(tiff(orientation, false))).toBe(orientation);
  });

  it('is 1 where it is missing, impossible or of another type', () => {
    expect(exifOrientation(tiff(0, true))).toBe(1);
    expect(exifOrientation(tiff(9, true))).toBe(1);
    expect(exifOrientation(tiff(6, true, 4))).toBe(1);
    expect(exifOrientation(new Uint8Array(0))).toBe(1);
    expect(exifOrientation(concatBytes([tiff(6, true).subarray(0, 4), new Uint8Array(60)]))).toBe(
      1,
    );
  });

  it('survives a block that ends anywhere or points outside', () => {
    const block = tiff(6, false);
    for (let length = 0; length < 32; length += 1) {
      expect(exifOrientation(block.slice(0, length))).toBe(1);
    }
    viewOf(block).setUint32(4, 0xfffffff0);
    expect(exifOrientation(block)).toBe(1);
  });
});
