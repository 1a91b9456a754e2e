import type { Rgba8 } from '../../src/core/image/types.ts';
import { picture } from './pictures.ts';

/** Texture over the dark half of the levels; `tests/fixtures/methods/make.py` makes the same. */
export const noisyPicture = (width: number, height: number): Rgba8 =>
  picture(width, height, (i) => {
    const pixel = i >> 2;
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    return ((x * 3 + y * 5 + (pixel % 7) * 4) % 90) + (i % 4) * 12;
  });
