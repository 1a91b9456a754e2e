import type { Rgba8 } from '../image/types.ts';
import { levelOf } from './levels.ts';

/** Red, green and blue. */
export type Rgb = readonly [number, number, number];

/** A 3-D look-up table: an output colour for every point of a grid over the cube of input colours. */
export interface Lut3d {
  /** Points a side, at least 2. */
  readonly size: number;
  /** The input colours (code values, 0 black and 1 white) at the first and the last point. */
  readonly domainMin: Rgb;
  readonly domainMax: Rgb;
  /** Planar `[3, blue, green, red]`: a plane for each output channel, the red input fastest. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Where an input value lies along one side: the point below it, and how far it is from there. */
function placeOf(value: number, min: number, max: number, steps: number): [number, number] {
  const place = Math.min(1, Math.max(0, (value - min) / (max - min))) * steps;
  const point = Math.min(Math.floor(place), steps - 1);
  return [point, place - point];
}

/**
 * The output colour of one input colour by tetrahedral interpolation: every cell is cut along its
 * grey diagonal into six tetrahedra, and the way from a cell's dark to its bright corner takes the
 * axes in the order of the colour's fractions. Not clamped.
 * Source: Kasson, Nin, Plouffe and Hafner, "Performing color space conversions with three-dimensional
 * linear interpolation", Journal of Electronic Imaging 4(3), 1995.
 * @param colour code values; outside of the domain its nearest colour counts
 */
export function lutColour(lut: Lut3d, colour: Rgb): Rgb {
  const { size, domainMin, domainMax, values } = lut;
  const strides = [1, size, size * size] as const;
  let corner = 0;
  const axes = ([0, 1, 2] as const).map((axis) => {
    const [point, fraction] = placeOf(colour[axis], domainMin[axis], domainMax[axis], size - 1);
    corner += point * strides[axis];
    return { fraction, stride: strides[axis] };
  });
  axes.sort((p, q) => q.fraction - p.fraction);
  const channel = (plane: number): number => {
    let at = plane * size ** 3 + corner;
    let value = values[at] ?? Number.NaN;
    let sum = value;
    for (const { fraction, stride } of axes) {
      at += stride;
      const next = values[at] ?? Number.NaN;
      sum += fraction * (next - value);
      value = next;
    }
    return sum;
  };
  return [channel(0), channel(1), channel(2)];
}

/** A picture through a table; clamped to 8 bits, rounded half up. What is not a number becomes 0. */
export function applyLut(picture: Rgba8, lut: Lut3d): Rgba8 {
  const { width, height, data } = picture;
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const colour: Rgb = [(data[i] ?? 0) / 255, (data[i + 1] ?? 0) / 255, (data[i + 2] ?? 0) / 255];
    lutColour(lut, colour).forEach((value, channel) => {
      result[i + channel] = levelOf(value);
    });
    result[i + 3] = 255;
  }
  return { width, height, data: result };
}
