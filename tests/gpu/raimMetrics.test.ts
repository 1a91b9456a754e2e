import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { createStorage, uploadPicture, writeBytes } from '../../src/gpu/buffers.ts';
import { requestDevice } from '../../src/gpu/device.ts';

import {
  expectMetrics,
  largestBinding,
  levels,
  makeMask,
  makePicture,
  makeRaimMetrics,
  makeRandom,
  noisePicture,
  openDevice,
} from './helpers.ts';

const context = await openDevice();
const metrics = makeRaimMetrics(context);

/** A smooth picture with an edge, and a slightly wrong copy: what a restoration looks like. */
function portraitPair(width: number, height: number): [Rgba8, Rgba8] {
  const random = makeRandom(width * 31 + height);
  const truth = makePicture(width, height, (x, y) => {
    const light = x > y ? 200 : 40;
    return [light + (x % 32), light + (y % 32), light];
  });
  const output = makePicture(width, height, (x, y) => {
    const i = (y * width + x) * 4;
    return [
      (truth.data[i] ?? 0) + random(5),
      (truth.data[i + 1] ?? 0) - random(3),
      (truth.data[i + 2] ?? 0) + random(9),
    ];
  });
  return [output, truth];
}

const disc = (width: number, height: number): BinaryMask =>
  makeMask(width, height, (x, y) => (x - width / 2) ** 2 + (y - height / 2) ** 2 < width * 4);

const tinyCase = fc
  .record({ width: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 8 }) })
  .chain(({ width, height }) => {
    const pixels = width * height;
    const bytes = fc.array(levels, { minLength: pixels * 3, maxLength: pixels * 3 });
    const inside = fc.array(fc.boolean(), { minLength: pixels, maxLength: pixels });
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      output: bytes,
      truth: bytes,
      inside: fc.option(inside),
    });
  });

function pictureFrom(width: number, height: number, rgb: readonly number[]): Rgba8 {
  return makePicture(width, height, (x, y) => {
    const i = (y * width + x) * 3;
    return [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0];
  });
}

describe('RAIM 2026 metrics in WGSL against float64', () => {
  it('agree on any picture of 1..8 × 1..8 pixels', async () => {
    await fc.assert(
      fc.asyncProperty(tinyCase, async ({ width, height, output, truth, inside }) => {
        const a = pictureFrom(width, height, output);
        const b = pictureFrom(width, height, truth);
        const mask =
          inside === null
            ? null
            : makeMask(width, height, (x, y) => inside[y * width + x] === true);
        expectMetrics(await metrics.measure(a, b, mask), measureReference(a, b, mask));
      }),
      { numRuns: 150, seed: 20260101 },
    );
  });

  it.each([
    [1, 1],
    [1, 400],
    [400, 1],
    [63, 33],
    [64, 32],
    [65, 31],
    [129, 97],
    [257, 65],
  ])('agree on odd strides: %i × %i', async (width, height) => {
    const mask = disc(width, height);
    const [output, truth] = portraitPair(width, height);
    expectMetrics(
      await metrics.measure(output, truth, mask),
      measureReference(output, truth, mask),
    );
    const noise = noisePicture(width, height, 7);
    expectMetrics(await metrics.measure(noise, truth, mask), measureReference(noise, truth, mask));
  });

  it.each([
    [0, 255],
    [255, 0],
    [255, 254],
    [128, 129],
    [17, 200],
  ])('agree on flat pictures of %i against %i', async (a, b) => {
    const output = makePicture(90, 70, () => [a, a, a]);
    const truth = makePicture(90, 70, () => [b, a, b]);
    const mask = disc(90, 70);
    expectMetrics(
      await metrics.measure(output, truth, mask),
      measureReference(output, truth, mask),
    );
  });

  it('agree on the colours that lie farthest apart in Lab', async () => {
    const output = makePicture(100, 64, (x) => (x % 2 === 0 ? [0, 255, 0] : [0, 0, 255]));
    const truth = makePicture(100, 64, (x) => (x % 2 === 0 ? [0, 0, 255] : [255, 255, 0]));
    expectMetrics(
      await metrics.measure(output, truth, null),
      measureReference(output, truth, null),
    );
  });

  it('agree on a quarter of a million colours', async () => {
    const colour = (i: number): [number, number, number] => [
      (i & 63) * 4 + (i >> 16),
      ((i >> 6) & 63) * 4 + (i & 3),
      ((i >> 12) & 63) * 4 + ((i >> 6) & 3),
    ];
    const output = makePicture(512, 512, (x, y) => colour(y * 512 + x));
    const truth = makePicture(512, 512, (x, y) => colour(((y * 512 + x) * 40_503) % 2 ** 18));
    expectMetrics(
      await metrics.measure(output, truth, null),
      measureReference(output, truth, null),
    );
  });

  it('agree where a saturated checkerboard meets a flat field', async () => {
    const output = makePicture(80, 80, (x, y) =>
      x < 40 ? [250, 250, 250] : (x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0],
    );
    const truth = makePicture(80, 80, (x, y) =>
      x < 40 ? [251, 250, 250] : (x + y) % 2 === 0 ? [0, 0, 0] : [255, 255, 255],
    );
    expectMetrics(
      await metrics.measure(output, truth, null),
      measureReference(output, truth, null),
    );
  });
});

