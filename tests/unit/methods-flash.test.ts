import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightingOf, looksWellLit } from '../../src/core/methods/lighting.ts';
import { noiseAt, pcg3d } from '../../src/core/methods/noise.ts';
import {
  blurWeights,
  maskCentre,
  simulateWeakFlash,
  type WeakFlash,
  weakFlashFromSeed,
} from '../../src/core/methods/weakFlash.ts';
import { flat, picture } from '../helpers/pictures.ts';

const noiseless: WeakFlash = {
  ...weakFlashFromSeed(1),
  flash: 0.2,
  ambient: 0,
  gain: 1,
  cast: [1, 1, 1],
  centre: [0.5, 0.5],
  reach: 1,
  shot: 0,
  read: 0,
};

describe('pcg3d', () => {
  it('is the published hash', () => {
    // Computed with 32-bit unsigned arithmetic from the paper's listing.
    expect(pcg3d(0, 0, 0)).toEqual([2611992518, 2833812075, 1058359340]);
    expect(pcg3d(1, 2, 3)).toEqual([4204755366, 1223881804, 1500469937]);
    expect(pcg3d(-1, 0, 0xffffffff)).toEqual([1234236034, 2025651735, 2551613719]);
  });
});

describe('noise', () => {
  const SIDE = 160;
  const field = (seed: number, correlation: number) =>
    Array.from({ length: SIDE * SIDE }, (_, i) =>
      noiseAt(i % SIDE, Math.floor(i / SIDE), seed, correlation),
    );
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

  it.each([0, 0.5, 1])('has mean 0 and variance 1 at correlation %f', (correlation) => {
    const values = field(7, correlation);
    for (const channel of [0, 1, 2] as const) {
      const plane = values.map((value) => value[channel]);
      expect(Math.abs(mean(plane))).toBeLessThan(0.05);
      expect(Math.abs(mean(plane.map((v) => v * v)) - 1)).toBeLessThan(0.06);
    }
  });

  it('is shared by neighbours as the kernel says, and not between channels', () => {
    for (const [correlation, neighbours] of [
      [0, 0],
      [0.6, 0.6 * (2 / 3)],
    ] as const) {
      const values = field(8, correlation);
      const pairs = values.filter((_, i) => i % SIDE > 0);
      const left = values.filter((_, i) => i % SIDE < SIDE - 1);
      const across = mean(pairs.map((value, i) => value[0] * (left[i]?.[0] ?? 0)));
      expect(Math.abs(across - neighbours)).toBeLessThan(0.05);
      expect(Math.abs(mean(values.map(([r, g]) => r * g)))).toBeLessThan(0.05);
    }
  });
});

describe('weakFlashFromSeed', () => {
  it('keeps to its ranges and is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
        const p = weakFlashFromSeed(seed);
        expect(weakFlashFromSeed(seed)).toEqual(p);
        const within = (value: number, low: number, high: number) =>
          expect(value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)).toBe(true);
        within(p.flash, 0.05, 0.21);
        within(p.ambient, 0.015, 0.065);
        within(p.gain, 1, 2.2);
        within(p.reach, 0.45, 1.4);
        within(p.blur, 0.3, 0.8);
        within(p.shot, 6e-5, 9e-4);
        within(p.read, 4e-4, 4e-3);
        within(p.correlation, 0.1, 0.7);
        for (const channel of p.cast) within(channel, 0.96, 1.04);
      }),
    );
  });

  it('differs between neighbouring seeds and takes the centre it is given', () => {
    const flashes = Array.from({ length: 64 }, (_, seed) => weakFlashFromSeed(seed).flash);
    expect(new Set(flashes).size).toBe(64);
    expect(Math.max(...flashes) - Math.min(...flashes)).toBeGreaterThan(0.12);
    expect(weakFlashFromSeed(3, [0.1, 0.9]).centre).toEqual([0.1, 0.9]);
    expect({ ...weakFlashFromSeed(3, [0.1, 0.9]), centre: null }).toEqual({
      ...weakFlashFromSeed(3),
      centre: null,
    });
  });
});

