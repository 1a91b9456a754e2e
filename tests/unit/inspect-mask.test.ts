import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gray8 } from '../../src/core/image/types.ts';
import {
  brushCoverage,
  brushEdit,
  fillEdit,
  invertEdit,
  lassoEdit,
  type MaskEdit,
  replaceEdit,
} from '../../src/core/inspect/maskEdit.ts';
import { featheredMask } from '../../src/core/inspect/maskFeather.ts';
import { makeMaskHistory } from '../../src/core/inspect/maskHistory.ts';

const empty = (width: number, height: number): Gray8 => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

const made = (edit: MaskEdit | null): MaskEdit => {
  if (edit === null) throw new Error('no edit');
  return edit;
};

const rows = ({ width, data }: Gray8) =>
  Array.from({ length: data.length / width }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), (level) =>
      level === 255 ? '#' : level === 0 ? '.' : '+',
    ).join(''),
  );

const HARD = { radius: 2, hardness: 1 };

describe('brush', () => {
  it('sets down a circle', () => {
    const mask = empty(6, 6);
    made(brushEdit(mask, { x: 3, y: 3 }, { x: 3, y: 3 }, HARD, 'add')).apply(mask);
    expect(rows(mask)).toEqual(['......', '..##..', '.####.', '.####.', '..##..', '......']);
  });

  it('draws along a line and erases', () => {
    const mask = empty(8, 4);
    const line = [
      { x: 0, y: 2 },
      { x: 8, y: 2 },
    ] as const;
    made(brushEdit(mask, ...line, { radius: 1, hardness: 1 }, 'add')).apply(mask);
    expect(rows(mask)).toEqual(['........', '########', '########', '........']);
    const spot = { x: 2, y: 2 };
    made(brushEdit(mask, spot, spot, { radius: 1, hardness: 1 }, 'erase')).apply(mask);
    expect(rows(mask)).toEqual(['........', '#..#####', '#..#####', '........']);
  });

  it('falls off beyond its core, and a second pass changes nothing', () => {
    const soft = { radius: 10, hardness: 0.5 };
    expect([0, 5, 7.5, 10, 11].map((d) => brushCoverage(d, soft))).toEqual([1, 1, 0.5, 0, 0]);
    const mask = empty(24, 24);
    const edit = made(brushEdit(mask, { x: 12, y: 12 }, { x: 12, y: 12 }, soft, 'add'));
    edit.apply(mask);
    const once = mask.data.slice();
    edit.apply(mask);
    expect(mask.data).toEqual(once);
    expect(once.some((level) => level > 0 && level < 255)).toBe(true);
  });

  it('does nothing outside the mask and refuses what is no brush', () => {
    const mask = empty(4, 4);
    expect(brushEdit(mask, { x: -9, y: 2 }, { x: -5, y: 2 }, HARD, 'add')).toBeNull();
    const at = { x: 1, y: 1 };
    expect(() => brushEdit(mask, at, at, { radius: 0, hardness: 1 }, 'add')).toThrow(RangeError);
    expect(() => brushEdit(mask, at, at, { radius: 1, hardness: 2 }, 'add')).toThrow(RangeError);
  });
});

describe('lasso', () => {
  it('fills what is inside by the even-odd rule', () => {
    const mask = empty(7, 7);
    const outer = [
      [0, 0],
      [7, 0],
      [7, 7],
      [0, 7],
      [0, 0],
    ];
    const inner = [
      [2, 2],
      [5, 2],
      [5, 5],
      [2, 5],
      [2, 2],
    ];
    const points = [...outer, ...inner].map(([x = 0, y = 0]) => ({ x, y }));
    made(lassoEdit(mask, points, 'add')).apply(mask);
    const ring = '##...##';
    const full = '#######';
    expect(rows(mask)).toEqual([full, full, ring, ring, ring, full, full]);
    made(lassoEdit(mask, points.slice(0, 4), 'erase')).apply(mask);
    expect(Math.max(...mask.data)).toBe(0);
  });

  it('is cut off at the edges and needs three points', () => {
    const mask = empty(4, 3);
    const points = [
      { x: -5, y: -5 },
      { x: 50, y: -5 },
      { x: -5, y: 50 },
    ];
    made(lassoEdit(mask, points, 'add')).apply(mask);
    expect(Math.min(...mask.data)).toBe(255);
    expect(lassoEdit(mask, points.slice(1), 'add')).toBeNull();
  });
});

