import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTiles } from '../../src/models/tiling.ts';

const RULE = { size: 64, overlap: 16, multiple: 16, minSize: 32 };

const WHOLE = {
  ...{ skipLeft: 0, blendLeft: 0, skipTop: 0, blendTop: 0 },
  ...{ skipRight: 0, skipBottom: 0 },
};

describe('planTiles', () => {
  it('takes a picture that fits as one tile, rounded up to the multiple', () => {
    expect(planTiles(50, 64, RULE)).toEqual([{ x: 0, y: 0, width: 64, height: 64, ...WHOLE }]);
  });

  it('pads a tiny picture to the least size', () => {
    expect(planTiles(1, 3, RULE)).toEqual([{ x: 0, y: 0, width: 32, height: 32, ...WHOLE }]);
  });

  it('cuts a longer side into equal tiles, no larger than the overlap asks for', () => {
    const columns = (width: number) =>
      planTiles(width, 40, RULE).map(({ x, width: w, blendLeft }) => [x, w, blendLeft]);
    expect(columns(100)).toEqual([
      [0, 64, 0],
      [36, 64, 28],
    ]);
    expect(columns(72)).toEqual([
      [0, 48, 0],
      [24, 48, 24],
    ]);
  });

  it('covers every pixel, keeps the overlap, never leaves the picture on a tiled side', () => {
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const tiles = planTiles(width, height, RULE);
        const covered = new Uint8Array(width * height);
        for (const tile of tiles) {
          expect(tile.width % RULE.multiple).toBe(0);
          if (width > RULE.size) {
            expect(tile.x + tile.width).toBeLessThanOrEqual(width);
            expect(tile.x === 0 ? 0 : tile.blendLeft >= RULE.overlap).toBe(tile.x === 0 ? 0 : true);
          }
          for (let y = tile.y; y < Math.min(height, tile.y + tile.height); y++) {
            covered.fill(1, y * width + tile.x, y * width + Math.min(width, tile.x + tile.width));
          }
        }
        expect(covered.includes(0)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a margin along cuts to the neighbour, and fades between the margins', () => {
    const columns = planTiles(100, 40, { ...RULE, margin: 4 });
    const cuts = columns.map(({ x, ...tile }) => [
      x,
      tile.skipLeft,
      tile.blendLeft,
      tile.skipRight,
    ]);
    expect(cuts).toEqual([
      [0, 0, 0, 4],
      [36, 4, 20, 0],
    ]);
  });

  it('takes tiles of exactly the size of a network that takes nothing else', () => {
    const tiles = planTiles(100, 40, { ...RULE, fixedSize: [48, 64] });
    expect(tiles.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
      [0, 0, 64, 48],
      [36, 0, 64, 48],
    ]);
  });

  it('refuses an impossible rule', () => {
    expect(() => planTiles(10, 10, { ...RULE, size: 50 })).toThrow(RangeError);
    expect(() => planTiles(10, 10, { ...RULE, overlap: 40 })).toThrow(RangeError);
  });
});
