import { describe, expect, it } from 'vitest';
import { areaThumbnail } from '../../src/core/image/thumbnail.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import {
  createStorage,
  createStorageFrom,
  readBuffer,
  readPicture,
  uploadPicture,
} from '../../src/gpu/buffers.ts';
import {
  type BlendedTile,
  BlendPass,
  createFaultCounters,
  type OutputFaults,
  readFaults,
} from '../../src/gpu/passes/blendPass.ts';
import { PackPass } from '../../src/gpu/passes/packPass.ts';
import { ThumbnailPass } from '../../src/gpu/passes/thumbnailPass.ts';
import { type GpuPicture, planesBytes, type TileRect } from '../../src/gpu/rows.ts';
import { packTile } from '../../src/models/pack.ts';
import { largestBinding, makePicture, makeRandom, noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();
const { device } = context;

function upload(picture: Rgba8): GpuPicture {
  const { width, height } = picture;
  return { width, height, buffer: uploadPicture(device, 'picture', picture) };
}

function submit(record: (encoder: GPUCommandEncoder) => void): void {
  const encoder = device.createCommandEncoder();
  record(encoder);
  device.queue.submit([encoder.finish()]);
}

async function planesOf(
  width: number,
  height: number,
  record: (encoder: GPUCommandEncoder, planes: GPUBuffer) => void,
): Promise<Float32Array> {
  const bytes = planesBytes(width, height);
  const planes = createStorage(device, 'planes', bytes);
  submit((encoder) => record(encoder, planes));
  const values = new Float32Array(await readBuffer(device, planes, bytes));
  planes.destroy();
  return values;
}

function largestDifference(actual: Float32Array, wanted: Float32Array): number {
  expect(actual.length).toBe(wanted.length);
  return actual.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (wanted[i] ?? Number.NaN))),
    0,
  );
}

describe('pack pass', () => {
  const pack = new PackPass(context);
  const whole = { blendLeft: 0, blendTop: 0 };

  it.each<[string, number, number, TileRect]>([
    ['inside', 70, 50, { x: 3, y: 5, width: 64, height: 32 }],
    ['mirrored right and below', 70, 50, { x: 40, y: 40, width: 48, height: 16 }],
    ['mirrored far above the tile', 30, 90, { x: 0, y: 88, width: 32, height: 64 }],
    ['a side too short to mirror', 5, 3, { x: 0, y: 0, width: 16, height: 16 }],
    ['one pixel', 1, 1, { x: 0, y: 0, width: 8, height: 8 }],
    ['wider than a workgroup', 200, 4, { x: 0, y: 0, width: 208, height: 8 }],
  ])('equals its CPU twin: %s', async (_, width, height, tile) => {
    const picture = noisePicture(width, height, 21);
    const source = upload(picture);
    const planes = await planesOf(tile.width, tile.height, (encoder, to) =>
      pack.record(encoder, source, tile, to),
    );
    expect(largestDifference(planes, packTile(picture, { ...tile, ...whole }))).toBeLessThan(2e-7);
    source.buffer.destroy();
  });

  it('gives exactly 0 and 1 for black and white', async () => {
    const source = upload(makePicture(8, 8, (x) => (x < 4 ? [0, 0, 0] : [255, 255, 255])));
    const tile = { x: 0, y: 0, width: 8, height: 8 };
    const planes = await planesOf(8, 8, (encoder, to) => pack.record(encoder, source, tile, to));
    expect([...new Set(planes)].sort()).toEqual([0, 1]);
    source.buffer.destroy();
  });
});

