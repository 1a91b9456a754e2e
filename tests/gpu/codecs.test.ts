import { releaseProxy, wrap } from 'comlink';
import { afterAll, describe, expect, it } from 'vitest';
import { linearToSrgb, srgbToLinear } from '../../src/core/colour/srgb.ts';
import { rgbBytes } from '../../src/core/image/rgb.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { toBitmap } from '../../src/engine/bitmap.ts';
import type { CodecApi, DecodedPicture } from '../../src/protocol/codec.ts';
import type { Result } from '../../src/protocol/result.ts';

type Rgb = readonly [number, number, number];

interface GoldenCase {
  readonly gt: string;
  readonly output: string;
  readonly decoded_rgb_sha256: { readonly gt: string; readonly output: string };
}

const FIXTURES = new URL('/tests/fixtures/golden/', location.origin);
/** The colours of the `blocks` fixtures, each at the middle of its block. */
const BLOCKS: readonly { x: number; y: number; rgb: Rgb }[] = [
  { x: 12, y: 8, rgb: [220, 40, 60] },
  { x: 36, y: 8, rgb: [60, 180, 70] },
  { x: 12, y: 24, rgb: [40, 80, 200] },
  { x: 36, y: 24, rgb: [128, 128, 128] },
];

const worker = new Worker(new URL('../../src/workers/codec.worker.ts', import.meta.url), {
  type: 'module',
});
const codec = wrap<CodecApi>(worker);

afterAll(() => {
  codec[releaseProxy]();
  worker.terminate();
});

