import { describe, expect, it } from 'vitest';
import { readExif } from '../../src/codecs/readExif.ts';
import { concatBytes } from '../../src/core/bytes.ts';
import { exifAttributes } from '../../src/core/dataset/exifAttributes.ts';
import { jpeg, latin, png, tiff, webp } from '../helpers/exif.ts';

const FACTS = {
  device: 'Google Pixel 8',
  lens: null,
  exposure: 0.04,
  aperture: 1.68,
  iso: 1600,
  focalLength: 6.9,
  brightness: -1.5,
  flash: false,
  taken: '2026-03-01 19:20:00',
};

const read = (bytes: Uint8Array<ArrayBuffer>) => readExif(new Blob([bytes]), 'a');

describe('what the camera wrote', () => {
  it.each([
    ['a JPEG', jpeg],
    ['a PNG', png],
    ['a WebP', webp],
  ])('is read from %s in both byte orders', async (_, wrap) => {
    expect(await read(wrap(tiff(true)))).toEqual(FACTS);
    expect(await read(wrap(tiff(false)))).toEqual(FACTS);
  });

  it('is nothing where there is no block, or one that says nothing', async () => {
    expect(await read(jpeg(latin('MM\0*\0\0\0\x08\0\0')))).toBeNull();
    expect(await read(jpeg(latin('something else entirely')))).toBeNull();
    expect(await read(concatBytes([latin('\xff\xd8\xff\xda\0\x02')]))).toBeNull();
    await expect(read(latin('text'))).rejects.toThrow('“a” is not an image');
  });

  it('survives a block that is cut anywhere, or whose bytes are wrong', async () => {
    const whole = tiff(false);
    for (let length = 0; length < whole.length; length += 1) {
      const facts = await read(jpeg(whole.slice(0, length)));
      if (facts !== null) expect([FACTS.device, 'Google', null]).toContain(facts.device);
    }
    for (let at = 4; at < whole.length; at += 1) {
      const damaged = whole.slice();
      damaged[at] = 0xff;
      const facts = await read(jpeg(damaged));
      for (const fact of Object.values(facts ?? {})) expect(fact).not.toBeNaN();
    }
  });

  it('becomes attributes by which a set is cut', () => {
    expect(exifAttributes(FACTS)).toMatchObject({
      device: 'Google Pixel 8',
      exposure: '0.04',
      iso: '1600',
      flash: 'off',
      date: '2026-03-01',
      hour: '19',
      lens: null,
    });
  });
});
