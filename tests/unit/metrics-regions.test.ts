import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask, Gray8 } from '../../src/core/image/types.ts';
import { boundaryBand, chessboardDistance } from '../../src/core/metrics/boundaryBand.ts';
import { measureReference, measureRegion } from '../../src/core/metrics/measure.ts';
import {
  MASK_RULE,
  type RegionMasks,
  type RegionRule,
  regionMask,
  regionSentence,
} from '../../src/core/metrics/regionRule.ts';
import { METRIC_IDS } from '../../src/core/metrics/types.ts';
import { bits, cyclic, flat, levels, maskOf, picture, sides } from '../helpers/pictures.ts';

const grey = (width: number, height: number, values: readonly number[]): Gray8 => ({
  width,
  height,
  data: Uint8Array.from(values),
});

const bitsOf = (mask: BinaryMask | null) => mask && [...mask.data];

/** The definition, word by word: the nearest pixel of the other side, over all pairs. */
function slowBand({ width, height, data }: BinaryMask, radius: number): number[] {
  return Array.from(data, (bit, i) => {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [dx, dy] = [x - (i % width), y - Math.floor(i / width)];
        const near = Math.max(Math.abs(dx), Math.abs(dy)) <= radius;
        if (near && data[y * width + x] !== bit) return 1;
      }
    }
    return 0;
  });
}

describe('boundary band', () => {
  it('is every pixel with one of the other side within reach', () => {
    fc.assert(
      fc.property(
        sides,
        sides,
        bits,
        fc.integer({ min: 1, max: 9 }),
        (width, height, b, radius) => {
          const mask = maskOf(width, height, b);
          expect([...boundaryBand(mask, radius).data]).toEqual(slowBand(mask, radius));
        },
      ),
    );
  });

  it('of a straight edge is as wide on either side', () => {
    const mask = maskOf(10, 1, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect([...boundaryBand(mask, 1).data]).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    expect([...boundaryBand(mask, 3).data]).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it('has no pixels where the mask has no edge: the picture’s border is none', () => {
    for (const bit of [0, 1]) {
      expect(boundaryBand(maskOf(5, 4, [bit]), 70_000).data.some((value) => value === 1)).toBe(
        false,
      );
    }
  });

  it('is the same for the complement', () => {
    const mask = maskOf(7, 6, [1, 1, 0, 0, 0, 0, 0, 1]);
    const complement = { ...mask, data: mask.data.map((bit) => 1 - bit) };
    expect(boundaryBand(complement, 2)).toEqual(boundaryBand(mask, 2));
  });

  it.each([0, -1, 1.5, Number.NaN])('is not %f pixels wide', (radius) => {
    expect(() => boundaryBand(maskOf(3, 3, [1, 0]), radius)).toThrow(RangeError);
  });

  it('comes from distances that count diagonal steps as one', () => {
    const mask = maskOf(4, 3, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...chessboardDistance(mask, 1)]).toEqual([0, 1, 2, 3, 1, 1, 2, 3, 2, 2, 2, 3]);
  });
});

describe('region rules', () => {
  const masks: RegionMasks = {
    person: grey(2, 2, [255, 128, 127, 0]),
    named: { hair: grey(4, 1, [200, 0, 0, 0]) },
  };
  const mask = MASK_RULE;
  const cases: readonly (readonly [RegionRule, readonly number[] | null])[] = [
    [{ kind: 'global' }, [1, 1, 1, 1, 1, 1, 1, 1]],
    [{ kind: 'person', mask }, [1, 1, 1, 1, 0, 0, 0, 0]],
    [{ kind: 'background', mask }, [0, 0, 0, 0, 1, 1, 1, 1]],
    [{ kind: 'boundary', mask, radius: 1 }, [1, 1, 1, 1, 1, 1, 1, 1]],
    [{ kind: 'named', mask, name: 'hair' }, [1, 0, 0, 0, 1, 0, 0, 0]],
    [{ kind: 'named', mask, name: 'sky' }, null],
    [{ kind: 'rectangle', x: 1, y: 0, width: 2, height: 1 }, [0, 1, 1, 0, 0, 0, 0, 0]],
    [{ kind: 'rectangle', x: -3, y: 1, width: 5, height: 9 }, [0, 0, 0, 0, 1, 1, 0, 0]],
    [{ kind: 'rectangle', x: 3, y: -1, width: 9, height: 9 }, [0, 0, 0, 1, 0, 0, 0, 1]],
    [{ kind: 'rectangle', x: 4, y: 0, width: 2, height: 2 }, [0, 0, 0, 0, 0, 0, 0, 0]],
    [{ kind: 'rectangle', x: -3, y: 0, width: 2, height: 2 }, [0, 0, 0, 0, 0, 0, 0, 0]],
  ];

  it.each(cases)('%j selects its pixels', (rule, expected) => {
    expect(bitsOf(regionMask(rule, 4, 2, masks))).toEqual(expected);
  });

  it('that need a missing person mask select nothing to measure', () => {
    const none: RegionMasks = { person: null, named: {} };
    for (const rule of [
      { kind: 'person', mask },
      { kind: 'background', mask },
      { kind: 'boundary', mask, radius: 3 },
    ] as const) {
      expect(regionMask(rule, 4, 2, none)).toBeNull();
    }
  });

  it.each(cases)('%j is plain data with a sentence', (rule) => {
    expect(JSON.parse(JSON.stringify(rule))).toEqual(rule);
    expect(regionSentence(rule)).toMatch(/^[A-Z].+\.$/);
  });

  it('say which threshold, which resize and how many pixels', () => {
    expect(regionSentence({ kind: 'boundary', mask, radius: 5 })).toMatch(/5 pixels.*128/);
    expect(regionSentence({ kind: 'named', mask, name: 'face-skin' })).toMatch(
      /skin of the face.*nearest neighbour/,
    );
  });
});

describe('metrics over a region', () => {
  it('are those of a person of that shape', () => {
    fc.assert(
      fc.property(sides, sides, levels, levels, bits, (width, height, a, b, shape) => {
        const output = picture(width, height, cyclic(a));
        const truth = picture(width, height, cyclic(b));
        const region = maskOf(width, height, shape);
        const values = measureRegion(output, truth, region, METRIC_IDS);
        const expected = measureReference(output, truth, region, METRIC_IDS);
        for (const id of METRIC_IDS) expect(values[id]).toBe(expected[id].person);
      }),
    );
  });

  it('are the RAIM set where nothing else is asked for', () => {
    const values = measureRegion(flat(3, 3, 1), flat(3, 3, 2), maskOf(3, 3, [1]));
    expect(Object.keys(values)).toEqual(['psnr', 'ssim', 'deltae']);
  });

  it('have no value without pixels', () => {
    const values = measureRegion(flat(3, 3, 1), flat(3, 3, 2), maskOf(3, 3, [0]), METRIC_IDS);
    for (const id of METRIC_IDS) expect(values[id]).toBeNull();
  });

  it('need a region of the picture’s size', () => {
    expect(() => measureRegion(flat(3, 3, 1), flat(3, 3, 2), maskOf(2, 3, [1]))).toThrow(
      RangeError,
    );
  });
});
