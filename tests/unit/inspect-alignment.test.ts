import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { findShift, overlapOf, type Shift } from '../../src/core/inspect/alignment.ts';
import { boxMeans, locallyNormalised, reducedLuma } from '../../src/core/inspect/localContrast.ts';
import { pcg3d } from '../../src/core/methods/noise.ts';
import { makeRandom } from '../../src/core/stats/random.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';
import { flat, picture } from '../helpers/pictures.ts';
import { firstSample, sampleFile } from '../helpers/samples.ts';

/** Noise on a lattice of `size` pixels, smooth between its points, 0..1. */
function blobs(x: number, y: number, size: number): number {
  const [column, row] = [Math.floor(x / size), Math.floor(y / size)];
  const [u, v] = [x / size - column, y / size - row].map((t) => t * t * (3 - 2 * t));
  const at = (i: number, j: number) => pcg3d(column + i, row + j, size)[0] / 2 ** 32;
  const along = (j: number) => at(0, j) + (u ?? 0) * (at(1, j) - at(0, j));
  return along(0) + (v ?? 0) * (along(1) - along(0));
}

const MARGIN = 40;
const TABLE = [410, 320] as const;
const table = Float64Array.from({ length: TABLE[0] * TABLE[1] }, (_, i) => {
  const [x, y] = [i % TABLE[0], Math.floor(i / TABLE[0])];
  return 110 * blobs(x, y, 23) + 80 * blobs(x, y, 11) + 65 * blobs(x, y, 5);
});

/** A scene larger than its pictures: blobs of three sizes, 0..255. */
const sceneAt = (x: number, y: number): number =>
  table[(y + MARGIN) * TABLE[0] + x + MARGIN] ?? Number.NaN;

/** The scene seen from a place, with its levels passed through a tone curve and noise on top. */
function seen(
  [width, height]: readonly [number, number],
  { dx, dy }: Shift,
  tone: (level: number, x: number, y: number) => number = (level) => level,
  noise = 0,
): Rgba8 {
  const random = makeRandom(7);
  const levels = Float64Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const grain = noise * (random.next() + random.next() + random.next() - 1.5) * 2;
    return Math.round(tone(sceneAt(x - dx, y - dy), x, y) + grain);
  });
  return picture(width, height, (i) => levels[i >> 2] ?? 0);
}

const NONE = { dx: 0, dy: 0 };
const SMALL = [110, 80] as const;
const LARGE = [330, 240] as const;

describe('alignment', () => {
  it.each([
    [3, -5],
    [0, 1],
    [-17, 20],
  ])('finds a shift of %i, %i in a small picture', (dx, dy) => {
    const found = findShift(seen(SMALL, NONE), seen(SMALL, { dx, dy }));
    expect(found).toMatchObject({ dx, dy });
    expect(found?.confidence).toBeGreaterThan(0.3);
    expect(found?.correlation).toBeGreaterThan(found?.unshifted ?? 1);
  });

  it.each([
    [1, 0],
    [-7, 11],
    [32, -32],
  ])('finds a shift of %i, %i to the pixel in a picture that is reduced first', (dx, dy) => {
    expect(findShift(seen(LARGE, NONE), seen(LARGE, { dx, dy }))).toMatchObject({ dx, dy });
  });

  it('reports no shift for aligned pictures that differ strongly in tone', () => {
    const dark = (level: number) => 2 + 40 * (level / 255) ** 2;
    const vignetted = (level: number, x: number) => level * (0.2 + 0.8 * (x / LARGE[0]));
    for (const tone of [dark, vignetted]) {
      const found = findShift(seen(LARGE, NONE), seen(LARGE, NONE, tone, 2));
      expect(found).toMatchObject(NONE);
      expect(found?.unshifted).toBe(found?.correlation);
    }
  });

  it('finds a shift under noise and a change of brightness', () => {
    const dark = (level: number) => 5 + level / 4;
    const found = findShift(seen(LARGE, NONE), seen(LARGE, { dx: 6, dy: -4 }, dark, 6));
    expect(found).toMatchObject({ dx: 6, dy: -4 });
  });

  it('finds where a crop was cut', () => {
    const crop = seen([301, 221], { dx: -10, dy: -12 });
    expect(findShift(seen(LARGE, NONE), crop)).toMatchObject({ dx: -10, dy: -12 });
  });

  it('has no answer for flat pictures, for noise and for patterns that repeat', () => {
    expect(findShift(flat(64, 64, 90), flat(64, 64, 90))).toBeNull();
    expect(findShift(flat(64, 64, 90), seen([64, 64], NONE))).toBeNull();
    const noise = (seed: number) => {
      const random = makeRandom(seed);
      return picture(64, 64, () => random.below(256));
    };
    expect(findShift(noise(1), noise(2))).toBeNull();
    const stripes = (from: number) =>
      picture(96, 96, (i) => ((((i >> 2) % 96) + from) % 8 < 4 ? 20 : 200));
    expect(findShift(stripes(0), stripes(3))).toBeNull();
  });

  it('claims no shift where grain and blur alone move the best correlation by a pixel', async () => {
    const sample = firstSample();
    const [input, gt] = await Promise.all(
      (['input', 'gt'] as const).map(async (role) => {
        const { buffer, name } = sampleFile(sample, role);
        return (await decodeInNode(new Uint8Array(buffer), name)).pixels;
      }),
    );
    if (input === undefined || gt === undefined) throw new Error('the sample has no pictures');
    expect(findShift(gt, input)).toMatchObject({ dx: 0, dy: 0 });
  });

  it('gives the parts that show the same', () => {
    const size = { width: 100, height: 80 };
    expect(overlapOf(size, size, { dx: 3, dy: -5 })).toEqual({
      first: { x: 0, y: 5, width: 97, height: 75 },
      second: { x: 3, y: 0, width: 97, height: 75 },
    });
    expect(overlapOf(size, { width: 90, height: 70 }, { dx: -4, dy: -6 })).toEqual({
      first: { x: 4, y: 6, width: 90, height: 70 },
      second: { x: 0, y: 0, width: 90, height: 70 },
    });
    expect(overlapOf(size, size, { dx: 100, dy: 0 })).toBeNull();
  });
});

describe('local contrast', () => {
  it('averages squares', () => {
    const reduced = reducedLuma(
      picture(5, 4, (i) => i >> 2),
      2,
    );
    expect([reduced.width, reduced.height]).toEqual([2, 2]);
    expect(Array.from(reduced.data)).toEqual([3, 5, 13, 15]);
  });

  it('averages windows that end at the edge', () => {
    const plane = { width: 3, height: 2, data: Float64Array.of(1, 2, 3, 4, 5, 6) };
    expect(Array.from(boxMeans(plane, 1).data)).toEqual([3, 3.5, 4, 3, 3.5, 4]);
    for (const mean of boxMeans(plane, 9).data) expect(mean).toBeCloseTo(3.5, 12);
  });

  it('is blind to gain and offset far above its floor', () => {
    const plane = reducedLuma(seen([40, 40], NONE), 1);
    const normalised = (gain: number, offset: number) =>
      locallyNormalised({ ...plane, data: plane.data.map((v) => gain * v + offset) }).data;
    const [a, b] = [normalised(30, 0), normalised(300, 5000)];
    expect(Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? 0))))).toBeLessThan(0.02);
    expect(Math.max(...a)).toBeGreaterThan(1);
  });
});
