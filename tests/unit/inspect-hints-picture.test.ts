import { describe, expect, it } from 'vitest';
import { banding } from '../../src/core/inspect/hints/banding.ts';
import { blockMeans, boundingBox, interiorOf } from '../../src/core/inspect/hints/blocks.ts';
import { clippedHighlights } from '../../src/core/inspect/hints/clippedHighlights.ts';
import { fft, power2d } from '../../src/core/inspect/hints/fft.ts';
import { flatNoise } from '../../src/core/inspect/hints/flatNoise.ts';
import { fringes } from '../../src/core/inspect/hints/fringes.ts';
import { moire } from '../../src/core/inspect/hints/moire.ts';
import { HINTS } from '../../src/core/inspect/hints/registry.ts';
import { seamsOf, tileSeam } from '../../src/core/inspect/hints/tileSeam.ts';
import { isShown } from '../../src/core/inspect/hints/types.ts';
import { noiseAt, pcg3d } from '../../src/core/methods/noise.ts';
import { found, HEIGHT, isPerson, PERSON, paint, scene, WIDTH } from '../helpers/inspectScene.ts';
import { flat, maskOf } from '../helpers/pictures.ts';

const normal = (x: number, y: number, seed: number) => noiseAt(x, y, seed, 0)[0];

describe('noise in flat background', () => {
  /** Stripes at the top, flat below; noise everywhere, much more on the person. */
  const noisy = (deviation: number, seed = 1) =>
    paint((x, y) => {
      const base = y < 40 ? 60 + 60 * ((x >> 2) % 2) : 100;
      return base + (isPerson(x, y) ? 20 : deviation) * normal(x, y, seed);
    });

  it('is its standard deviation', () => {
    for (const deviation of [3, 6]) {
      const finding = found(flatNoise, scene(noisy(deviation)));
      expect(Math.abs(finding.value / deviation - 1)).toBeLessThan(0.12);
      expect(finding.place.y).toBeGreaterThanOrEqual(32);
      expect(isShown(flatNoise, finding)).toBe(true);
    }
  });

  it('is none on a slope, and is compared with the reference', () => {
    const slope = paint((x) => 40 + x);
    const finding = found(flatNoise, scene(slope, { truth: noisy(6) }));
    expect(finding.value).toBe(0);
    expect(finding.numbers[1]?.value).toBeGreaterThan(4);
    expect(flatNoise.measure(scene(paint(() => 0)))).toBeNull();
  });
});

describe('purple fringes', () => {
  /** White boxes on black with a rim of some colour, two pixels wide, at their left. */
  const rimmed = (rim: readonly [number, number, number]) =>
    paint((x) => (x % 48 < 24 ? 0 : x % 48 < 26 ? rim : 235));

  it('are the share of purple near strong edges', () => {
    const purple = rimmed([110, 40, 170]);
    const finding = found(fringes, scene(purple));
    const zone = finding.numbers.find(({ unit }) => unit === 'px')?.value ?? Number.NaN;
    expect(finding.value).toBeCloseTo((100 * (WIDTH / 48) * 2 * HEIGHT) / zone, 9);
    expect(isShown(fringes, finding)).toBe(true);
    expect(found(fringes, scene(purple, { truth: purple })).value).toBe(0);
  });

  it('are none where edges are grey or of another colour, and not measured without edges', () => {
    expect(found(fringes, scene(rimmed([90, 90, 90]))).value).toBe(0);
    expect(found(fringes, scene(rimmed([60, 160, 40]))).value).toBe(0);
    expect(fringes.measure(scene(paint(() => 99)))).toBeNull();
  });
});

