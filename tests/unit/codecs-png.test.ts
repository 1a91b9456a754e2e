import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../src/codecs/decodeFile.ts';
import { pngChunk, pngFile, readPngChunks } from '../../src/codecs/png/chunks.ts';
import { crc32 as ownCrc32 } from '../../src/codecs/png/crc.ts';
import { encodePng, encodeSamples } from '../../src/codecs/png/encode.ts';
import { inflate } from '../../src/codecs/zlib.ts';
import { decodeInNode, goldenFile, nodeDecoders, rgbSha256 } from '../helpers/goldenNode.ts';

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc
        .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
        .map((bytes) => Uint8ClampedArray.from(bytes, (value, i) => (i % 4 === 3 ? 255 : value))),
    }),
  );

describe('writing PNG', () => {
  it('comes back byte for byte, whatever the picture', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const decoded = await decodeInNode(await encodePng(picture, null), 'written.png');
        expect(decoded.pixels).toEqual(picture);
        expect([decoded.bitDepth, decoded.isPlainPng]).toEqual([8, true]);
      }),
    );
  });

  it('comes back for smooth and for noisy pictures, which take different filters', async () => {
    for (const path of ['gt/010.png', 'output/014.png']) {
      const { pixels } = await decodeInNode(goldenFile(path), path);
      const written = await encodePng(pixels, null);
      expect(rgbSha256((await decodeInNode(written, path)).pixels)).toBe(rgbSha256(pixels));
      expect(written.length).toBeLessThan(pixels.data.length * 0.76);
    }
  });

  it('leaves alpha out', async () => {
    const data = Uint8ClampedArray.of(1, 2, 3, 0);
    const written = await encodePng({ width: 1, height: 1, data }, null);
    const { pixels } = await decodeInNode(written, 'alpha.png');
    expect([...pixels.data]).toEqual([1, 2, 3, 255]);
  });

  it('keeps grey and alpha where both are asked for', async () => {
    const data = Uint8Array.of(255, 0, 255, 128);
    const written = await encodeSamples({ width: 2, height: 1, channels: 2, data }, null);
    const chunks = readPngChunks(written, 'tint.png');
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    const idat = chunks[1]?.data ?? new Uint8Array();
    // Filter 1: the second pixel is stored as its difference from the first.
    expect([...(await inflate(idat, 99))]).toEqual([1, 255, 0, 0, 128]);
  });
});

describe('transparency', () => {
  const greyWithAlpha = (...alpha: readonly number[]) => {
    const data = Uint8Array.from(alpha.flatMap((level, i) => [i * 9, level]));
    return encodeSamples({ width: alpha.length, height: 1, channels: 2, data }, null);
  };

  it.each([
    [[255, 255, 255], false],
    [[255, 254, 255], true],
    [[0, 255, 255], true],
  ] as const)('alpha %j: %s', async (alpha, expected) => {
    const decoded = await decodeInNode(await greyWithAlpha(...alpha), 'cut-out.png');
    expect(decoded.hasTransparency).toBe(expected);
    // A browser draws what lies behind the page instead.
    expect(decoded.browserAgrees).toBe(!expected);
    expect([...decoded.pixels.data.slice(0, 8)]).toEqual([0, 0, 0, 255, 9, 9, 9, 255]);
  });

  const withTrns = (path: string, trns: Uint8Array) => {
    const chunks = readPngChunks(goldenFile(path), path);
    return pngFile(
      chunks.map(({ type, bytes }) => (type === 'tRNS' ? pngChunk('tRNS', trns) : bytes)),
    );
  };

  it('is found where a colour stands for it', async () => {
    const path = 'formats/rgb8-trns.png';
    const { data } = (await decodeInNode(goldenFile(path), path)).pixels;
    const [red = 0, green = 0, blue = 0] = data.subarray(40, 43);
    const key = Uint8Array.of(0, red, 0, green, 0, blue);
    const found = async (trns: Uint8Array) =>
      (await decodeInNode(withTrns(path, trns), path)).hasTransparency;
    expect([await found(key), await found(key.subarray(0, 4))]).toEqual([true, false]);
    // Of 8-bit samples the upper byte does not count.
    expect(await found(key.map((byte, i) => (i % 2 === 0 ? 7 : byte)))).toBe(true);
  });

  it('is found where an entry of the palette has it', async () => {
    const path = 'formats/palette8.png';
    // Index 2 is the first that occurs.
    for (const alpha of [255, 254]) {
      const file = withTrns(path, Uint8Array.of(255, 255, alpha));
      expect((await decodeInNode(file, path)).hasTransparency).toBe(alpha < 255);
    }
  });

  it('is found in what the browser decodes, which is made opaque', async () => {
    const decodeInBrowser = async () => ({
      width: 2,
      height: 1,
      data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 128),
    });
    const file = goldenFile('formats/blocks.webp');
    const decoded = await decodeFile(file, 'blocks.webp', { ...nodeDecoders, decodeInBrowser });
    expect(decoded.hasTransparency).toBe(true);
    expect(decoded.browserAgrees).toBe(false);
    expect([...decoded.pixels.data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });
});

it('CRC-32 is that of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 99 }), (bytes) => {
      expect(ownCrc32(bytes)).toBe(crc32(bytes));
    }),
  );
});

it('unpacking stops at its limit', async () => {
  const bomb = await encodeSamples(
    { width: 1000, height: 1000, channels: 1, data: new Uint8Array(1_000_000) },
    null,
  );
  const idat = readPngChunks(bomb, 'bomb.png')[1]?.data ?? new Uint8Array();
  await expect(inflate(idat, 500_000)).rejects.toThrow(RangeError);
});
