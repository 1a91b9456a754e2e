import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { colourise } from '../../src/core/metrics/colourise.ts';
import { dataRange, MAP_IDS, MAPS, mapReference } from '../../src/core/metrics/maps.ts';
import { uploadPicture } from '../../src/gpu/buffers.ts';
import { ErrorMaps } from '../../src/gpu/errorMaps.ts';
import { makeMask, makePicture, makeRandom, noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const maps = new ErrorMaps(context);

/** A textured picture with a dark and a bright side, and a wrong copy. */
function makePair(width: number, height: number): [Rgba8, Rgba8] {
  const random = makeRandom(width + height);
  const rule = (x: number, y: number): [number, number, number] => {
    const light = x > y ? 190 : 9;
    return [light + (x % 32), light + (y % 32), light];
  };
  const output = makePicture(width, height, (x, y) => {
    const [r, g, b] = rule(x, y);
    return [r + random(9) - 4, g + random(5) - 2, b + random(17) - 8];
  });
  return [output, makePicture(width, height, rule)];
}

const disc = (width: number, height: number) =>
  makeMask(width, height, (x, y) => (x - width / 2) ** 2 + (y - height / 2) ** 2 < width * 6);

/** Largest difference, absolute below 1 and relative above. */
function worst(actual: Float32Array, wanted: Float32Array): number {
  expect(actual.length).toBe(wanted.length);
  return actual.reduce((most, value, i) => {
    const reference = wanted[i] ?? Number.NaN;
    return Math.max(most, Math.abs(value - reference) / Math.max(1, Math.abs(reference)));
  }, 0);
}

/** Pixels of two pictures that are not equal, and the largest difference of a level. */
function differences(a: Rgba8, b: Rgba8): { pixels: number; levels: number } {
  const pixels = new Set<number>();
  let levels = 0;
  a.data.forEach((level, i) => {
    const difference = Math.abs(level - (b.data[i] ?? Number.NaN));
    if (difference !== 0) pixels.add(i >> 2);
    levels = Math.max(levels, difference);
  });
  return { pixels: pixels.size, levels };
}

describe('error maps in WGSL against float64', () => {
  it('hold each colour difference of a quarter of a million pairs of colours', async () => {
    const colour = (i: number): [number, number, number] => [
      (i & 63) * 4 + (i >> 16),
      ((i >> 6) & 63) * 4 + (i & 3),
      ((i >> 12) & 63) * 4 + ((i >> 6) & 3),
    ];
    const output = makePicture(512, 512, (x, y) => colour(y * 512 + x));
    const truth = makePicture(512, 512, (x, y) => colour(((y * 512 + x) * 40_503) % 2 ** 18));
    const bounds = [
      ['deltae', 1e-6],
      ['deltae2000', 1e-5],
    ] as const;
    for (const [id, bound] of bounds) {
      const { data } = await maps.values(id, output, truth);
      expect(worst(data, mapReference(id, output, truth).data), id).toBeLessThan(bound);
    }
  });

  describe.each(MAP_IDS)('%s', (id) => {
    it.each([
      [1, 1],
      [5, 70],
      [129, 61],
    ])('agrees on %i × %i', async (width, height) => {
      const [output, truth] = makePair(width, height);
      for (const other of [truth, noisePicture(width, height, 4)]) {
        const { data } = await maps.values(id, output, other);
        expect(worst(data, mapReference(id, output, other).data)).toBeLessThan(1e-5);
      }
    });

    it('says nothing is wrong with a picture that is right', async () => {
      const picture = noisePicture(40, 30, 8);
      const { data } = await maps.values(id, picture, picture);
      expect(new Set(data)).toEqual(new Set([id === 'ssim' ? 1 : 0]));
    });

    it('does not change by a digit in bands, nor for pictures on the GPU', async () => {
      const [width, height] = [77, 90];
      const [output, truth] = makePair(width, height);
      const whole = await maps.values(id, output, truth);
      const banded = new ErrorMaps(context, 13 * width * 4 + 256);
      const a = { width, height, buffer: uploadPicture(context.device, 'output', output) };
      expect(await banded.values(id, a, truth)).toEqual(whole);
      a.buffer.destroy();
      banded.destroy();
    });
  });

  it('shows a map as its float64 twin does', async () => {
    const [width, height] = [101, 67];
    const [output, truth] = makePair(width, height);
    const region = disc(width, height);
    for (const id of MAP_IDS) {
      const colourMap = COLOUR_MAPS[MAPS[id].kind === 'diverging' ? 'diverging' : 'magma'];
      const colours = colourMap.table;
      for (const wanted of [MAPS[id].range, 'data'] as const) {
        const shown = await maps.show(id, output, truth, { range: wanted, colours, region });
        const range = wanted === 'data' ? dataRange(id, shown.values, region) : wanted;
        expect(shown.range).toEqual(range);
        const twin = colourise(shown.values, range, colourMap, region);
        const { pixels, levels } = differences(shown.picture, twin);
        // A value in the middle between two colours may fall to either of them.
        expect(pixels, id).toBeLessThan(twin.data.length / 4 / 200);
        expect(levels, id).toBeLessThanOrEqual(6);
      }
    }
  });

  it('shows the whole picture without a region, and bands as one', async () => {
    const [width, height] = [50, 64];
    const [output, truth] = makePair(width, height);
    const { table: colours } = COLOUR_MAPS.viridis;
    const view = { range: { min: 20, max: 0 }, colours, region: null };
    const whole = await maps.show('absolute-error', output, truth, view);
    const twin = colourise(whole.values, view.range, COLOUR_MAPS.viridis);
    expect(differences(whole.picture, twin).levels).toBeLessThanOrEqual(6);
    const banded = new ErrorMaps(context, 11 * width * 4 + 256);
    const region = disc(width, height);
    const faded = { ...view, region };
    expect(await banded.show('absolute-error', output, truth, faded)).toEqual(
      await maps.show('absolute-error', output, truth, faded),
    );
    banded.destroy();
  });

  it('refuses sizes that differ and scales without width', async () => {
    const [output, truth] = makePair(20, 10);
    const view = { range: { min: 1, max: 1 }, colours: COLOUR_MAPS.magma.table, region: null };
    await expect(maps.show('deltae', output, truth, view)).rejects.toThrow('two different ends');
    await expect(maps.values('deltae', output, noisePicture(10, 20, 1))).rejects.toThrow('10×20');
  });
});