describe('thumbnail pass', () => {
  const thumbnail = new ThumbnailPass(context);

  it.each([
    [64, 64, 16, 16],
    [97, 61, 16, 12],
    [301, 201, 32, 24],
    [640, 480, 3, 2],
    [513, 1025, 1, 1],
    [17, 16, 16, 16],
    [5, 3, 16, 12],
    [1, 1, 4, 4],
  ])('equals its CPU twin: %i × %i to %i × %i', async (width, height, columns, rows) => {
    for (const picture of [
      noisePicture(width, height, 33),
      makePicture(width, height, () => [254, 255, 253]),
    ]) {
      const source = upload(picture);
      const planes = await planesOf(columns, rows, (encoder, to) =>
        thumbnail.record(encoder, source, columns, rows, to),
      );
      expect(largestDifference(planes, areaThumbnail(picture, columns, rows))).toBeLessThan(1e-6);
      source.buffer.destroy();
    }
  });

  it('does not change when the picture is bound in parts', async () => {
    const picture = noisePicture(150, 333, 9);
    const source = upload(picture);
    const limit = 150 * 4 * 60;
    const parts = new ThumbnailPass(context, limit);
    const make = (pass: ThumbnailPass) =>
      planesOf(20, 30, (encoder, to) => pass.record(encoder, source, 20, 30, to));
    const whole = await make(thumbnail);
    const bound = await largestBinding(device, async () => {
      expect(await make(parts)).toEqual(whole);
    });
    expect(bound).toBeLessThanOrEqual(limit);
    source.buffer.destroy();
  });

  it('refuses cells whose sum would overflow', () => {
    const buffer = createStorage(device, 'never read', 16);
    const huge = { width: 16_384, height: 6_000, buffer };
    const encoder = device.createCommandEncoder();
    expect(() => thumbnail.record(encoder, huge, 2, 2, buffer)).toThrow(RangeError);
    buffer.destroy();
  });
});

/** What the blend has to give, in float64 and unrounded: 0..255 for each of R, G, B. */
function blendedLevels(picture: Rgba8, tile: BlendedTile, values: Float32Array): number[] {
  const fade = (i: number, length: number) => (i < length ? (i + 0.5) / length : 1);
  const plane = tile.width * tile.height;
  return Array.from({ length: picture.width * picture.height * 3 }, (_, k) => {
    const channel = k % 3;
    const pixel = Math.floor(k / 3);
    const x = (pixel % picture.width) - tile.x;
    const y = Math.floor(pixel / picture.width) - tile.y;
    const old = picture.data[pixel * 4 + channel] ?? 0;
    if (x < 0 || y < 0 || x >= tile.width || y >= tile.height) return old;
    const value = values[channel * plane + y * tile.width + x] ?? 0;
    const level = Number.isNaN(value) ? 0 : Math.min(Math.max(value, 0), 1) * 255;
    return old + (level - old) * fade(x, tile.blendLeft) * fade(y, tile.blendTop);
  });
}