describe('maskCentre', () => {
  it('is the mean place of the levels; none where the mask is empty', () => {
    const data = new Uint8Array(8);
    expect(maskCentre({ width: 4, height: 2, data })).toBeNull();
    data[6] = 200;
    data[7] = 200;
    expect(maskCentre({ width: 4, height: 2, data })).toEqual([0.75, 0.75]);
  });
});

describe('simulateWeakFlash', () => {
  it('falls off from the centre: half of the light at the reach', () => {
    const { data } = simulateWeakFlash(flat(201, 1, 255), null, { ...noiseless, reach: 0.25 });
    const light = (x: number) => {
      const value = (data[x * 4] ?? 0) / 255;
      return ((value + 0.055) / 1.055) ** 2.4;
    };
    expect(light(100)).toBeCloseTo(0.2, 2);
    expect(light(150)).toBeCloseTo(0.1, 2);
    expect(light(50)).toBeCloseTo(0.1, 2);
  });

  it('lights the background by its share where the person is known', () => {
    const mask = { width: 2, height: 1, data: Uint8Array.of(255, 0) };
    const params = { ...noiseless, reach: 1e6, blur: 0 };
    const { data } = simulateWeakFlash(flat(2, 1, 255), mask, params);
    const both = simulateWeakFlash(flat(2, 1, 255), null, params).data;
    expect(data[0]).toBe(both[0]);
    expect(data[4]).toBe(
      simulateWeakFlash(flat(2, 1, 255), null, { ...params, flash: 0.024 }).data[4],
    );
  });

  it('shows the room in its own colour where there is no flash', () => {
    const params: WeakFlash = { ...noiseless, flash: 0, ambient: 0.05, warmth: [1.4, 1, 0.6] };
    const [red = 0, green = 0, blue = 0] = simulateWeakFlash(flat(3, 3, 200), null, params).data;
    expect(red).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(blue);
  });

  it('gives the same bytes for the same seed, others for another', () => {
    const source = picture(40, 30, (i) => 90 + (i % 100));
    const params = weakFlashFromSeed(11);
    const first = simulateWeakFlash(source, null, params);
    expect(simulateWeakFlash(source, null, params)).toEqual(first);
    expect(simulateWeakFlash(source, null, { ...params, seed: 12 })).not.toEqual(first);
  });

  it('refuses a mask of another size', () => {
    const mask = { width: 1, height: 1, data: new Uint8Array(1) };
    expect(() => simulateWeakFlash(flat(2, 2, 9), mask, noiseless)).toThrow(RangeError);
  });
});

describe('blurWeights', () => {
  it.each([0, 0.3, 0.8])('of %f add up to 1', (sigma) => {
    const [centre, side, corner] = blurWeights(sigma);
    expect(centre + 4 * side + 4 * corner).toBeCloseTo(1, 12);
  });
});

describe('looksWellLit', () => {
  /** A face in a room, with a shirt below. */
  const portrait = (face: number, shirt: number, room: number) =>
    picture(64, 64, (i) => {
      const [x, y] = [(i >> 2) % 64, i >> 8];
      if (Math.hypot(x - 32, y - 28) < 12) return face;
      return y > 44 && Math.abs(x - 32) < 18 ? shirt : room;
    });

  it.each([200, 110, 60])('sees a well-lit picture whatever the skin: face %i', (face) => {
    expect(looksWellLit(portrait(face, 225, 110))).toBe(true);
  });

  it('sees that nothing is near white under a weak flash', () => {
    const good = portrait(190, 225, 110);
    for (let seed = 0; seed < 8; seed += 1) {
      expect(looksWellLit(simulateWeakFlash(good, null, weakFlashFromSeed(seed)))).toBe(false);
    }
  });

  it('is not misled by a lamp in the dark', () => {
    const lamp = picture(64, 64, (i) => ((i >> 2) % 64 > 42 && (i >> 2) % 64 < 48 ? 255 : 40));
    expect(lightingOf(lamp).highlights).toBe(1);
    expect(looksWellLit(lamp)).toBe(false);
  });

  it('measures the brightest channel of a picture of any size', () => {
    const blue = picture(200, 30, (i) => [10, 20, 204][i % 4] ?? 0);
    expect(lightingOf(blue).average).toBeCloseTo(0.8, 6);
    expect(lightingOf(blue).highlights).toBeCloseTo(0.8, 6);
  });
});
