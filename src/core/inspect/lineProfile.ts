import { labFromRgb } from '../colour/lab.ts';
import type { Rgba8 } from '../image/types.ts';
import { atPixel } from '../metrics/perPixel.ts';

/** A place in a picture in pixels; pixel (x, y) covers x..x+1, y..y+1, its centre lies at halves. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Values at equal steps along a line, all arrays of the same length. */
export interface LineProfile {
  /** Pixels from the line's start. */
  readonly distance: Float64Array<ArrayBuffer>;
  /** Code values, 0..255. */
  readonly red: Float64Array<ArrayBuffer>;
  readonly green: Float64Array<ArrayBuffer>;
  readonly blue: Float64Array<ArrayBuffer>;
  /** CIE L*, 0..100. */
  readonly lightness: Float64Array<ArrayBuffer>;
}

type Sample = readonly [number, number, number, number];

const clamped = (i: number, length: number) => Math.min(length - 1, Math.max(0, i));

function pixelSample(picture: Rgba8, column: number, row: number): Sample {
  const pixel = clamped(row, picture.height) * picture.width + clamped(column, picture.width);
  return atPixel(picture, pixel, (r, g, b) => [r, g, b, labFromRgb(r, g, b).L]);
}

const mixed = (p: Sample, q: Sample, t: number): Sample => [
  p[0] + t * (q[0] - p[0]),
  p[1] + t * (q[1] - p[1]),
  p[2] + t * (q[2] - p[2]),
  p[3] + t * (q[3] - p[3]),
];

function bilinearSample(picture: Rgba8, { x, y }: Point): Sample {
  const [u, v] = [x - 0.5, y - 0.5];
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const along = (r: number) =>
    mixed(pixelSample(picture, column, r), pixelSample(picture, column + 1, r), u - column);
  return mixed(along(row), along(row + 1), v - row);
}

/**
 * What lies under a straight line: one sample a pixel of length or less, both ends included. Between
 * pixel centres code values and the pixels' L* are interpolated bilinearly, or the pixel under the
 * place is taken (`nearest`); beyond the edge its pixels are repeated.
 */
export function lineProfile(
  picture: Rgba8,
  from: Point,
  to: Point,
  sampling: 'bilinear' | 'nearest' = 'bilinear',
): LineProfile {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const steps = Math.max(1, Math.ceil(length));
  const empty = () => new Float64Array(steps + 1);
  const profile = {
    distance: empty(),
    red: empty(),
    green: empty(),
    blue: empty(),
    lightness: empty(),
  };
  for (let i = 0; i <= steps; i += 1) {
    const t = i / steps;
    const place = { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
    const [red, green, blue, lightness] =
      sampling === 'bilinear'
        ? bilinearSample(picture, place)
        : pixelSample(picture, Math.floor(place.x), Math.floor(place.y));
    profile.distance[i] = t * length;
    profile.red[i] = red;
    profile.green[i] = green;
    profile.blue[i] = blue;
    profile.lightness[i] = lightness;
  }
  return profile;
}