describe('banding', () => {
  const smooth = paint((x) => 40 + x / 2);
  const stepped = paint((x) => 40 + 6 * Math.floor(x / 12));

  it('is the share of pixels on staircases', () => {
    const finding = found(banding, scene(stepped, { truth: smooth }));
    expect(finding.value).toBe(100);
    expect(isShown(banding, finding)).toBe(true);
    // 40, 46 … 130; from the 5th to the 95th percentile 40 … 130: 14 levels of 89 are there.
    expect(finding.numbers.at(-1)?.value).toBe(75);
    const half = paint((x, y) => (y < 80 ? 40 + 6 * Math.floor(x / 12) : 40 + x / 2));
    expect(found(banding, scene(half)).value).toBeCloseTo(50, 9);
  });

  it('is none on fine gradients, single edges, checks and noise', () => {
    for (const picture of [
      smooth,
      paint((x) => (x < 90 ? 40 : 50)),
      paint((x) => 40 + 6 * (Math.floor(x / 12) % 2)),
      paint((x, y) => 40 + 6 * Math.floor(x / 12) + 2 * normal(x, y, 3)),
    ]) {
      expect(found(banding, scene(picture)).value).toBeLessThan(0.5);
    }
  });
});

describe('moiré', () => {
  const woven = (amplitude: number) =>
    paint((x, y) => {
      const inside = x >= 64 && x < 128 && y < 64;
      const wave = inside ? amplitude * Math.cos((2 * Math.PI * (x + y)) / 8) : 0;
      return 100 + wave + 2 * normal(x, y, 5);
    });

  it('is found where a pattern is added, with its amplitude and period', () => {
    const finding = found(moire, scene(woven(8), { input: woven(0) }));
    expect(isShown(moire, finding)).toBe(true);
    expect(finding.place).toEqual({ x: 64, y: 0, width: 64, height: 64 });
    const [amplitude, period] = finding.numbers.map(({ value }) => value);
    expect(Math.abs((amplitude ?? 0) - 8)).toBeLessThan(0.5);
    expect(period).toBeCloseTo(8 / Math.SQRT2, 9);
  });

  it('is none where the reference has the pattern, and in noise', () => {
    expect(found(moire, scene(woven(8), { truth: woven(8) })).value).toBe(0);
    expect(found(moire, scene(woven(0), { truth: woven(0) })).value).toBe(0);
    expect(moire.measure(scene(woven(8)))).toBeNull();
  });

  it('rests on a Fourier transform that is one', () => {
    const re = Float64Array.from({ length: 16 }, (_, i) => pcg3d(i, 0, 1)[0] / 2 ** 32);
    const im = new Float64Array(16);
    const slow = (k: number) =>
      re.reduce((sum, v, i) => sum + v * Math.cos((2 * Math.PI * i * k) / 16), 0);
    const expected = Array.from(re, (_, k) => slow(k));
    fft(re, im);
    expected.forEach((value, k) => {
      expect(re[k]).toBeCloseTo(value, 10);
    });
    expect(() => fft(new Float64Array(12), new Float64Array(12))).toThrow(RangeError);
    const square = Float64Array.from({ length: 64 }, (_, i) => pcg3d(i, 1, 1)[0] / 2 ** 32);
    const energy = square.reduce((sum, v) => sum + v * v, 0);
    // Parseval's theorem.
    expect(power2d(square, 8).reduce((sum, v) => sum + v, 0)).toBeCloseTo(64 * energy, 8);
  });
});

describe('clipped highlights', () => {
  const burnt = (columns: number) =>
    paint((x) => (x < columns ? [255, 200, 180] : [200, 150, 120]));

  it('are their share beyond the reference’s', () => {
    const finding = found(clippedHighlights, scene(burnt(48), { truth: burnt(12) }));
    expect(finding.value).toBeCloseTo(25 - 6.25, 9);
    expect(finding.place.x).toBe(0);
    expect(isShown(clippedHighlights, finding)).toBe(true);
    expect(finding.numbers.at(-1)).toEqual({ title: 'Clipped on the person', value: 0, unit: '%' });
    expect(found(clippedHighlights, scene(burnt(0))).value).toBe(0);
  });
});

