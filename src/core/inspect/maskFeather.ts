import type { Gray8 } from '../image/types.ts';

/** Radii of three boxes one after another whose variances add up to nearly `sigma` squared. */
function boxRadii(sigma: number): readonly number[] {
  const small = Math.floor((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);
  const choices = [0, 1, 2, 3].map((larger) => [0, 1, 2].map((i) => small + (i < larger ? 1 : 0)));
  const error = (radii: readonly number[]) =>
    Math.abs(radii.reduce((sum, radius) => sum + ((2 * radius + 1) ** 2 - 1) / 12, -(sigma ** 2)));
  return choices.reduce((best, radii) => (error(radii) < error(best) ? radii : best));
}

interface Levels {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Each row's means over `2 radius + 1` pixels, cut off at its ends. */
function meanOfRows({ width, height, data }: Levels, radius: number, to: Float32Array): void {
  for (let start = 0; start < width * height; start += width) {
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x += 1) sum += data[start + x] ?? 0;
    for (let x = 0; x < width; x += 1) {
      if (x + radius < width) sum += data[start + x + radius] ?? 0;
      if (x > radius) sum -= data[start + x - radius - 1] ?? 0;
      const count = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      to[start + x] = sum / count;
    }
  }
}

/** Each column's; row by row, because memory is read along rows. */
function meanOfColumns({ width, height, data }: Levels, radius: number, to: Float32Array): void {
  const sums = new Float64Array(width);
  const add = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return;
    for (let x = 0; x < width; x += 1) {
      sums[x] = (sums[x] ?? 0) + sign * (data[y * width + x] ?? 0);
    }
  };
  for (let y = 0; y < radius; y += 1) add(y, 1);
  for (let y = 0; y < height; y += 1) {
    add(y + radius, 1);
    add(y - radius - 1, -1);
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let x = 0; x < width; x += 1) to[y * width + x] = (sums[x] ?? 0) / count;
  }
}

/**
 * The mask with its edge softened: a Gaussian blur, approximated by three box means (Wells, "Efficient
 * synthesis of Gaussian filters by cascaded uniform filters", IEEE PAMI 8(2), 1986). At the edges of
 * the picture only what lies inside is averaged. A mask of 12 megapixels takes most of a second.
 * @param sigma in pixels
 * @throws RangeError where sigma is not above 0
 */
export function featheredMask({ width, height, data: levels }: Gray8, sigma: number): Gray8 {
  if (!(sigma > 0)) throw new RangeError(`A feather is wider than 0 pixels, not ${sigma}.`);
  const data = new Float32Array(levels);
  const between = new Float32Array(data.length);
  for (const radius of boxRadii(sigma)) {
    meanOfRows({ width, height, data }, radius, between);
    meanOfColumns({ width, height, data: between }, radius, data);
  }
  const softened = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 1) softened[i] = Math.round(data[i] ?? 0);
  return { width, height, data: softened };
}