async function fixture(path: string): Promise<Blob> {
  const response = await fetch(new URL(path, FIXTURES));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.blob();
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

async function decode(file: Blob, name: string): Promise<DecodedPicture> {
  return unwrap(await codec.decode(file, name));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A bitmap as the viewer's sRGB canvas shows it. */
function shown(bitmap: ImageBitmap): Rgba8 {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

const pixelAt = ({ width, data }: Rgba8, x: number, y: number): Rgb => {
  const at = (y * width + x) * 4;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
};

function expectNear(actual: Rgb, expected: Rgb, tolerance: number): void {
  const worst = Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? 0))));
  expect(worst, `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Display P3 to sRGB: same curve and white, the two D65 matrices multiplied, out of gamut cut. */
function srgbOfP3(colour: Rgb): Rgb {
  const [r, g, b] = colour.map((value) => srgbToLinear(value / 255)) as [number, number, number];
  const linear: Rgb = [
    1.2249401 * r - 0.2249401 * g,
    -0.0420569 * r + 1.0420569 * g,
    -0.0196376 * r - 0.0786361 * g + 1.0982735 * b,
  ];
  const [red, green, blue] = linear.map((value) =>
    Math.round(255 * linearToSrgb(Math.min(1, Math.max(0, value)))),
  ) as [number, number, number];
  return [red, green, blue];
}

/** A profile with other parametric curves, which makes it one of another colour space. */
function steeper(icc: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const changed = icc.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 16 <= changed.length; at += 4) {
    // The tag's type is "para"; its first parameter, the exponent, is in 1/65536.
    if (view.getUint32(at) === 0x70617261) view.setInt32(at + 12, 2.75 * 65536);
  }
  return changed;
}

const cases: readonly GoldenCase[] = JSON.parse(
  await (await fixture('expected.json')).text(),
).cases;

describe('golden pictures decode in a worker of Chromium to the bytes OpenCV reads', () => {
  const files = cases.flatMap(({ gt, output, decoded_rgb_sha256: hashes }) => [
    { path: gt, hash: hashes.gt },
    { path: output, hash: hashes.output },
  ]);

  it('covers all of them', () => {
    expect(files).toHaveLength(38);
  });

  it.each(files)('$path', async ({ path, hash }) => {
    const file = await fixture(path);
    const picture = await decode(file, path);
    expect(await sha256(rgbBytes(picture.pixels))).toBe(hash);
    expect(picture.sha256).toBe(await sha256(new Uint8Array(await file.arrayBuffer())));
    expect([picture.exact, picture.profile]).toEqual([true, null]);
    // What is drawn is what is measured.
    expect(await sha256(rgbBytes(shown(picture.bitmap)))).toBe(hash);
  });
});

describe('formats the browser decodes', () => {
  it.each([
    ['blocks.webp', 0],
    ['blocks-lossy.webp', 8],
    ['blocks.avif', 4],
    ['cmyk.jpg', 60],
  ])('%s', async (name, tolerance) => {
    const picture = await decode(await fixture(`formats/${name}`), name);
    expect([picture.pixels.width, picture.pixels.height]).toEqual([48, 32]);
    expect([picture.exact, picture.profile]).toEqual([false, null]);
    for (const { x, y, rgb } of BLOCKS) {
      expectNear(pixelAt(picture.pixels, x, y), rgb, tolerance);
      expect(pixelAt(shown(picture.bitmap), x, y)).toEqual(pixelAt(picture.pixels, x, y));
    }
  });
});

describe('pictures in Display P3', () => {
  async function taggedPng(): Promise<Blob> {
    const { pixels } = await decode(await fixture('formats/blocks.webp'), 'blocks.webp');
    const icc = new Uint8Array(await (await fixture('formats/display-p3.icc')).arrayBuffer());
    return unwrap(await codec.encodePng(pixels, icc));
  }

  const files: readonly [string, () => Promise<Blob>, number][] = [
    ['blocks-p3.png', taggedPng, 0],
    ['blocks-p3.jpg', () => fixture('formats/blocks-p3.jpg'), 3],
    ['blocks-p3.webp', () => fixture('formats/blocks-p3.webp'), 0],
    ['blocks-p3.avif', () => fixture('formats/blocks-p3.avif'), 4],
  ];

  it.each(files)(
    '%s is measured raw, shown and exported in sRGB',
    async (name, load, tolerance) => {
      const file = await load();
      const picture = await decode(file, name);
      expect(picture.profile?.name).toBe('Display P3');
      const exported = await decode(unwrap(await codec.exportSrgb(file, name)), 'exported.png');
      expect([exported.profile, exported.format]).toEqual([null, 'png']);
      for (const { x, y, rgb } of BLOCKS) {
        const raw = pixelAt(picture.pixels, x, y);
        expectNear(raw, rgb, tolerance);
        expectNear(pixelAt(shown(picture.bitmap), x, y), srgbOfP3(raw), 1);
        expectNear(pixelAt(exported.pixels, x, y), srgbOfP3(raw), 1);
      }
    },
  );

  it('are previewed in the colours they are shown in; so are those of other profiles', async () => {
    const { pixels, profile, bitmap } = await decode(await taggedPng(), 'blocks-p3.png');
    const preview = shown(await toBitmap(pixels, profile));
    const curved = profile && steeper(profile.icc);
    const other = await decode(unwrap(await codec.encodePng(pixels, curved)), 'steeper.png');
    expect(other.profile?.icc).toEqual(curved);
    const otherPreview = shown(await toBitmap(pixels, other.profile));
    for (const { x, y } of BLOCKS) {
      expectNear(pixelAt(preview, x, y), pixelAt(shown(bitmap), x, y), 2);
      expect(pixelAt(otherPreview, x, y)).toEqual(pixelAt(shown(other.bitmap), x, y));
    }
    expect(pixelAt(preview, 12, 8)).not.toEqual(pixelAt(shown(await toBitmap(pixels)), 12, 8));
  });
});

describe('writing', () => {
  it('a PNG comes back byte for byte', async () => {
    const { pixels } = await decode(await fixture('output/014.png'), '014.png');
    const written = unwrap(await codec.encodePng(pixels, null));
    expect(written.type).toBe('image/png');
    const again = await decode(written, 'written.png');
    expect(await sha256(rgbBytes(again.pixels))).toBe(await sha256(rgbBytes(pixels)));
    expect(await sha256(rgbBytes(shown(await createImageBitmap(written))))).toBe(
      await sha256(rgbBytes(pixels)),
    );
  });

  it('exports an untagged PNG as it is and a JPEG as its decoded pixels', async () => {
    const png = await fixture('output/003.png');
    const same = unwrap(await codec.exportSrgb(png, '003.png'));
    expect(await same.arrayBuffer()).toEqual(await png.arrayBuffer());
    const jpeg = await fixture('output/013.jpg');
    const exported = await decode(unwrap(await codec.exportSrgb(jpeg, '013.jpg')), 'exported.png');
    expect(await sha256(rgbBytes(exported.pixels))).toBe(
      await sha256(rgbBytes((await decode(jpeg, '013.jpg')).pixels)),
    );
  });
});

describe('mask overlays', () => {
  const mask = {
    width: 40,
    height: 30,
    data: Uint8Array.from({ length: 1200 }, (_, i) => (i % 40 < 20 ? 0 : 200)),
  };

  async function alphaOf(blob: Blob): Promise<(x: number, y: number) => number> {
    const { width, data } = shown(await createImageBitmap(blob));
    return (x, y) => data[(y * width + x) * 4 + 3] ?? -1;
  }

  it('tint has the mask as alpha, contour only its edge', async () => {
    const { tint, contour } = unwrap(await codec.renderOverlay(mask, { kind: 'inside' }));
    const tintAlpha = await alphaOf(tint);
    expect([tintAlpha(0, 0), tintAlpha(19, 15), tintAlpha(20, 15), tintAlpha(39, 29)]).toEqual([
      0, 0, 200, 200,
    ]);
    const contourAlpha = await alphaOf(contour);
    for (const x of [19, 20]) expect(contourAlpha(x, 15)).toBeGreaterThan(230);
    expect([contourAlpha(5, 15), contourAlpha(35, 15)]).toEqual([0, 0]);
  });
});

describe('what cannot be read crosses the worker as a sentence', () => {
  it.each([
    ['empty.png', new Blob([]), 'empty-file'],
    ['notes.txt', new Blob(['hello there']), 'not-an-image'],
    ['cut.webp', new Blob(['RIFF\x10\0\0\0WEBPVP8L']), 'damaged-file'],
  ])('%s', async (name, file, kind) => {
    const result = await codec.decode(file, name);
    expect(result).toMatchObject({ ok: false, error: { kind } });
    expect(result.ok ? '' : result.error.message).toContain(name);
  });

  it('a HEIC picture that Chromium has no decoder for', async () => {
    const bytes = new Uint8Array(await (await fixture('formats/blocks.avif')).arrayBuffer());
    const heic = new TextEncoder().encode('heicmif1');
    bytes.set(heic.subarray(0, 4), 8);
    // The other brands of the file would still say AVIF.
    for (let at = 16; at < (bytes[3] ?? 0); at += 4) bytes.set(heic.subarray(4), at);
    const result = await codec.decode(new Blob([bytes]), 'IMG_1.HEIC');
    expect(result).toMatchObject({ ok: false, error: { kind: 'unsupported-format' } });
  });
});
