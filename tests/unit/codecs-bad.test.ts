import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/codecs/decodeError.ts';
import { pngChunk, pngFile, readPngChunks } from '../../src/codecs/png/chunks.ts';
import { type Bytes, concatBytes, viewOf } from '../../src/core/bytes.ts';
import { decodeInNode, goldenFile } from '../helpers/goldenNode.ts';

const text = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0));

async function errorOf(file: Bytes, name: string): Promise<[string, string]> {
  const error: unknown = await decodeInNode(file, name).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DecodeError)) throw new Error(`no DecodeError for ${name}: ${error}`);
  expect(error.message).toContain(`“${name}”`);
  expect(error.message).toMatch(/\.$/);
  return [error.kind, error.message];
}

/** The file with one PNG chunk replaced; checksums are right again. */
function withChunk(file: Bytes, type: string, data: Uint8Array): Bytes {
  const chunks = readPngChunks(file, 'test').map((chunk) =>
    chunk.type === type ? pngChunk(type, data) : chunk.bytes,
  );
  return pngFile(chunks);
}

function pngHeader(width: number, height: number, rest: readonly number[]): Bytes {
  const data = new Uint8Array(13);
  viewOf(data).setUint32(0, width);
  viewOf(data).setUint32(4, height);
  data.set(rest, 8);
  return data;
}

const RGB8 = [8, 2, 0, 0, 0];
const PNG = goldenFile('gt/003.png');
const JPEG = goldenFile('gt/013.jpg');
const BMP = goldenFile('gt/019.bmp');

