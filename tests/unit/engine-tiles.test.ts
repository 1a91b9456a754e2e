import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { blendTile } from '../../src/models/blend.ts';
import { packTile } from '../../src/models/pack.ts';
import { planTiles } from '../../src/models/tiling.ts';

const WHOLE = {
  ...{ skipLeft: 0, blendLeft: 0, skipTop: 0, blendTop: 0 },
  ...{ skipRight: 0, skipBottom: 0 },
};

/** A picture without any symmetry, so that a swapped axis or channel cannot go unseen. */
function picture(width: number, height: number): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data.set([(i * 7) % 256, (i * 13 + 5) % 256, (i * 29 + 11) % 256, 255], i * 4);
  }
  return { width, height, data };
}

function empty(width: number, height: number): Rgba8 {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

describe('packTile and blendTile', () => {
  it.each([
    [40, 24, 64, 16],
    [150, 97, 64, 16],
    [1, 1, 32, 0],
    [33, 200, 32, 16],
  ])(
    'give the picture back through an identity network: %i×%i, tiles of %i',
    (w, h, size, overlap) => {
      const source = picture(w, h);
      const target = empty(w, h);
      const faults = { notANumber: 0, outOfRange: 0 };
      for (const tile of planTiles(w, h, { size, overlap, multiple: 16, minSize: 16 })) {
        blendTile(target, tile, packTile(source, tile), faults);
      }
      expect(target.data).toEqual(source.data);
      expect(faults).toEqual({ notANumber: 0, outOfRange: 0 });
    },
  );

  it('reflects beyond the picture without repeating the edge', () => {
    const source = picture(3, 1);
    const packed = packTile(source, { x: 0, y: 0, width: 5, height: 1 });
    expect(Array.from(packed.subarray(0, 5), (v) => Math.round(v * 255))).toEqual([0, 7, 14, 7, 0]);
  });

  it('takes nothing from a tile’s margins where another tile has the pixels', () => {
    const source = picture(150, 97);
    const target = empty(150, 97);
    const faults = { notANumber: 0, outOfRange: 0 };
    const rule = { size: 64, overlap: 16, margin: 4, multiple: 16, minSize: 16 };
    for (const tile of planTiles(150, 97, rule)) {
      const packed = packTile(source, tile);
      // What a network pads along its edges: wrong values, three pixels deep.
      for (let i = 0; i < packed.length; i += 1) {
        const x = i % tile.width;
        const y = Math.floor(i / tile.width) % tile.height;
        const atCut =
          (tile.x > 0 && x < 3) ||
          (tile.y > 0 && y < 3) ||
          (tile.x + tile.width < 150 && x >= tile.width - 3) ||
          (tile.y + tile.height < 97 && y >= tile.height - 3);
        if (atCut) packed[i] = 1;
      }
      blendTile(target, tile, packed, faults);
    }
    expect(target.data).toEqual(source.data);
  });

  it('fades a tile in over the one before', () => {
    const target = empty(8, 1);
    const faults = { notANumber: 0, outOfRange: 0 };
    const first = { x: 0, y: 0, width: 6, height: 1, ...WHOLE };
    const second = { x: 2, y: 0, width: 6, height: 1, ...WHOLE, blendLeft: 4 };
    blendTile(target, first, new Float32Array(18).fill(0), faults);
    blendTile(target, second, new Float32Array(18).fill(1), faults);
    const red = Array.from({ length: 8 }, (_, x) => target.data[x * 4]);
    expect(red).toEqual([0, 0, 32, 96, 159, 223, 255, 255]);
  });

  it('clamps what is out of range and counts what is not a number', () => {
    const target = empty(3, 1);
    const faults = { notANumber: 0, outOfRange: 0 };
    const tile = { x: 0, y: 0, width: 3, height: 1, ...WHOLE };
    blendTile(target, tile, Float32Array.from([-1, 2, Number.NaN, 0, 0, 0, 0, 0, 0]), faults);
    expect(Array.from({ length: 3 }, (_, x) => target.data[x * 4])).toEqual([0, 255, 0]);
    expect(faults).toEqual({ notANumber: 1, outOfRange: 2 });
  });
});
