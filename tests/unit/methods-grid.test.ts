import { describe, expect, it } from 'vitest';
import {
  type AffineGrid,
  applyAffineGrid,
  cellsAround,
} from '../../src/core/methods/affineGrid.ts';
import { methodMacs } from '../../src/core/methods/methodCost.ts';
import { mixByStrength } from '../../src/core/methods/strength.ts';
import { flat, picture } from '../helpers/pictures.ts';

/** A grid of cells from each cell's twelve coefficients. */
function gridOf(
  rows: number,
  columns: number,
  matrixAt: (row: number, column: number) => readonly number[],
): AffineGrid {
  const values = Float32Array.from({ length: 12 * rows * columns }, (_, i) => {
    const cell = i % (rows * columns);
    const matrix = matrixAt(Math.floor(cell / columns), cell % columns);
    return matrix[Math.floor(i / (rows * columns))] ?? 0;
  });
  return { rows, columns, values };
}

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

describe('affine grid', () => {
  it('puts cells at the centres of their shares', () => {
    // Four cells over eight pixels: centres at 1, 3, 5 and 7, pixel centres at 0.5, 1.5, …
    expect(cellsAround(0, 8, 4)).toEqual({ first: 0, second: 1, fraction: 0 });
    expect(cellsAround(1, 8, 4)).toEqual({ first: 0, second: 1, fraction: 0.25 });
    expect(cellsAround(2, 8, 4)).toEqual({ first: 0, second: 1, fraction: 0.75 });
    expect(cellsAround(7, 8, 4)).toEqual({ first: 3, second: 3, fraction: 0 });
    expect(cellsAround(5, 8, 1)).toEqual({ first: 0, second: 0, fraction: 0 });
  });

  it('applies rows of a matrix to red, green, blue and 1', () => {
    const swap = [0, 0, 1, 0, 1, 0, 0, 0, 0, 0.5, 0, 0.2];
    const source = picture(3, 2, (i) => [200, 100, 50][i % 4] ?? 0);
    const { data } = applyAffineGrid(
      source,
      gridOf(2, 3, () => swap),
    );
    expect([...data.subarray(0, 4)]).toEqual([50, 200, 101, 255]);
  });

  it('goes linearly from cell to cell and is constant beyond the outer centres', () => {
    const ramp = gridOf(1, 2, (_, column) => IDENTITY.map((v, k) => (k === 3 ? column : v)));
    const { data } = applyAffineGrid(flat(8, 1, 0), ramp);
    const red = Array.from({ length: 8 }, (_, x) => data[4 * x]);
    const want = [0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1];
    expect(red).toEqual(want.map((v) => Math.floor(v * 255 + 0.5)));
  });

  it('leaves a picture as it is where every cell is the identity', () => {
    const source = picture(13, 7, (i) => (i * 31) % 256);
    expect(
      applyAffineGrid(
        source,
        gridOf(4, 5, () => IDENTITY),
      ),
    ).toEqual(source);
  });
});

describe('strength', () => {
  const levels = picture(256, 1, (i) => i >> 2);
  const reversed = picture(256, 1, (i) => 255 - (i >> 2));

  it('0 gives the picture, 1 the restored one, byte for byte', () => {
    expect(mixByStrength(levels, reversed, 0)).toEqual(levels);
    expect(mixByStrength(levels, reversed, 1)).toEqual(reversed);
  });

  it('mixes light, not code values', () => {
    const { data } = mixByStrength(flat(1, 1, 0), flat(1, 1, 255), 0.5);
    // Half the light of white is level 188, not 128.
    expect([...data]).toEqual([188, 188, 188, 255]);
  });

  it('refuses two sizes', () => {
    expect(() => mixByStrength(flat(2, 1, 0), flat(1, 2, 0), 0.5)).toThrow(RangeError);
  });
});

describe('methodMacs', () => {
  it('counts 15 products a pixel for a 3-D table: 13.8 million a 720p frame', () => {
    expect(methodMacs('lut')).toBe(13_824_000);
    expect(methodMacs('curves')).toBe(0);
    expect(methodMacs('grid', 10, 10)).toBe(8100);
    expect(methodMacs('clahe', 1, 1)).toBe(29);
  });
});
