import { describe, expect, it } from 'vitest';
import {
  decodeGolden,
  decodeInNode,
  GOLDEN_CASES,
  goldenFile,
  rgbSha256,
} from '../helpers/goldenNode.ts';

describe('golden pictures decode to the bytes OpenCV reads', () => {
  const files = GOLDEN_CASES.flatMap(({ gt, output, decoded_rgb_sha256: sha256 }) => [
    { path: gt, sha256: sha256.gt },
    { path: output, sha256: sha256.output },
  ]);

  it('covers all of them', () => {
    expect(files).toHaveLength(38);
  });

  it.each(files)('$path', async ({ path, sha256 }) => {
    const { pixels, exact, profile } = await decodeInNode(goldenFile(path), path);
    expect(rgbSha256(pixels)).toBe(sha256);
    expect(exact).toBe(true);
    expect(profile).toBeNull();
    expect(pixels.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });
});

describe('golden masks', () => {
  const masks = GOLDEN_CASES.filter(({ mask }) => mask !== null);

  it.each(masks)('$mask has the expected number of person pixels', async (golden) => {
    const { mask } = await decodeGolden(golden);
    expect(mask?.data.reduce((sum, bit) => sum + bit, 0)).toBe(golden.mask_pixels);
  });
});