describe('RAIM 2026 metrics: regions', () => {
  const [output, truth] = portraitPair(50, 40);

  it('give exactly 100, 1 and 0 for identical pictures, in every region', async () => {
    const mask = disc(61, 83);
    for (const picture of [noisePicture(61, 83, 3), portraitPair(61, 83)[0]]) {
      const values = await metrics.measure(picture, picture, mask);
      expect(values.psnr).toEqual({ person: 100, background: 100, global: 100 });
      expect(values.ssim).toEqual({ person: 1, background: 1, global: 1 });
      expect(values.deltae).toEqual({ person: 0, background: 0, global: 0 });
    }
  });

  it('give no value for a region without pixels', async () => {
    const none = await metrics.measure(
      output,
      truth,
      makeMask(50, 40, () => false),
    );
    const all = await metrics.measure(
      output,
      truth,
      makeMask(50, 40, () => true),
    );
    for (const metric of ['psnr', 'ssim', 'deltae'] as const) {
      expect(none[metric].person).toBeNull();
      expect(none[metric].background).toBe(none[metric].global);
      expect(all[metric].background).toBeNull();
      expect(all[metric].person).toBe(all[metric].global);
    }
  });

  it('give only global values without a mask', async () => {
    const values = await metrics.measure(output, truth, null);
    expectMetrics(values, measureReference(output, truth, null));
    for (const metric of ['psnr', 'ssim', 'deltae'] as const) {
      expect(values[metric].person).toBeNull();
      expect(values[metric].background).toBeNull();
      expect(values[metric].global).not.toBeNull();
    }
  });

  it('refuse pictures and masks of different sizes by naming both', async () => {
    const other = noisePicture(40, 50, 1);
    await expect(metrics.measure(output, other, null)).rejects.toThrow('50×40');
    const mask = makeMask(40, 50, () => true);
    await expect(metrics.measure(output, truth, mask)).rejects.toThrow('40×50');
  });
});

describe('RAIM 2026 metrics: a lost device', () => {
  it('rejects instead of waiting for ever', async () => {
    const other = await requestDevice(navigator.gpu, () => undefined);
    if (other === null) throw new Error('no second device');
    const orphan = makeRaimMetrics(other);
    const picture = noisePicture(20, 20, 1);
    const running = orphan.measure(picture, picture, null);
    other.device.destroy();
    await expect(running).rejects.toThrow();
    await expect(orphan.measure(picture, picture, null)).rejects.toThrow();
  });
});

describe('RAIM 2026 metrics: bands and buffers', () => {
  const [width, height] = [77, 219];
  const [output, truth] = portraitPair(width, height);
  const mask = disc(width, height);

  it.each([1, 2, 7, 40, 100])('do not change by a digit in bands of %i rows', async (rows) => {
    const slack = context.device.limits.minStorageBufferOffsetAlignment;
    const limit = (rows + 4) * width * 4 + slack;
    const banded = makeRaimMetrics(context, limit);
    const whole = await metrics.measure(output, truth, mask);
    const bound = await largestBinding(context.device, async () => {
      expect(await banded.measure(output, truth, mask)).toEqual(whole);
    });
    // The Lab tables and the sums of a narrow band are larger than very few rows of it.
    expect(bound).toBeLessThanOrEqual(Math.max(limit, 16_384));
    banded.destroy();
  });

  it('take pictures and masks that are on the GPU already, whole and in bands', async () => {
    const maskBuffer = createStorage(context.device, 'mask', mask.data.length);
    writeBytes(context.device, maskBuffer, mask.data, 0, mask.data.length);
    const a = { width, height, buffer: uploadPicture(context.device, 'output', output) };
    const b = { width, height, buffer: uploadPicture(context.device, 'truth', truth) };
    const m = { width, height, buffer: maskBuffer };
    const wanted = await metrics.measure(output, truth, mask);
    const banded = makeRaimMetrics(context, 20_000);
    expect(await metrics.measure(a, b, m)).toEqual(wanted);
    const bound = await largestBinding(context.device, async () => {
      expect(await banded.measure(a, b, m)).toEqual(wanted);
    });
    expect(bound).toBeLessThanOrEqual(20_000);
    expect(await banded.measure(a, truth, m)).toEqual(wanted);
    for (const { buffer } of [a, b, m]) buffer.destroy();
    banded.destroy();
  });

  it('measure two pairs asked for at the same time', async () => {
    const wanted = await metrics.measure(output, truth, mask);
    const other = await metrics.measure(truth, noisePicture(width, height, 5), null);
    const both = await Promise.all([
      metrics.measure(output, truth, mask),
      metrics.measure(truth, noisePicture(width, height, 5), null),
    ]);
    expect(both).toEqual([wanted, other]);
  });
});
