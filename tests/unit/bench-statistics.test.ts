import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePaired } from '../../src/core/bench/compare.ts';
import { paretoFront } from '../../src/core/bench/pareto.ts';
import { slicesOf, summariseSlices, worstSlice } from '../../src/core/bench/slices.ts';
import { markBest, summarise } from '../../src/core/bench/summary.ts';
import { findTrends } from '../../src/core/bench/trend.ts';
import { quantileOfSorted } from '../../src/core/stats/quantile.ts';
import { makeRandom, shuffled } from '../../src/core/stats/random.ts';

describe('random numbers', () => {
  it('are those of xoshiro128** and the same for the same seed', () => {
    const first = makeRandom('cases');
    const second = makeRandom('cases');
    const drawn = Array.from({ length: 100 }, () => first.next());
    expect(drawn).toEqual(Array.from({ length: 100 }, () => second.next()));
    expect(makeRandom('case').next()).not.toBe(drawn[0]);
  });

  it('are uniform: chi-square of 60,000 dice below its 99.9 % point', () => {
    const random = makeRandom(7);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i += 1) {
      const face = random.below(6);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(20.5);
  });

  it('shuffle without losing or doubling', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const mixed = shuffled(items, makeRandom(seed));
        expect(mixed.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('summary', () => {
  it('has NumPy’s quantiles', () => {
    // numpy.percentile([1, 2, 4, 8, 16], [5, 50, 95, 30])
    const sorted = [1, 2, 4, 8, 16];
    expect([0.05, 0.5, 0.95, 0.3].map((q) => quantileOfSorted(sorted, q))).toEqual([
      1.2, 4, 14.399999999999999, 2.4,
    ]);
  });

  it('leaves cases without a value out and names the worst one', () => {
    const values = [12, Number.NaN, 4, 30];
    expect(summarise(values, 'lower-is-better')).toMatchObject({
      count: 3,
      median: 12,
      worst: 30,
      worstCase: 3,
    });
    expect(summarise(values, 'higher-is-better')).toMatchObject({ worst: 4, worstCase: 2 });
    expect(summarise(values, 'lower-is-better')?.mean).toBeCloseTo(46 / 3, 12);
    expect(summarise([Number.NaN], 'lower-is-better')).toBeNull();
  });

  it('marks best and second best by the digits shown', () => {
    expect(markBest([7.191, 7.188, 9, null], 'lower-is-better', 2)).toEqual([
      'best',
      'best',
      'second',
      null,
    ]);
    expect(markBest([7.19, 7.18, 9], 'lower-is-better', 2)).toEqual(['second', 'best', null]);
    expect(markBest([0.8, 0.9], 'higher-is-better', 3)).toEqual(['second', 'best']);
    expect(markBest([1], 'higher-is-better', 2)).toEqual([null]);
  });
});

describe('paired comparison', () => {
  it('counts wins by the direction and leaves incomplete pairs out', () => {
    const result = comparePaired([1, 2, 3, Number.NaN], [2, 2, 1, 5], 'lower-is-better');
    expect(result).toMatchObject({ count: 3, wins: 1 / 3, ties: 1 / 3 });
    expect(result?.difference).toBeCloseTo(1 / 3, 12);
    expect(comparePaired([Number.NaN], [1], 'lower-is-better')).toBeNull();
  });

  it('covers the true mean in about 95 of 100 samples', () => {
    const random = makeRandom('coverage');
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    let covered = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const first = Array.from({ length: 60 }, () => 0.5 + normal());
      const second = first.map(() => 0);
      const interval = comparePaired(first, second, 'higher-is-better', trial)?.interval;
      if (interval && interval[0] <= 0.5 && interval[1] >= 0.5) covered += 1;
    }
    // The percentile interval of 60 values is a little narrow; 200 trials scatter by 1.6 %.
    expect(covered / 200).toBeGreaterThan(0.89);
    expect(covered / 200).toBeLessThan(0.99);
  });

  it('is the same interval every time', () => {
    const values = [3, 1, 4, 1, 5];
    const zero = [0, 0, 0, 0, 0];
    expect(comparePaired(values, zero, 'higher-is-better')).toEqual(
      comparePaired(values, zero, 'higher-is-better'),
    );
  });
});

describe('Pareto front', () => {
  it('holds what nothing beats in cost and quality', () => {
    const points = [
      { id: 'small', cost: 1, quality: 10 },
      { id: 'waste', cost: 5, quality: 9 },
      { id: 'big', cost: 9, quality: 12 },
      { id: 'twin', cost: 9, quality: 12 },
    ];
    expect(paretoFront(points, 'higher-is-better').map(({ id }) => id)).toEqual([
      'small',
      'big',
      'twin',
    ]);
    expect(paretoFront(points, 'lower-is-better').map(({ id }) => id)).toEqual(['small', 'waste']);
  });
});

describe('slices', () => {
  it('cut along texts, few numbers and many numbers', () => {
    expect(slicesOf(['dark', 'light', null, 'dark'])).toEqual([
      { title: 'dark', members: [0, 3] },
      { title: 'light', members: [1] },
      { title: 'unknown', members: [2] },
    ]);
    expect(slicesOf(['10', '9', '10']).map(({ title }) => title)).toEqual(['9', '10']);
    const many = Array.from({ length: 40 }, (_, i) => String(i));
    const cut = slicesOf(many);
    expect(cut).toHaveLength(4);
    expect(cut.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(
      many.map(Number),
    );
  });

  it('find the worst group by the mean and keep the place of the worst case', () => {
    const slices = summariseSlices(
      slicesOf(['a', 'b', 'a', 'b']),
      [1, 20, 3, Number.NaN],
      'lower-is-better',
    );
    const worst = worstSlice(slices, 'lower-is-better');
    expect(worst?.title).toBe('b');
    expect(worst?.summary?.worstCase).toBe(1);
  });
});

describe('checkpoints', () => {
  it('are methods whose names differ in the last number', () => {
    const series = findTrends(['flash_10000', 'flash_5000', 'other', 'v2_net', 'flash_20000']);
    expect(series).toEqual([
      {
        title: 'flash_#',
        checkpoints: [
          { method: 'flash_5000', step: 5000 },
          { method: 'flash_10000', step: 10000 },
          { method: 'flash_20000', step: 20000 },
        ],
      },
    ]);
    expect(findTrends(['a_1', 'a_01'])).toEqual([]);
  });
});