describe('tile seam', () => {
  const stepped = (height: number) =>
    paint((x, y) => 100 + 0.2 * x + (x >= 96 ? height : 0) + normal(x, y, 9));
  const seams = { columns: [40, 96], rows: [80] };

  it('is the step across the tiles’ lines', () => {
    const finding = found(tileSeam, scene(stepped(3), { seams }));
    expect(finding.numbers[0]).toEqual({ title: 'Column', value: 96, unit: 'px' });
    expect(Math.abs(finding.value - 3)).toBeLessThan(0.5);
    expect(finding.place).toEqual({ x: 95, y: 0, width: 2, height: HEIGHT });
    expect(isShown(tileSeam, finding)).toBe(true);
  });

  it('is none without a step, or where the reference has it', () => {
    expect(isShown(tileSeam, found(tileSeam, scene(stepped(0), { seams })))).toBe(false);
    const both = scene(stepped(3), { seams, input: stepped(3) });
    expect(found(tileSeam, both).value).toBe(0);
    expect(tileSeam.measure(scene(stepped(3)))).toBeNull();
    expect(tileSeam.measure(scene(stepped(3), { seams: { columns: [], rows: [] } }))).toBeNull();
  });

  it('lies where tiles begin to show and have faded in', () => {
    const tile = { skipLeft: 8, blendLeft: 16, skipTop: 0, blendTop: 32 };
    expect(
      seamsOf([
        { ...tile, x: 0, y: 0 },
        { ...tile, x: 100, y: 0 },
        { ...tile, x: 0, y: 50 },
        { ...tile, x: 100, y: 50 },
      ]),
    ).toEqual({ columns: [108, 124], rows: [50, 82] });
  });
});

describe('hints', () => {
  it('say what they are, each by its own id', () => {
    expect(new Set(HINTS.map(({ id }) => id)).size).toBe(HINTS.length);
    for (const { definition, title } of HINTS) {
      expect(definition.length).toBeGreaterThan(80);
      expect(definition.endsWith('.')).toBe(true);
      expect(title).not.toBe('');
    }
  });

  it('are null without what they need, and finite and within the picture with it', () => {
    const output = paint((x, y) => 100 + 30 * normal(x, y, 2) + (x % 40 < 20 ? 0 : 90));
    const truth = paint((x, y) => 90 + 20 * normal(x, y, 4));
    const all = scene(output, { truth, input: truth, seams: { columns: [64], rows: [] } });
    for (const hint of HINTS) {
      const { reference, mask, seams } = hint.needs;
      if (reference !== 'none') {
        expect(hint.measure({ ...all, truth: null, input: null })).toBeNull();
      }
      if (mask) expect(hint.measure({ ...all, mask: null })).toBeNull();
      if (seams) expect(hint.measure({ ...all, seams: null })).toBeNull();
      const finding = hint.measure(all);
      if (finding === null) continue;
      const { value, numbers, place } = finding;
      for (const number of [value, ...numbers.map((one) => one.value)]) {
        expect(Number.isFinite(number)).toBe(true);
      }
      expect(place.x + place.width).toBeLessThanOrEqual(WIDTH);
      expect(place.y + place.height).toBeLessThanOrEqual(HEIGHT);
    }
  });

  it('do not use pictures of another size', () => {
    const other = flat(8, 8, 90);
    const pictures = scene(
      paint(() => 90),
      { truth: other, input: other, mask: maskOf(8, 8, [1, 0]) },
    );
    for (const hint of HINTS.filter(({ needs }) => needs.reference !== 'none' || needs.mask)) {
      expect(hint.measure(pictures)).toBeNull();
    }
  });
});

describe('blocks', () => {
  it('average a plane over squares of a region', () => {
    const plane = { width: 5, height: 2, data: Float64Array.from({ length: 10 }, (_, i) => i) };
    const region = maskOf(5, 2, [1, 1, 0, 0, 1]);
    expect(
      blockMeans(plane, region, 2, 0.4).map(({ x, mean, pixels }) => [x, mean, pixels]),
    ).toEqual([
      [0, 3, 4],
      [4, 6.5, 2],
    ]);
    expect(blockMeans(plane, null, 2).map(({ width }) => width)).toEqual([2, 2, 1]);
  });

  it('know a region’s box and interior', () => {
    expect(boundingBox(PERSON)).toEqual({ x: 64, y: 48, width: 64, height: 80 });
    expect(boundingBox(interiorOf(PERSON, 3))).toEqual({ x: 67, y: 51, width: 58, height: 74 });
    expect(boundingBox(maskOf(3, 3, [0]))).toBeNull();
  });
});
