import { describe, expect, it } from 'vitest';
import { NORMALISATIONS } from '../../src/core/image/normalisation.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { seamsOf } from '../../src/core/inspect/hints/tileSeam.ts';
import { makeReview } from '../../src/engine/review.ts';
import { tilesFor } from '../../src/engine/tilePlan.ts';
import type { ReviewedPictures, TileRecord } from '../../src/protocol/review.ts';

const [WIDTH, HEIGHT] = [200, 96];

const tiles: TileRecord = {
  contract: {
    input: {
      name: 'input',
      layout: 'NCHW',
      channels: 'RGB',
      element: 'float32',
      normalisation: NORMALISATIONS.unit,
      fixedSize: null,
      sizeMultiple: 8,
      minSize: 8,
    },
  },
  size: 64,
  overlap: 16,
  margin: 0,
  wholePixels: null,
};

/** Grey with a little grain, brighter by `step` levels from column `at` on. */
function picture(at: number, step: number): Rgba8 {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    const grain = (x * x * 31 + y * y * 17 + x * y * 7) % 5;
    const level = 100 + grain + (x >= at ? step : 0);
    data.fill(level, i * 4, i * 4 + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const pictures = (output: Rgba8, record: TileRecord | null): ReviewedPictures => ({
  output,
  input: null,
  truth: null,
  mask: null,
  tiles: record,
});

describe('the hint of tile seams', () => {
  const [, seam] = seamsOf(tilesFor(tiles.contract, tiles, WIDTH, HEIGHT)).columns;
  if (seam === undefined) throw new Error('the plan has no seams');

  it('is measured where the tiles of this very output met', async () => {
    const review = makeReview();
    await review.hold(pictures(picture(seam, 4), tiles));
    const found = await review.hint('tile-seam');
    if (!found.ok || found.value === null) throw new Error('nothing was measured');
    expect(found.value.value).toBeGreaterThan(2);
    expect(found.value.numbers[0]).toEqual({ title: 'Column', value: seam, unit: 'px' });
    expect(found.value.place).toMatchObject({ x: seam - 1, height: HEIGHT });
  });

  it('says nothing of a step that no tile has made', async () => {
    const review = makeReview();
    await review.hold(pictures(picture(seam + 13, 4), tiles));
    const found = await review.hint('tile-seam');
    expect(found.ok && found.value?.value).toBeLessThan(0.7);
  });

  it('is none where nobody knows of tiles', async () => {
    const review = makeReview();
    await review.hold(pictures(picture(seam, 4), null));
    expect(await review.hint('tile-seam')).toEqual({ ok: true, value: null });
  });
});

describe('looking over pictures', () => {
  it('answers with an error where there is nothing to look at', async () => {
    expect(await makeReview().hint('halo')).toMatchObject({ ok: false });
  });

  it('finds a shift between two pictures', async () => {
    const one = picture(60, 80);
    expect(await makeReview().findShift(one, one)).toMatchObject({ ok: true });
  });
});
