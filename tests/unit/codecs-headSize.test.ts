import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headSize } from '../../src/codecs/headSize.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

const FOLDERS = ['tests/fixtures/golden/gt', 'tests/fixtures/golden/formats'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(png|jpg)$/.test(name) && name !== 'cmyk.jpg')
    .map((name) => `${folder}/${name}`),
);

describe('the size by a file’s first bytes', () => {
  it.each(files)('is that of the decoded picture: %s', async (path) => {
    const bytes = new Uint8Array(readFileSync(path));
    const size = await headSize(new Blob([bytes]), path);
    const { pixels } = await decodeInNode(bytes, path);
    // A PNG with an orientation is left to the decoder.
    if (size === null) expect(path).toContain('exif');
    else expect(size).toEqual([pixels.width, pixels.height]);
  });

  it('is unknown for other formats, and for a header that is cut', async () => {
    const bmp = readFileSync('tests/fixtures/golden/gt/019.bmp');
    expect(await headSize(new Blob([bmp]), 'a.bmp')).toBeNull();
    const jpeg = readFileSync('tests/fixtures/golden/formats/420.jpg');
    expect(await headSize(new Blob([jpeg.subarray(0, 30)]), 'a.jpg')).toBeNull();
  });

  it('refuses what is no picture', async () => {
    await expect(headSize(new Blob([]), 'a.png')).rejects.toThrow('“a.png” is empty');
    await expect(headSize(new Blob(['text']), 'a.png')).rejects.toThrow('not an image');
  });
});
