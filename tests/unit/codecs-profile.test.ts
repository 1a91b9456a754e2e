import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/codecs/png/encode.ts';
import { embeddedProfile, isDisplayP3 } from '../../src/codecs/profile/embedded.ts';
import { readIccProfile } from '../../src/codecs/profile/icc.ts';
import type { Bytes } from '../../src/core/bytes.ts';
import { srgbToLinear } from '../../src/core/colour/srgb.ts';
import { decodeInNode, goldenFile } from '../helpers/goldenNode.ts';
import {
  asciiName,
  DISPLAY_P3_D50,
  displayProfile,
  makeDisplayP3,
  makeProfile,
  parametric,
  SRGB_CURVE,
  SRGB_D50,
  table,
  tagJpeg,
  unicodeName,
} from '../helpers/goldenProfile.ts';

const P3 = makeDisplayP3();
const SRGB = displayProfile(asciiName('sRGB IEC61966-2.1'), SRGB_D50, SRGB_CURVE);

const withCurve = (curve: Bytes) => displayProfile(unicodeName('test'), SRGB_D50, curve);
const sampled = (count: number) =>
  table(Array.from({ length: count }, (_, i) => 65535 * srgbToLinear(i / (count - 1))));

describe('which profiles mean sRGB', () => {
  it('the fixture is the profile that the helper builds', () => {
    expect(goldenFile('formats/display-p3.icc')).toEqual(P3);
  });

  it.each([
    ['its parametric curve', SRGB],
    ['its curve as a table', withCurve(sampled(1024))],
    ['its name where there are only tables', makeProfile({ desc: asciiName('sRGB v4 ICC') })],
  ])('sRGB by %s', (_, icc) => {
    expect(embeddedProfile(icc)).toBeNull();
  });

  it.each([
    ['Display P3', P3, 'Display P3'],
    ['other primaries', displayProfile(asciiName('Wide'), DISPLAY_P3_D50, SRGB_CURVE), 'Wide'],
    ['gamma 2.2 as parameters', withCurve(parametric(0, [2.2])), 'test'],
    ['gamma 1.8 as a table of one', withCurve(table([Math.round(1.8 * 256)])), 'test'],
    ['linear light', withCurve(table([])), 'test'],
    ['tables only', makeProfile({ desc: unicodeName('Printer é') }), 'Printer é'],
    ['no name', makeProfile({}), 'unnamed profile'],
  ])('not sRGB: %s', (_, icc, name) => {
    expect(embeddedProfile(icc)).toEqual({ name, icc });
  });

  it('Display P3 is known by its numbers, whatever it is called', () => {
    expect(isDisplayP3(P3)).toBe(true);
    expect(isDisplayP3(displayProfile(asciiName('Wide'), DISPLAY_P3_D50, SRGB_CURVE))).toBe(true);
    const cinema = displayProfile(asciiName('P3'), DISPLAY_P3_D50, parametric(0, [2.6]));
    const named = makeProfile({ desc: unicodeName('Display P3') });
    for (const icc of [SRGB, cinema, named, P3.slice(0, 100)]) {
      expect(isDisplayP3(icc)).toBe(false);
    }
  });

  it.each([
    ['none', null],
    ['grey', makeProfile({ desc: asciiName('Dot gain 20%') }, 'GRAY')],
    ['CMYK', makeProfile({ desc: asciiName('Coated') }, 'CMYK')],
    ['noise', new Uint8Array(600).fill(77)],
    ['cut off', P3.slice(0, 100)],
  ])('nothing to honour: %s', (_, icc) => {
    expect(embeddedProfile(icc)).toBeNull();
  });

  it('reads every kind of parametric curve', () => {
    const at = (kind: number, values: readonly number[]) =>
      readIccProfile(withCurve(parametric(kind, values)))?.matrix?.curves[0]?.(0.5);
    expect(at(0, [2])).toBeCloseTo(0.25, 4);
    expect(at(1, [2, 2, -0.5])).toBeCloseTo(0.25, 4);
    expect(at(2, [2, 2, -0.5, 0.1])).toBeCloseTo(0.35, 4);
    expect(at(3, [2, 1, 0, 0.5, 0.6])).toBeCloseTo(0.25, 4);
    expect(at(4, [2, 1, 0, 0.5, 0.6, 0.1, 0.2])).toBeCloseTo(0.45, 4);
    expect(at(5, [1, 1, 1, 1, 1, 1, 1])).toBeUndefined();
  });

  it('survives profiles that end anywhere', () => {
    for (let length = 0; length < P3.length; length += 1) {
      expect(() => embeddedProfile(P3.slice(0, length))).not.toThrow();
    }
  });
});

describe('profiles in files', () => {
  const rgb = Uint8ClampedArray.from({ length: 5 * 4 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 7) % 256,
  );
  const picture = { width: 5, height: 4, data: rgb };

  it('a tagged PNG keeps its raw pixels and tells its profile', async () => {
    const decoded = await decodeInNode(await encodePng(picture, P3), 'p3.png');
    expect(decoded.pixels).toEqual(picture);
    expect(decoded.profile).toEqual({ name: 'Display P3', icc: P3 });
    expect(decoded.isPlainPng).toBe(false);
  });

  it('a PNG tagged as sRGB has no profile to honour', async () => {
    const decoded = await decodeInNode(await encodePng(picture, SRGB), 'srgb.png');
    expect([decoded.profile, decoded.isPlainPng]).toEqual([null, false]);
  });

  it.each([
    ['one segment', 60_000],
    ['several segments', 100],
  ])('a JPEG with its profile in %s decodes as without it', async (_, part) => {
    const plain = goldenFile('gt/013.jpg');
    const tagged = await decodeInNode(tagJpeg(plain, P3, part), 'p3.jpg');
    expect(tagged.profile).toEqual({ name: 'Display P3', icc: P3 });
    expect(tagged.pixels).toEqual((await decodeInNode(plain, '013.jpg')).pixels);
  });

  it('a profile with a part missing is left alone', async () => {
    const jpeg = tagJpeg(goldenFile('gt/013.jpg'), P3, 200);
    const start = 2 + 2 + 2 + 14 + 200;
    const cut = Uint8Array.of(...jpeg.subarray(0, 2), ...jpeg.subarray(start));
    expect((await decodeInNode(cut, 'cut.jpg')).profile).toBeNull();
  });

  it('reads the profile an image program wrote', async () => {
    const { profile } = await decodeInNode(goldenFile('formats/blocks-p3.jpg'), 'blocks-p3.jpg');
    expect(profile).toEqual({ name: 'Display P3', icc: P3 });
  });
});