describe('feather', () => {
  it('turns a step into a Gaussian’s integral of the asked width', () => {
    const mask = empty(101, 3);
    for (let i = 0; i < mask.data.length; i += 1) mask.data[i] = i % 101 < 50 ? 255 : 0;
    const row = featheredMask(mask, 6).data.subarray(101, 202);
    // The middle of pixel 43 lies 6.5 inside the edge: Φ(6.5 / 6) = .861.
    expect(Math.abs((row[43] ?? 0) / 255 - 0.861)).toBeLessThan(0.012);
    expect((row[49] ?? 0) + (row[50] ?? 0)).toBeCloseTo(255, -1);
    expect([row[0], row[100]]).toEqual([255, 0]);
    expect(() => featheredMask(mask, 0)).toThrow(RangeError);
  });
});

describe('the whole mask', () => {
  it('is filled and inverted', () => {
    const mask = empty(3, 2);
    fillEdit(mask, 255).apply(mask);
    expect(Array.from(mask.data)).toEqual([255, 255, 255, 255, 255, 255]);
    mask.data.set([0, 100, 255]);
    invertEdit(mask).apply(mask);
    expect(Array.from(mask.data)).toEqual([255, 155, 0, 0, 0, 0]);
    expect(invertEdit(mask).bounds).toEqual({ x: 0, y: 0, width: 3, height: 2 });
  });
});

/** Much faster than `toEqual` on many bytes. */
const same = (a: Uint8Array, b: Uint8Array | undefined) => b !== undefined && !Buffer.compare(a, b);

describe('undo', () => {
  const point = fc.record({
    x: fc.integer({ min: 0, max: 199 }),
    y: fc.integer({ min: 0, max: 139 }),
  });

  it('takes back and makes again any strokes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(point, point), { minLength: 1, maxLength: 4 }), (lines) => {
        const history = makeMaskHistory(empty(200, 140));
        const states = [history.mask.data.slice()];
        for (const [from, to] of lines) {
          history.begin();
          history.apply(
            made(brushEdit(history.mask, from, to, { radius: 5, hardness: 0.3 }, 'add')),
          );
          states.push(history.mask.data.slice());
        }
        for (let i = lines.length - 1; i >= 0; i -= 1) {
          expect(history.undo()).not.toBeNull();
          expect(same(history.mask.data, states[i])).toBe(true);
        }
        expect([history.undo(), history.canUndo, history.canRedo]).toEqual([null, false, true]);
        for (let i = 1; i <= lines.length; i += 1) {
          history.redo();
          expect(same(history.mask.data, states[i])).toBe(true);
        }
        expect(history.redo()).toBeNull();
      }),
      { numRuns: 15 },
    );
  });

  it('takes pieces of one stroke back together, and says what changed', () => {
    const history = makeMaskHistory(empty(300, 200));
    const dab = (x: number) =>
      made(brushEdit(history.mask, { x, y: 10 }, { x, y: 10 }, HARD, 'add'));
    history.begin();
    expect(history.apply(dab(10))).toEqual({ x: 8, y: 8, width: 4, height: 4 });
    history.apply(dab(200));
    expect(history.undo()).toEqual({ x: 0, y: 0, width: 256, height: 128 });
    expect(Math.max(...history.mask.data)).toBe(0);
    history.apply(dab(10));
    expect(history.canRedo).toBe(false);
  });

  it('forgets the oldest steps beyond its budget', () => {
    const history = makeMaskHistory(empty(256, 256), 2 * 128 * 128);
    for (let i = 0; i < 5; i += 1) {
      const at = { x: 10 + i, y: 10 };
      history.begin();
      history.apply(made(brushEdit(history.mask, at, at, HARD, 'add')));
    }
    expect(history.bytes).toBe(2 * 128 * 128);
    expect([history.undo(), history.undo()]).not.toContain(null);
    expect(history.undo()).toBeNull();
    history.apply(replaceEdit(featheredMask(history.mask, 3)));
    expect(history.canUndo).toBe(true);
  });

  it('abandons the stroke that is being made and keeps nothing of it', () => {
    const history = makeMaskHistory(empty(300, 200));
    const dab = (x: number) =>
      made(brushEdit(history.mask, { x, y: 10 }, { x, y: 10 }, HARD, 'add'));
    history.begin();
    history.apply(dab(10));
    const before = history.mask.data.slice();
    history.begin();
    expect(history.abandon()).toBeNull();
    history.apply(dab(50));
    history.apply(dab(200));
    expect(history.abandon()).toEqual({ x: 0, y: 0, width: 256, height: 128 });
    expect(same(before, history.mask.data)).toBe(true);
    expect([history.canUndo, history.canRedo]).toEqual([true, false]);
  });
});
