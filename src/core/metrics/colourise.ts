import type { ColourMap } from '../colour/colourMaps.ts';
import type { BinaryMask, Rgba8 } from '../image/types.ts';
import type { MapRange, ScalarMap } from './maps.ts';

/** Outside the chosen region a colour is mixed with this much of this grey. */
const FADE_SHARE = 0.8;
const FADE_GREY = 32;

const LAST = 255;

/**
 * Which of a colour map's 256 colours shows a value: 0 at `range.min` and beyond it, 255 at
 * `range.max` and beyond it, linear and rounded between. A range with `min` above `max` turns the
 * colour map round.
 */
export function colourIndex(value: number, { min, max }: MapRange): number {
  const position = (value - min) / (max - min);
  return Math.round(LAST * Math.min(1, Math.max(0, position)));
}

/**
 * A map as a picture. Outside `region`, where one is given, the colours fade towards dark grey.
 * @param region of the map's size
 * @throws RangeError where the range has no width
 */
export function colourise(
  map: ScalarMap,
  range: MapRange,
  { table }: ColourMap,
  region: BinaryMask | null = null,
): Rgba8 {
  if (range.min === range.max) throw new RangeError('A scale needs two different ends.');
  const data = new Uint8ClampedArray(map.data.length * 4);
  map.data.forEach((value, pixel) => {
    const entry = colourIndex(value, range) * 3;
    const faded = region !== null && region.data[pixel] !== 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const level = table[entry + channel] ?? 0;
      data[pixel * 4 + channel] = faded ? level + FADE_SHARE * (FADE_GREY - level) : level;
    }
    data[pixel * 4 + 3] = 255;
  });
  return { width: map.width, height: map.height, data };
}
