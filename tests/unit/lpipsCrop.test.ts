import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask } from '../../src/core/image/types.ts';
import {
  type Box,
  LPIPS_MIN_SIDE,
  LPIPS_PADDING,
  personCrop,
} from '../../src/core/metrics/lpipsCrop.ts';
import type { GoldenCase } from '../helpers/golden.ts';
import { decodeGolden, GOLDEN_CASES, goldenFile } from '../helpers/goldenNode.ts';

interface CropCase {
  readonly id: string;
  readonly lpips_crop?: {
    readonly x0: number;
    readonly y0: number;
    readonly x1_inclusive: number;
    readonly y1_inclusive: number;
  };
}

const crops: readonly CropCase[] = JSON.parse(
  new TextDecoder().decode(goldenFile('expected.json')),
).cases;

/** The scoring program's crop; it has none where there is no mask file and takes the whole picture. */
function goldenCrop({ id, mask, width, height }: GoldenCase): Box | null {
  const crop = crops.find((candidate) => candidate.id === id)?.lpips_crop;
  if (!crop) return mask === null ? { x: 0, y: 0, width, height } : null;
  const { x0: x, y0: y, x1_inclusive: right, y1_inclusive: bottom } = crop;
  return { x, y, width: right - x + 1, height: bottom - y + 1 };
}

describe('the crop of LPIPS', () => {
  it.each(GOLDEN_CASES)('is the scoring program’s: $id, $what', async (golden) => {
    const { output, mask } = await decodeGolden(golden);
    expect(personCrop(output.width, output.height, mask, LPIPS_PADDING)).toEqual(
      goldenCrop(golden),
    );
  });

  it('holds the mask with 8 pixels to spare, or ends at the picture, and no more', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
    const masks = sizes.chain(([width, height]) =>
      fc
        .uniqueArray(fc.nat(width * height - 1), { minLength: 1, maxLength: 9 })
        .map((inside) => ({ width, height, inside })),
    );
    fc.assert(
      fc.property(masks, ({ width, height, inside }) => {
        const mask: BinaryMask = { width, height, data: new Uint8Array(width * height) };
        for (const at of inside) mask.data[at] = 1;
        const columns = inside.map((at) => at % width);
        const rows = inside.map((at) => Math.floor(at / width));
        const box = personCrop(width, height, mask, LPIPS_PADDING);
        if (!box) throw new Error('no crop');
        expect(box.x).toBe(Math.max(0, Math.min(...columns) - LPIPS_PADDING));
        expect(box.y).toBe(Math.max(0, Math.min(...rows) - LPIPS_PADDING));
        expect(box.x + box.width).toBe(Math.min(width, Math.max(...columns) + LPIPS_PADDING + 1));
        expect(box.y + box.height).toBe(Math.min(height, Math.max(...rows) + LPIPS_PADDING + 1));
      }),
    );
  });

  it('needs 31 pixels a side', () => {
    expect(LPIPS_MIN_SIDE).toBe(31);
  });
});