describe('blend pass', () => {
  const blend = new BlendPass(context);

  async function run(
    picture: Rgba8,
    tile: BlendedTile,
    values: Float32Array<ArrayBuffer>,
  ): Promise<{ result: Rgba8; faults: OutputFaults }> {
    const target = upload(picture);
    const planes = createStorageFrom(device, 'planes', values);
    const counters = createFaultCounters(device);
    submit((encoder) => blend.record(encoder, planes, tile, target, counters));
    const result = await readPicture(device, target.buffer, picture.width, picture.height);
    const faults = await readFaults(device, counters);
    for (const buffer of [target.buffer, planes, counters]) buffer.destroy();
    return { result, faults };
  }

  function randomPlanes(tile: BlendedTile): Float32Array<ArrayBuffer> {
    const random = makeRandom(77);
    const length = 3 * tile.width * tile.height;
    return Float32Array.from({ length }, () => random(100_001) / 100_000);
  }

  /** Equal to the rounded float64 value; at a tie to within f32's rounding either side is right. */
  function expectRounded(result: Rgba8, levels: readonly number[]): void {
    levels.forEach((level, k) => {
      const actual = result.data[Math.floor(k / 3) * 4 + (k % 3)] ?? 0;
      const tie = Math.abs(level - Math.floor(level) - 0.5) < 1e-4;
      if (tie) expect(Math.abs(actual - level)).toBeLessThan(0.5001);
      else expect(actual, `value ${k}: ${level}`).toBe(Math.floor(level + 0.5));
    });
  }

  it.each<[string, number, number, BlendedTile]>([
    ['alone', 20, 12, { x: 0, y: 0, width: 20, height: 12, blendLeft: 0, blendTop: 0 }],
    [
      'beyond the picture',
      20,
      12,
      { x: 8, y: 4, width: 24, height: 16, blendLeft: 0, blendTop: 0 },
    ],
    ['fading left', 40, 9, { x: 8, y: 0, width: 32, height: 9, blendLeft: 7, blendTop: 0 }],
    ['fading from above', 9, 40, { x: 0, y: 8, width: 9, height: 32, blendLeft: 0, blendTop: 16 }],
    [
      'fading both ways',
      150,
      90,
      { x: 60, y: 30, width: 96, height: 64, blendLeft: 9, blendTop: 5 },
    ],
    ['one pixel', 1, 1, { x: 0, y: 0, width: 8, height: 8, blendLeft: 0, blendTop: 0 }],
  ])('equals float64: %s', async (_, width, height, tile) => {
    const picture = noisePicture(width, height, 5);
    const values = randomPlanes(tile);
    const { result, faults } = await run(picture, tile, values);
    expectRounded(result, blendedLevels(picture, tile, values));
    expect(faults).toEqual({ notANumber: 0, outOfRange: 0 });
  });

  it('brings every byte value back that the pack pass made of it', async () => {
    const picture = makePicture(256, 2, (x, y) => [x, 255 - x, y * 255]);
    const source = upload(picture);
    const pack = new PackPass(context);
    const tile = { x: 0, y: 0, width: 256, height: 2, blendLeft: 0, blendTop: 0 };
    const planes = await planesOf(256, 2, (encoder, to) => pack.record(encoder, source, tile, to));
    const { result } = await run(noisePicture(256, 2, 1), tile, Float32Array.from(planes));
    expect(result).toEqual(picture);
    source.buffer.destroy();
  });

  it('counts what is no number or far out of range, writes 0 and the nearest bound', async () => {
    const tile = { x: 0, y: 0, width: 4, height: 1, blendLeft: 0, blendTop: 0 };
    const values = Float32Array.of(
      ...[Number.NaN, 0.5, 1.0005, -0.0005],
      ...[1, Number.NaN, 1.5, -2],
      ...[0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const { result, faults } = await run(noisePicture(4, 1, 2), tile, values);
    expect(faults).toEqual({ notANumber: 2, outOfRange: 4 });
    expect([...result.data]).toEqual([
      ...[0, 255, 0, 255],
      ...[128, 0, 255, 255],
      ...[255, 255, 255, 255],
      ...[0, 0, 0, 255],
    ]);
  });

  it('does not count what lies beyond the picture', async () => {
    const tile = { x: 0, y: 0, width: 4, height: 2, blendLeft: 0, blendTop: 0 };
    const values = new Float32Array(24).fill(Number.NaN);
    for (const plane of [0, 8, 16]) values.fill(0.25, plane, plane + 2);
    const { faults } = await run(noisePicture(2, 1, 2), tile, values);
    expect(faults).toEqual({ notANumber: 0, outOfRange: 0 });
  });

  it('joins two tiles of a flat field without a seam', async () => {
    const target = upload(makePicture(96, 16, () => [0, 0, 0]));
    const counters = createFaultCounters(device);
    const planes = createStorageFrom(device, 'flat', new Float32Array(3 * 64 * 16).fill(0.3));
    submit((encoder) => {
      const rect = { y: 0, width: 64, height: 16, blendTop: 0 };
      blend.record(encoder, planes, { ...rect, x: 0, blendLeft: 0 }, target, counters);
      blend.record(encoder, planes, { ...rect, x: 32, blendLeft: 32 }, target, counters);
    });
    const result = await readPicture(device, target.buffer, 96, 16);
    expect(new Set(result.data)).toEqual(new Set([77, 255]));
    for (const buffer of [target.buffer, counters, planes]) buffer.destroy();
  });
});
