import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { METRIC_IDS, type MetricId, REGION_IDS } from '../../src/core/metrics/types.ts';
import { PixelMetrics } from '../../src/gpu/pixelMetrics.ts';
import { levels, makeMask, makePicture, makeRandom, noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const metrics = new PixelMetrics(context);

/** Sums of whole numbers: equal to the last bit. */
const EXACT: readonly MetricId[] = ['psnr', 'psnr-y', 'mae', 'rmse'];

/** Exact where sums are exact; else to `tolerance`, absolute below 1 and relative above. */
async function expectAgreement(
  output: Rgba8,
  truth: Rgba8,
  mask: BinaryMask | null,
  ids: readonly MetricId[] = METRIC_IDS,
  tolerance = 1e-6,
): Promise<void> {
  const actual = await metrics.measure(ids, output, truth, mask);
  const wanted = measureReference(output, truth, mask, ids);
  for (const id of ids) {
    for (const region of REGION_IDS) {
      const a = actual[id][region];
      const b = wanted[id][region];
      const what = `${id} ${region}: ${a} against ${b}`;
      if (a === null || b === null) expect(a, what).toBe(b);
      else if (EXACT.includes(id)) expect(a, what).toBe(b);
      else expect(Math.abs(a - b) / Math.max(1, b), what).toBeLessThanOrEqual(tolerance);
    }
  }
}

/** A bright and a dark half with texture, and a wrong copy. */
function portraitPair(width: number, height: number, wrong = 9): [Rgba8, Rgba8] {
  const random = makeRandom(width * 31 + height);
  const truth = makePicture(width, height, (x, y) => {
    const light = x > y ? 180 : 6;
    return [light + (x % 32), light + (y % 48), light];
  });
  const output = makePicture(width, height, (x, y) => {
    const i = (y * width + x) * 4;
    const at = (channel: number) => (truth.data[i + channel] ?? 0) + random(wrong) - 3;
    return [at(0), at(1), at(2)];
  });
  return [output, truth];
}

const disc = (width: number, height: number): BinaryMask =>
  makeMask(width, height, (x, y) => (x - width / 2) ** 2 + (y - height / 3) ** 2 < width * 9);

const onePixel = fc.tuple(levels, levels, levels, levels, levels, levels);

describe('every metric in WGSL against float64', () => {
  it.each([
    [1, 1],
    [11, 11],
    [12, 175],
    [61, 10],
    [130, 67],
    [176, 176],
    [211, 177],
  ])('agrees on %i × %i', async (width, height) => {
    const [output, truth] = portraitPair(width, height);
    await expectAgreement(output, truth, disc(width, height));
    await expectAgreement(noisePicture(width, height, 3), truth, null);
  });

  it('agrees on single pixels of any two colours', async () => {
    const ids = ['mae', 'rmse', 'psnr-y', 'deltae'] as const;
    await fc.assert(
      fc.asyncProperty(onePixel, async ([r, g, b, s, h, c]) => {
        const output = makePicture(1, 1, () => [r, g, b]);
        await expectAgreement(
          output,
          makePicture(1, 1, () => [s, h, c]),
          null,
          ids,
        );
      }),
      { numRuns: 150, seed: 20260202 },
    );
  });

  it('agrees on the difference of neighbouring colours, pixel by pixel', async () => {
    const ids = ['deltae76', 'deltae2000'] as const;
    for (const level of [0, 1, 9, 10, 11, 30, 60, 61, 128, 254]) {
      const output = makePicture(1, 1, () => [level, level, level]);
      const next = level + 1;
      await expectAgreement(
        output,
        makePicture(1, 1, () => [next, level, level]),
        null,
        ids,
      );
      await expectAgreement(
        output,
        makePicture(1, 1, () => [level, level, next]),
        null,
        ids,
      );
      await expectAgreement(
        output,
        makePicture(1, 1, () => [next, next, next]),
        null,
        ids,
      );
    }
  });

  it('agrees on a quarter of a million pairs of colours', async () => {
    const colour = (i: number): [number, number, number] => [
      (i & 63) * 4 + (i >> 16),
      ((i >> 6) & 63) * 4 + (i & 3),
      ((i >> 12) & 63) * 4 + ((i >> 6) & 3),
    ];
    const output = makePicture(512, 512, (x, y) => colour(y * 512 + x));
    const truth = makePicture(512, 512, (x, y) => colour(((y * 512 + x) * 40_503) % 2 ** 18));
    const ids = ['psnr-y', 'mae', 'rmse', 'deltae', 'deltae76', 'deltae2000'] as const;
    await expectAgreement(output, truth, null, ids);
  });

  it('gives the perfect value for identical pictures', async () => {
    const picture = noisePicture(190, 180, 5);
    const values = await metrics.measure(METRIC_IDS, picture, picture, disc(190, 180));
    const all = (value: number) => ({ person: value, background: value, global: value });
    expect(values).toEqual({
      psnr: all(100),
      'psnr-y': all(100),
      mae: all(0),
      rmse: all(0),
      ssim: all(1),
      'ssim-wang': all(1),
      'ms-ssim': { person: null, background: null, global: 1 },
      deltae: all(0),
      deltae76: all(0),
      deltae2000: all(0),
    });
  });
});

describe('the set of metrics', () => {
  const [width, height] = [193, 290];
  const [output, truth] = portraitPair(width, height);
  const mask = disc(width, height);

  it('gives every metric alone what it gives in the set', async () => {
    const all = await metrics.measure(METRIC_IDS, output, truth, mask);
    for (const id of METRIC_IDS) {
      expect(await metrics.measure([id], output, truth, mask)).toEqual({ [id]: all[id] });
    }
  });

  it.each([16, 48, 96])('does not change by a digit in bands of %i rows', async (rows) => {
    const whole = await metrics.measure(METRIC_IDS, output, truth, mask);
    const slack = context.device.limits.minStorageBufferOffsetAlignment;
    const banded = new PixelMetrics(context, { bandBytes: (rows + 160) * width * 8 + slack });
    expect(await banded.measure(METRIC_IDS, output, truth, mask)).toEqual(whole);
    banded.destroy();
  });

  it('adds person and background up to the whole exactly', async () => {
    const { rmse, mae } = await metrics.measure(['rmse', 'mae'], output, truth, mask);
    const inside = mask.data.reduce((sum, byte) => sum + byte, 0);
    const outside = width * height - inside;
    const sum = (a: number | null, b: number | null) => (a ?? 0) * inside + (b ?? 0) * outside;
    expect(sum(mae.person, mae.background) / (width * height)).toBeCloseTo(mae.global ?? 0, 12);
    const squares = sum((rmse.person ?? 0) ** 2, (rmse.background ?? 0) ** 2);
    expect(squares / (width * height)).toBeCloseTo((rmse.global ?? 0) ** 2, 9);
  });

  it('uploads a ground truth with a key once', async () => {
    const kept = new PixelMetrics(context);
    const write = vi.spyOn(context.device.queue, 'writeBuffer');
    try {
      const options = { groundTruthKey: 'truth' };
      const first = await kept.measure(['psnr'], output, truth, null, options);
      const large = () => {
        const sizes = write.mock.calls.map(([buffer]) => buffer.size);
        write.mockClear();
        return sizes.filter((size) => size >= width * height * 4).length;
      };
      expect(large()).toBe(2);
      expect(await kept.measure(['psnr'], output, truth, null, options)).toEqual(first);
      expect(large()).toBe(1);
    } finally {
      write.mockRestore();
      kept.destroy();
    }
  });
});
