import { describe, expect, it } from 'vitest';
import type { ScoreTable } from '../../src/core/bench/types.ts';
import {
  byDisagreement,
  byGap,
  goodScoreBadPeak,
  mapPeak,
  worstFirst,
} from '../../src/core/inspect/ranking.ts';
import { NO_REMARKS, ownTag, READY_TAGS, readRemarks } from '../../src/core/inspect/tags.ts';
import { maskOf } from '../helpers/pictures.ts';

const indexes = (ranked: readonly { index: number }[]) => ranked.map(({ index }) => index);

describe('worst-first orders', () => {
  it('by a metric, in its direction, without cases that have no value', () => {
    const values = [3, Number.NaN, 7, 3, 9];
    expect(indexes(worstFirst(values, 'lower-is-better'))).toEqual([4, 2, 0, 3]);
    expect(indexes(worstFirst(values, 'higher-is-better'))).toEqual([0, 3, 2, 4]);
  });

  it('by the gap between methods', () => {
    const ranked = byGap([30, 20, 25, 28], [31, 29, 20, Number.NaN], 'higher-is-better');
    expect(ranked).toEqual([
      { index: 1, value: 9 },
      { index: 0, value: 1 },
      { index: 2, value: -5 },
    ]);
    expect(indexes(byGap([5, 9], [4, 2], 'lower-is-better'))).toEqual([1, 0]);
  });

  it('by disagreement', () => {
    const column = (...values: number[]) => new Map([['x', Float64Array.from(values)]]);
    const table: ScoreTable = {
      cases: ['a', 'b', 'c'],
      methods: ['m', 'n', 'o'],
      columns: [],
      values: new Map([
        ['m', column(1, 5, 2)],
        ['n', column(2, Number.NaN, 9)],
        ['o', column(4, Number.NaN, 5)],
      ]),
    };
    expect(byDisagreement(table, table.methods, 'x')).toEqual([
      { index: 2, value: 7 },
      { index: 0, value: 3 },
    ]);
    expect(indexes(byDisagreement(table, ['m', 'n'], 'x'))).toEqual([2, 0]);
    expect(byDisagreement(table, table.methods, 'unknown')).toEqual([]);
  });

  it('finds good scores with bad map peaks', () => {
    // The case 2 scores second best and peaks highest; the case 0 is best in both.
    const scores = [40, 20, 39, 30];
    const peaks = [1, 8, 9, 4];
    const ranked = goodScoreBadPeak(scores, 'higher-is-better', peaks, false);
    expect(ranked[0]).toEqual({ index: 2, value: 2 / 3 });
    expect(ranked.at(-1)?.value).toBe(0);
    const turned = scores.map((score) => -score);
    const sunk = peaks.map((peak) => -peak);
    expect(goodScoreBadPeak(turned, 'lower-is-better', sunk, true)).toEqual(ranked);
    expect(
      indexes(goodScoreBadPeak([1, 2, 3], 'lower-is-better', [1, Number.NaN, 5], false)),
    ).toEqual([0, 2]);
  });

  it('takes a map’s peak near its end, in a region or everywhere', () => {
    const data = Float32Array.from({ length: 201 }, (_, i) => 200 - i);
    const map = { width: 201, height: 1, data };
    expect(mapPeak(map, false)).toBe(199);
    expect(mapPeak(map, true)).toBeCloseTo(1, 12);
    expect(mapPeak(map, false, maskOf(201, 1, [...Array(200).fill(0), 1]))).toBe(0);
    expect(mapPeak(map, false, maskOf(201, 1, [0]))).toBeNull();
    expect(data[0]).toBe(200);
  });
});

describe('tags', () => {
  it('have ids of their own and a sentence', () => {
    expect(new Set(READY_TAGS.map(({ id }) => id)).size).toBe(READY_TAGS.length);
    for (const { sentence } of READY_TAGS) expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    for (const id of ['skin-tone', 'noise', 'halo', 'blur', 'identity', 'background']) {
      expect(READY_TAGS.map((tag) => tag.id)).toContain(id);
    }
  });

  it('of the user’s own are the same for the same title', () => {
    expect(ownTag('  Odd   Teeth ')).toMatchObject({ id: 'own:odd teeth', title: 'Odd Teeth' });
    expect(ownTag('odd teeth').id).toBe(ownTag('ODD TEETH').id);
    expect(() => ownTag(' ')).toThrow(RangeError);
    expect(() => ownTag('x'.repeat(41))).toThrow(RangeError);
  });
});

describe('remarks', () => {
  const full = {
    tags: [{ tag: 'halo', title: 'Halo', method: 'flash-s', at: 5 }],
    notes: [{ id: 'n1', method: null, text: 'Look at the left hand.', at: 6 }],
    pins: [{ id: 'p1', method: 'flash-s', x: 0.25, y: 1, text: '', at: 7 }],
    ratings: [{ method: 'flash-s', stars: 2, at: 8 }],
  };

  it('are read back as they were written', () => {
    expect(readRemarks(JSON.parse(JSON.stringify(full)))).toEqual({ remarks: full });
    expect(readRemarks(NO_REMARKS)).toEqual({ remarks: NO_REMARKS });
  });

  it.each([
    ['pins.0.x', { ...full, pins: [{ ...full.pins[0], x: 1.5 }] }],
    ['ratings.0.stars', { ...full, ratings: [{ ...full.ratings[0], stars: 2.5 }] }],
    ['notes.0.text', { ...full, notes: [{ ...full.notes[0], text: 7 }] }],
    ['tags', { ...full, tags: undefined }],
    ['the remarks', null],
  ])('say where they are wrong: %s', (place, json) => {
    const read = readRemarks(json);
    expect('problem' in read ? read.problem : '').toContain(`${place}:`);
  });
});
