import type { Rgb } from './lut3d.ts';

/**
 * Three random words of three: a hash that any pixel can ask for, the same on every machine.
 * Source: Jarzynski and Olano, "Hash functions for GPU rendering", Journal of Computer Graphics
 * Techniques 9(3), 2020 (pcg3d).
 * @returns whole numbers in [0, 2^32)
 */
export function pcg3d(a: number, b: number, c: number): Rgb {
  const scramble = (word: number) => (Math.imul(word, 1664525) + 1013904223) | 0;
  let [x, y, z] = [scramble(a), scramble(b), scramble(c)];
  const stir = () => {
    x = (x + Math.imul(y, z)) | 0;
    y = (y + Math.imul(z, x)) | 0;
    z = (z + Math.imul(x, y)) | 0;
  };
  stir();
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  stir();
  return [x >>> 0, y >>> 0, z >>> 0];
}

/** The second field's seeds lie apart from the first's. */
const OTHER_FIELD = 0x9e3779b9;
/** Four bytes of a word add up to 510 on average, with variance 4 (256² - 1) / 12. */
const BYTES_MEAN = 510;
const BYTES_DEVIATION = Math.sqrt((256 ** 2 - 1) / 3);
/** Root of the sum of the squares of the 3 × 3 binomial kernel's weights 1, 2 and 4. */
const KERNEL_NORM = 6;

/** The sum of a word's bytes, less its mean: near to a normal distribution, and a whole number. */
function byteSum(word: number): number {
  return (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - BYTES_MEAN;
}

/**
 * What the sums of the white and of the blurred field are scaled by for variance 1 in all.
 * @param correlation the blurred field's share of the variance
 */
export function noiseScales(correlation: number): readonly [number, number] {
  return [
    Math.sqrt(1 - correlation) / BYTES_DEVIATION,
    Math.sqrt(correlation) / (KERNEL_NORM * BYTES_DEVIATION),
  ];
}

/**
 * Noise of a pixel, a value a channel: mean 0, variance 1, independent between channels. A share
 * `correlation` of the variance comes from a second field blurred by the 3 × 3 binomial kernel, so
 * that neighbours have it in common.
 */
export function noiseAt(x: number, y: number, seed: number, correlation: number): Rgb {
  const white = pcg3d(x, y, seed);
  const tied: [number, number, number] = [0, 0, 0];
  for (let k = 0; k < 9; k += 1) {
    const [dx, dy] = [(k % 3) - 1, Math.floor(k / 3) - 1];
    const words = pcg3d(x + dx, y + dy, seed ^ OTHER_FIELD);
    const weight = 4 >> (Math.abs(dx) + Math.abs(dy));
    for (const channel of [0, 1, 2] as const) tied[channel] += weight * byteSum(words[channel]);
  }
  const [one, other] = noiseScales(correlation);
  const value = (channel: 0 | 1 | 2) => one * byteSum(white[channel]) + other * tied[channel];
  return [value(0), value(1), value(2)];
}
