import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import type { Finding, Hint, HintPictures } from '../../src/core/inspect/hints/types.ts';

/*
 * Synthetic pictures for the hints: a person who is a rectangle, so that distances from the edge are
 * easy to know.
 */

export const [WIDTH, HEIGHT] = [192, 160] as const;
const [LEFT, TOP, RIGHT, BOTTOM] = [64, 48, 128, 128] as const;

export const isPerson = (x: number, y: number): boolean =>
  x >= LEFT && x < RIGHT && y >= TOP && y < BOTTOM;

/** Chessboard distance from the person's edge, 1 for the first pixel outside; 0 and less inside. */
export const outsideDistance = (x: number, y: number): number =>
  Math.max(LEFT - x, x - RIGHT + 1, TOP - y, y - BOTTOM + 1);

export const PERSON: BinaryMask = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isPerson(i % WIDTH, Math.floor(i / WIDTH)) ? 1 : 0,
  ),
};

/** A picture from a colour at every place; a number is a grey. Rounded and clamped. */
export function paint(
  colourAt: (x: number, y: number) => number | readonly [number, number, number],
): Rgba8 {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const colour = colourAt(i % WIDTH, Math.floor(i / WIDTH));
    const [r, g, b] = typeof colour === 'number' ? [colour, colour, colour] : colour;
    data.set([r, g, b, 255], i * 4);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

export const scene = (output: Rgba8, others: Partial<HintPictures> = {}): HintPictures => ({
  output,
  input: null,
  truth: null,
  mask: PERSON,
  seams: null,
  ...others,
});

/** A finding that must be there. */
export function found(hint: Hint, pictures: HintPictures): Finding {
  const finding = hint.measure(pictures);
  if (finding === null) throw new Error(`${hint.id} found nothing to measure.`);
  return finding;
}
