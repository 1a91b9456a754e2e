import type { Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';

/** A low-resolution grid of affine colour transforms over a picture. */
export interface AffineGrid {
  readonly rows: number;
  readonly columns: number;
  /**
   * Planar `[12, rows, columns]`: plane 4 k + m is row k (output red, green, blue), column m (input
   * red, green, blue, and 1) of each cell's matrix. Colours are code values in [0, 1].
   */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Between which cells a pixel's centre lies along one axis, and how far from the first. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly fraction: number;
}

/** Cells lie at the centres of their shares of the picture; beyond the outer ones these hold. */
export function cellsAround(pixel: number, pixels: number, cells: number): Between {
  const place = Math.min(cells - 1, Math.max(0, ((pixel + 0.5) * cells) / pixels - 0.5));
  const first = Math.floor(place);
  return { first, second: Math.min(first + 1, cells - 1), fraction: place - first };
}

/** The twelve coefficients at a pixel, bilinear between cells. */
function coefficientsAt(grid: AffineGrid, across: Between, down: Between): Float64Array {
  const { rows, columns, values } = grid;
  const at = (plane: number, row: number, column: number): number =>
    values[(plane * rows + row) * columns + column] ?? Number.NaN;
  return Float64Array.from({ length: 12 }, (_, plane) => {
    const row = (y: number): number =>
      at(plane, y, across.first) * (1 - across.fraction) +
      at(plane, y, across.second) * across.fraction;
    return row(down.first) * (1 - down.fraction) + row(down.second) * down.fraction;
  });
}

/**
 * A picture through a grid of affine colour transforms at full size; clamped to 8 bits, rounded half
 * up. What is not a number becomes 0.
 * Source: the slicing of Gharbi et al., "Deep bilateral learning for real-time image enhancement",
 * ACM Transactions on Graphics 36(4), 2017, with a grid that has no depth.
 */
export function applyAffineGrid(picture: Rgba8, grid: AffineGrid): Rgba8 {
  const { width, height, data } = picture;
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < width * height; i += 1) {
    const across = cellsAround(i % width, width, grid.columns);
    const down = cellsAround(Math.floor(i / width), height, grid.rows);
    const matrix = coefficientsAt(grid, across, down);
    for (let row = 0; row < 3; row += 1) {
      let value = matrix[4 * row + 3] ?? Number.NaN;
      for (let column = 0; column < 3; column += 1) {
        value += ((matrix[4 * row + column] ?? Number.NaN) * (data[i * 4 + column] ?? 0)) / 255;
      }
      result[i * 4 + row] = levelOf(value);
    }
    result[i * 4 + 3] = 255;
  }
  return { width, height, data: result };
}
