import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binariseMask, greyFromRgba, resizeNearest } from '../../src/core/image/mask.ts';
import { rgbBytes } from '../../src/core/image/rgb.ts';
import type { Gray8 } from '../../src/core/image/types.ts';

const ramp = (width: number, height: number): Gray8 => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => i),
});

describe('grey of a colour picture', () => {
  it('weighs the channels in fixed point', () => {
    const data = Uint8ClampedArray.of(
      255,
      0,
      0,
      255,
      0,
      255,
      0,
      255,
      0,
      0,
      255,
      255,
      10,
      20,
      30,
      0,
    );
    expect([...greyFromRgba({ width: 4, height: 1, data }).data]).toEqual([76, 149, 29, 18]);
  });

  it('leaves grey as it is', () => {
    const data = Uint8ClampedArray.from({ length: 1024 }, (_, i) => i >> 2);
    expect([...greyFromRgba({ width: 256, height: 1, data }).data]).toEqual(
      Array.from({ length: 256 }, (_, i) => i),
    );
  });
});

describe('nearest-neighbour resize', () => {
  // Expected columns were printed by cv2.resize(..., interpolation=cv2.INTER_NEAREST).
  it.each([
    [5, 3, [0, 1, 3]],
    [3, 5, [0, 0, 1, 1, 2]],
    [7, 10, [0, 0, 1, 2, 2, 3, 4, 4, 5, 6]],
    [10, 7, [0, 1, 2, 4, 5, 7, 8]],
    [1, 4, [0, 0, 0, 0]],
  ])('from %i to %i columns', (from, to, columns) => {
    expect([...resizeNearest(ramp(from, 1), to, 1).data]).toEqual(columns);
  });

  it('handles both axes at once', () => {
    expect([...resizeNearest(ramp(4, 4), 2, 2).data]).toEqual([0, 2, 8, 10]);
  });

  it('takes every pixel from the picture', () => {
    const sides = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sides, sides, sides, sides, (w, h, width, height) => {
        const data = new Uint8Array(w * h).fill(7);
        const resized = resizeNearest({ width: w, height: h, data }, width, height);
        expect(resized.data).toEqual(new Uint8Array(width * height).fill(7));
      }),
    );
  });
});

describe('the hard mask', () => {
  it('starts at grey 128', () => {
    const data = Uint8Array.of(0, 127, 128, 255);
    expect(binariseMask({ width: 4, height: 1, data }, 4, 1)).toEqual({
      width: 4,
      height: 1,
      data: Uint8Array.of(0, 0, 1, 1),
    });
  });

  it('is resized before it is hardened', () => {
    const data = Uint8Array.of(127, 255);
    expect([...binariseMask({ width: 2, height: 1, data }, 4, 2).data]).toEqual([
      0, 0, 1, 1, 0, 0, 1, 1,
    ]);
  });
});

it('rgbBytes leaves alpha out', () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0);
  expect([...rgbBytes({ width: 2, height: 1, data })]).toEqual([1, 2, 3, 4, 5, 6]);
});