describe('files that are no pictures', () => {
  it('says that a file is empty', async () => {
    expect(await errorOf(new Uint8Array(0), 'portrait.jpg')).toEqual([
      'empty-file',
      '“portrait.jpg” is empty (0 bytes). Copy it again from where it came from.',
    ]);
  });

  it.each([
    ['notes.png', text('just some words\n')],
    ['drawing.svg', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['BMW.txt', text('BMW is a car maker from Munich')],
    ['one byte', Uint8Array.of(0x89)],
    ['movie.mp4', concatBytes([Uint8Array.of(0, 0, 0, 16), text('ftypisom\0\0\0\0')])],
  ])('%s is not an image', async (name, file) => {
    expect((await errorOf(file, name))[0]).toBe('not-an-image');
  });

  it.each([
    ['a.gif', 'GIF89a......', 'GIF'],
    ['a.tif', 'II*\0........', 'TIFF'],
    ['a.nef', 'MM\0*........', 'raw'],
    ['a.psd', '8BPS........', 'Photoshop'],
    ['a.jxl', '\xff\x0a..........', 'JPEG XL'],
  ])('%s is known, and the remedy is told', async (name, start, what) => {
    const [kind, message] = await errorOf(text(start), name);
    expect(kind).toBe('unsupported-format');
    expect(message).toContain(what);
    expect(message).toContain('Save it as PNG');
  });

  it('tells how to convert HEIC where nothing reads it', async () => {
    const heic = heifOf('heic', 4032, 3024);
    const [kind, message] = await errorOf(heic, 'IMG_0001.HEIC');
    expect(kind).toBe('unsupported-format');
    expect(message).toContain('Most Compatible');
  });
});

/** A HEIF container with nothing but its brand and size. */
function heifOf(brand: string, width: number, height: number): Bytes {
  const box = (type: string, ...content: Uint8Array[]) => {
    const data = concatBytes(content);
    const head = new Uint8Array(4);
    viewOf(head).setUint32(0, data.length + 8);
    return concatBytes([head, text(type), data]);
  };
  const size = new Uint8Array(12);
  viewOf(size).setUint32(4, width);
  viewOf(size).setUint32(8, height);
  const properties = box('iprp', box('ipco', box('ispe', size)));
  const meta = box('meta', new Uint8Array(4), properties);
  return concatBytes([box('ftyp', text(`${brand}\0\0\0\0mif1`)), meta]);
}

describe('damaged files', () => {
  it.each([
    ['a.png', PNG],
    ['a.jpg', JPEG],
    ['a.bmp', BMP],
    ['a.webp', goldenFile('formats/blocks.webp')],
    ['a.avif', goldenFile('formats/blocks.avif')],
  ])('%s cut off anywhere is refused, not half shown', async (name, file) => {
    for (const part of [0.2, 0.5, 0.9, 0.999]) {
      const [kind] = await errorOf(file.slice(0, Math.floor(file.length * part)), name);
      expect(kind).toBe('damaged-file');
    }
  });

  it('says where the checksum is wrong', async () => {
    const broken = PNG.slice();
    broken[PNG.length - 30] = (broken[PNG.length - 30] ?? 0) ^ 1;
    expect((await errorOf(broken, 'a.png'))[1]).toContain(
      'the checksum of its IDAT block is wrong',
    );
  });

  it('survives damage in what is not needed', async () => {
    const header = readPngChunks(PNG, 'a.png')[0]?.bytes ?? new Uint8Array();
    const iccp = pngChunk('iCCP', text('name\0\0not a zlib stream'));
    const broken = pngChunk('tEXt', text('Comment\0hello'));
    broken[10] = 0;
    const rest = PNG.subarray(8 + header.length);
    const file = pngFile([header, iccp, broken, rest]);
    const decoded = await decodeInNode(file, 'a.png');
    expect(decoded.pixels).toEqual((await decodeInNode(PNG, 'a.png')).pixels);
    expect(decoded.profile).toBeNull();
  });

  it.each([
    ['picture data that ends early', withChunk(PNG, 'IDAT', Uint8Array.of(0x78, 0x9c, 1, 0))],
    ['more rows than data', withChunk(PNG, 'IHDR', pngHeader(97, 62, RGB8))],
    ['fewer rows than data', withChunk(PNG, 'IHDR', pngHeader(97, 60, RGB8))],
    ['no palette', withChunk(PNG, 'IHDR', pngHeader(97, 61, [8, 3, 0, 0, 0]))],
    ['a depth that does not exist', withChunk(PNG, 'IHDR', pngHeader(97, 61, [4, 2, 0, 0, 0]))],
    ['a size of nothing', withChunk(PNG, 'IHDR', pngHeader(0, 61, RGB8))],
    ['no header', pngFile([pngChunk('IEND', new Uint8Array(0))])],
    ['no scan', concatBytes([JPEG.subarray(0, 2), Uint8Array.of(0xff, 0xd9)])],
  ])('refuses %s', async (_, file) => {
    expect((await errorOf(file, 'x'))[0]).toBe('damaged-file');
  });

  it('goes on decoding after a JPEG that libjpeg gave up on', async () => {
    const tables = JPEG.slice();
    // A Huffman table that is longer than it may be.
    const dht = tables.findIndex((byte, i) => byte === 0xff && tables[i + 1] === 0xc4);
    tables.fill(255, dht + 5, dht + 21);
    expect((await errorOf(tables, 'huffman.jpg'))[0]).toBe('damaged-file');
    expect((await decodeInNode(JPEG, 'good.jpg')).pixels.width).toBe(96);
  });

  it.each([
    ['12-bit', 0xc0, 12],
    ['lossless', 0xc3, 8],
    ['arithmetic-coded', 0xc9, 8],
  ])('tells that a JPEG is %s', async (_, marker, precision) => {
    const file = JPEG.slice();
    const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    file[frame + 1] = marker;
    file[frame + 4] = precision;
    expect((await errorOf(file, 'medical.jpg'))[0]).toBe('unsupported-format');
  });

  it('tells that a BMP is compressed', async () => {
    const file = BMP.slice();
    file[30] = 1;
    expect((await errorOf(file, 'rle.bmp'))[0]).toBe('unsupported-format');
  });

  it('never fails in any other way, whatever is changed', async () => {
    const files = [
      PNG,
      JPEG,
      BMP,
      goldenFile('formats/palette4.png'),
      goldenFile('formats/exif6.jpg'),
    ];
    const change = fc.record({
      file: fc.constantFrom(...files),
      at: fc.nat(400),
      value: fc.integer({ min: 0, max: 255 }),
      end: fc.option(fc.nat(5000)),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, value, end }) => {
        const changed = file.slice(0, end ?? file.length);
        if (at < changed.length) changed[at] = value;
        const result = await decodeInNode(changed, 'x').catch((reason: unknown) => reason);
        if (!(result instanceof DecodeError)) expect(result).toHaveProperty('pixels.data');
      }),
      { numRuns: 300 },
    );
  });
});

describe('pictures over the limits', () => {
  const jpegOf = (width: number, height: number) => {
    const file = JPEG.slice();
    const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    viewOf(file).setUint16(frame + 5, height);
    viewOf(file).setUint16(frame + 7, width);
    return file;
  };
  const bmpOf = (width: number, height: number) => {
    const file = BMP.slice();
    viewOf(file).setInt32(18, width, true);
    viewOf(file).setInt32(22, height, true);
    return file;
  };

  it.each([
    ['wide.png', withChunk(PNG, 'IHDR', pngHeader(16_385, 1, RGB8)), '16385×1'],
    ['bomb.png', withChunk(PNG, 'IHDR', pngHeader(2 ** 31 - 1, 2 ** 31 - 1, RGB8)), '2147483647'],
    ['many.png', withChunk(PNG, 'IHDR', pngHeader(10_001, 10_000, RGB8)), '10001×10000'],
    ['tall.jpg', jpegOf(8, 65_500), '8×65500'],
    ['tall.bmp', bmpOf(90, -20_000), '90×20000'],
    ['huge.heic', heifOf('heic', 20_000, 20_000), '20000×20000'],
    ['huge.avif', heifOf('avif', 20_000, 20_000), '20000×20000'],
  ])('%s is refused by its header', async (name, file, size) => {
    const [kind, message] = await errorOf(file, name);
    expect(kind).toBe('too-large');
    expect(message).toContain(`is ${size}`);
    expect(message).toContain('16,384 pixels a side and 100 megapixels');
  });
});
