import { describe, expect, it } from 'vitest';
import { decodeInNode, goldenFile, rgbSha256 } from '../helpers/goldenNode.ts';

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
}

/** What OpenCV decodes each of the small files to; see the README beside them. */
const expected: { files: Record<string, Expected> } = JSON.parse(
  new TextDecoder().decode(goldenFile('formats/expected.json')),
);

describe('every kind of PNG, BMP and JPEG decodes to the bytes OpenCV reads', () => {
  it.each(Object.entries(expected.files))('%s', async (name, { width, height, sha256 }) => {
    const decoded = await decodeInNode(goldenFile(`formats/${name}`), name);
    const { pixels, exact, bitDepth, hasTransparency } = decoded;
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect(rgbSha256(pixels)).toBe(sha256);
    expect(exact).toBe(true);
    expect(bitDepth).toBe(/16\.png$/.test(name) ? 16 : 8);
    // The transparent colours of rgb8-trns.png and palette8.png occur nowhere in them.
    expect(hasTransparency).toBe(/^(palette[124]|.*(alpha|rgba)\d+)\.png$/.test(name));
  });
});
