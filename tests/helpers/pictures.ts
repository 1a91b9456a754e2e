import fc from 'fast-check';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';

/*
 * Small pictures and masks for the tests of the float64 metrics, and generators of what they are
 * made from.
 */

export const picture = (width: number, height: number, levelAt: (i: number) => number): Rgba8 => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : levelAt(i),
  ),
});

export const flat = (width: number, height: number, level: number) =>
  picture(width, height, () => level);

export const maskOf = (width: number, height: number, bits: readonly number[]): BinaryMask => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => bits[i % bits.length] ?? 0),
});

export const sides = fc.integer({ min: 1, max: 8 });
export const levels = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 40 });
export const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 9 });

export const cyclic = (values: readonly number[]) => (i: number) => values[i % values.length] ?? 0;
