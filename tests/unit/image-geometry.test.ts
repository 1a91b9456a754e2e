import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyOrientation,
  isOrientation,
  type Orientation,
} from '../../src/core/image/orientation.ts';
import { reflectIndex } from '../../src/core/image/reflect.ts';
import { areaThumbnail } from '../../src/core/image/thumbnail.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';

/** A picture whose red channel holds the given rows. */
function fromRows(rows: readonly (readonly number[])[]): Rgba8 {
  const data = Uint8ClampedArray.from(rows.flat().flatMap((red) => [red, 2, 3, 255]));
  return { width: rows[0]?.length ?? 0, height: rows.length, data };
}

function toRows({ width, height, data }: Rgba8): number[][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 4] ?? -1),
  );
}

describe('EXIF orientation', () => {
  // As Pillow's exif_transpose turns the rows [1 2 3] [4 5 6].
  const upright: readonly (readonly [Orientation, number[][]])[] = [
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ];

  it.each(upright)('%i is turned upright', (orientation, rows) => {
    const stored = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const turned = applyOrientation(stored, orientation);
    expect(toRows(turned)).toEqual(rows);
    expect([...turned.data.slice(1, 4)]).toEqual([2, 3, 255]);
  });

  it('reads pixels that do not start on a word of memory', () => {
    const picture = fromRows([[1, 2, 3]]);
    const shifted = new Uint8ClampedArray(new ArrayBuffer(13), 1);
    shifted.set(picture.data);
    expect(toRows(applyOrientation({ ...picture, data: shifted }, 2))).toEqual([[3, 2, 1]]);
  });

  it('knows only the values 1 to 8', () => {
    expect([0, 1, 8, 9, 1.5, Number.NaN].filter(isOrientation)).toEqual([1, 8]);
  });
});

describe('reflected padding', () => {
  const around = (n: number, pad: number) =>
    Array.from({ length: n + 2 * pad }, (_, i) => reflectIndex(i - pad, n));

  it('mirrors about the edge pixel', () => {
    expect(around(4, 3)).toEqual([3, 2, 1, 0, 1, 2, 3, 2, 1, 0]);
  });

  it('repeats the last mirrored pixel where the side is too short', () => {
    expect(around(2, 3)).toEqual([1, 1, 1, 0, 1, 0, 0, 0]);
    expect(around(1, 2)).toEqual([0, 0, 0, 0, 0]);
  });

  it('stays inside and never jumps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -99, max: 99 }), (n, i) => {
        const here = reflectIndex(i, n);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThan(n);
        expect(Math.abs(reflectIndex(i + 1, n) - here)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('area-averaged thumbnail', () => {
  it('is cv2.INTER_AREA when it shrinks by fractions', () => {
    const rgb = Array.from({ length: 7 * 5 * 3 }, (_, i) => (i * 37) % 256);
    const data = Uint8ClampedArray.from({ length: 7 * 5 * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
    );
    // Printed by cv2.resize(rgb.astype(float32) / 255, (3, 2), interpolation=cv2.INTER_AREA).
    const expected = [
      0.3391597, 0.6170309, 0.4646499, 0.3664986, 0.5870029, 0.5493557, 0.3408404, 0.4752941,
      0.6097479, 0.4255463, 0.4452661, 0.6370869, 0.4859384, 0.3335574, 0.6114286, 0.5706443,
      0.4182633, 0.5240336,
    ];
    const thumbnail = areaThumbnail({ width: 7, height: 5, data }, 3, 2);
    expect(thumbnail).toHaveLength(18);
    expected.forEach((value, i) => {
      expect(thumbnail[i]).toBeCloseTo(value, 6);
    });
  });

  it('covers what it covers when the picture is smaller', () => {
    const thumbnail = areaThumbnail(fromRows([[0, 255]]), 3, 1);
    expect([...thumbnail.slice(0, 3)]).toEqual([0, 0.5, 1]);
  });

  it('keeps the mean and a flat colour, whatever the sizes', () => {
    const sides = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(sides, sides, sides, sides, fc.nat(), (w, h, width, height, seed) => {
        const rows = Array.from({ length: h }, (_, y) =>
          Array.from({ length: w }, (_, x) => (seed + x * 91 + y * 57) % 256),
        );
        const plane = areaThumbnail(fromRows(rows), width, height);
        const mean = (values: readonly number[]) =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        const red = [...plane.slice(0, width * height)];
        expect(mean(red)).toBeCloseTo(mean(rows.flat()) / 255, 5);
        for (const green of plane.slice(width * height, 2 * width * height)) {
          expect(green).toBeCloseTo(2 / 255, 7);
        }
      }),
    );
  });
});
