import { describe, expect, it } from 'vitest';
import type { BenchMethodView } from '../../src/app/bench/model.ts';
import type { Column, ColumnValues, ScoreTable } from '../../src/core/bench/types.ts';
import { NO_REMARKS, type Remarks } from '../../src/core/inspect/tags.ts';
import {
  type CaseEntry,
  columnsOfMethod,
  columnsOfMetric,
  filterCases,
  filterNames,
  GAP,
  parseTags,
  sortCases,
  startsDescending,
} from '../../src/ui/bench/cases-table.ts';
import { columnsToShow, headOf, meansOf, summaryOf } from '../../src/ui/bench/columns.ts';
import { compareColumn, percent, signed, verdictOf } from '../../src/ui/bench/compare-table.ts';
import { columnsBehind, hiddenFailures } from '../../src/ui/bench/failure-columns.ts';
import { methodRows } from '../../src/ui/bench/methods-table.ts';
import { sliceFilter, sliceRows } from '../../src/ui/bench/slices-table.ts';
import { ariaSort, nextSorting, sortByNumber } from '../../src/ui/bench/sorting.ts';

const column = (id: string, title: string, direction: Column['direction'], unit = ''): Column => ({
  id,
  title,
  unit,
  direction,
  digits: 1,
  version: '1',
  imported: id.startsWith('import:'),
});

const PSNR = column('psnr:global', 'PSNR, all', 'higher-is-better', 'dB');
const DELTA = column('deltae:person', 'ΔE (OpenCV 8-bit), person', 'lower-is-better');
const OFFICIAL = column('raim2026:PSNR_bg', 'PSNR_bg (RAIM 2026)', 'higher-is-better', 'dB');
const MUSIQ = column('import:MUSIQ', 'MUSIQ', 'higher-is-better');

const numbers = (...values: readonly number[]): ColumnValues => Float64Array.from(values);

const table: ScoreTable = {
  cases: ['001', '002', '003', '004'],
  methods: ['a', 'b'],
  columns: [PSNR, DELTA, OFFICIAL, MUSIQ],
  values: new Map([
    [
      'a',
      new Map([
        [PSNR.id, numbers(20, 22, 24, 26)],
        [DELTA.id, numbers(9, 12, 3, Number.NaN)],
        [OFFICIAL.id, numbers(21, 21, 21, 21)],
      ]),
    ],
    [
      'b',
      new Map([
        [PSNR.id, numbers(19, 25, Number.NaN, 20)],
        [DELTA.id, numbers(4, 4, 4, 4)],
      ]),
    ],
  ]),
};

const method = (id: string, macs720p: number | null): BenchMethodView => ({
  id,
  title: id.toUpperCase(),
  origin: 'dropped',
  outputs: 4,
  hidden: false,
  parameters: null,
  macs720p,
  secondsPerMegapixel: null,
});
const methods = [method('a', 20e9), method('b', 5e9)];

const SAID: Remarks = {
  tags: [],
  ratings: [
    { method: 'a', stars: 2, at: 1 },
    { method: null, stars: 4, at: 1 },
  ],
  notes: [{ id: 'n', method: null, text: 'A rim', at: 1 }],
  pins: [],
};

const cases: CaseEntry[] = table.cases.map((id, index) => ({
  index,
  id,
  title: `hall_${id}`,
  tags: index === 1 ? ['Halo'] : [],
  said: index === 2 ? SAID : NO_REMARKS,
  shifts: index === 1 ? { a: { dx: 3, dy: -2 } } : {},
}));

describe('heads of columns', () => {
  it('stand in two lines, with unit and the better direction', () => {
    expect(headOf(PSNR)).toEqual({ name: 'PSNR', part: 'all dB ↑' });
    expect(headOf(DELTA)).toEqual({ name: 'ΔE (OpenCV 8-bit)', part: 'person ↓' });
    expect(headOf(OFFICIAL)).toEqual({ name: 'PSNR_bg', part: 'RAIM 2026 dB ↑' });
    expect(headOf(MUSIQ)).toEqual({ name: 'MUSIQ', part: 'imported ↑' });
  });

  it('leave out columns without numbers and begin with the scoring program’s', () => {
    expect(columnsToShow(table, ['a', 'b'])).toEqual([OFFICIAL, PSNR, DELTA]);
    expect(columnsToShow(table, ['b'])).toEqual([PSNR, DELTA]);
    expect(columnsToShow({ ...table, values: new Map() }, ['a'])).toHaveLength(4);
  });
});

describe('summaries', () => {
  it('are over the cases that have a value', () => {
    expect(summaryOf(table, 'a', DELTA)).toMatchObject({ count: 3, mean: 8, worst: 12 });
    expect(summaryOf(table, 'b', OFFICIAL)).toBeNull();
    expect(meansOf(table, 'b')).toEqual({
      'psnr:global': 64 / 3,
      'deltae:person': 4,
      'raim2026:PSNR_bg': null,
      'import:MUSIQ': null,
    });
  });
});

describe('the table of methods', () => {
  const none = { key: null, descending: false };

  it('marks the best and the second of every column and cost', () => {
    const rows = methodRows(table, methods, [PSNR, DELTA], 'mean', none);
    expect(rows[0]?.cells).toEqual([
      { value: 23, mark: 'best', caseIndex: null },
      { value: 8, mark: 'second', caseIndex: null },
    ]);
    expect(rows[1]?.cells[1]).toMatchObject({ value: 4, mark: 'best' });
    expect(rows.map(({ costs }) => costs[1])).toEqual([
      { value: 20, mark: 'second' },
      { value: 5, mark: 'best' },
    ]);
    expect(rows[0]?.costs[0]).toEqual({ value: null, mark: null });
  });

  it('knows the case of a worst value', () => {
    const [row] = methodRows(table, methods, [PSNR, DELTA], 'worst', none);
    expect(row?.cells.map(({ value, caseIndex }) => [value, caseIndex])).toEqual([
      [20, 0],
      [12, 1],
    ]);
  });

  it('sorts by column, cost and title; what is unknown comes last', () => {
    const order = (key: string, descending: boolean, columns = [PSNR, OFFICIAL]) =>
      methodRows(table, methods, columns, 'mean', { key, descending }).map((row) => row.method.id);
    expect(order(PSNR.id, false)).toEqual(['b', 'a']);
    expect(order('macs720p', true)).toEqual(['a', 'b']);
    expect(order('title', true)).toEqual(['b', 'a']);
    expect(order(OFFICIAL.id, false)).toEqual(['a', 'b']);
    expect(order(OFFICIAL.id, true)).toEqual(['a', 'b']);
  });
});

describe('sorting', () => {
  it('turns round on the second click and says so', () => {
    const first = nextSorting({ key: null, descending: false }, 'x', true);
    expect(first).toEqual({ key: 'x', descending: true });
    expect(nextSorting(first, 'x', true)).toEqual({ key: 'x', descending: false });
    expect(ariaSort(first, 'x')).toBe('descending');
    expect(ariaSort(first, 'y')).toBe('none');
  });

  it('keeps the order of equals', () => {
    const rows = [
      { id: 1, value: 2 },
      { id: 2, value: 1 },
      { id: 3, value: 2 },
    ];
    expect(sortByNumber(rows, ({ value }) => value, true).map(({ id }) => id)).toEqual([1, 3, 2]);
  });
});

describe('the table of cases', () => {
  it('sorts by a metric with the worst on top and by the gap between methods', () => {
    const own = columnsOfMethod(table, 'a', [PSNR, DELTA]);
    expect(own.map(startsDescending)).toEqual([false, true]);
    const ids = (rows: readonly CaseEntry[]) => rows.map(({ id }) => id);
    expect(ids(sortCases(cases, own, { key: DELTA.id, descending: true }))).toEqual([
      '002',
      '001',
      '003',
      '004',
    ]);
    const all = columnsOfMetric(table, PSNR, ['a', 'b']);
    expect(all.map(({ key }) => key)).toEqual(['method a', 'method b', GAP]);
    expect(Array.from(all[2]?.values ?? [])).toEqual([1, 3, Number.NaN, 6]);
    expect(ids(sortCases(cases, all, { key: GAP, descending: true }))[0]).toBe('004');
    expect(columnsOfMetric(table, PSNR, ['a'])).toHaveLength(1);
  });

  it('filters by words, tags, attributes and values of any of the methods', () => {
    const context = {
      table,
      attributes: new Map([['Tone', ['dark', 'dark', 'light', null]]]),
      methods: ['a', 'b'],
    };
    const left = (line: string, own = context) => filterCases(cases, line, own).map(({ id }) => id);
    expect(left('')).toHaveLength(4);
    expect(left('#halo')).toEqual(['002']);
    expect(left('tone=dark hall')).toEqual(['001', '002']);
    expect(left('DeltaE:Person>8')).toEqual(['001', '002']);
    expect(left('deltae:person>8', { ...context, methods: ['b'] })).toEqual([]);
    expect(left('nowhere')).toEqual([]);
    expect(left('rim')).toEqual(['003']);
    expect(left('rating<3')).toEqual(['003']);
    expect(left('rating<3', { ...context, methods: ['b'] })).toEqual([]);
    expect(left('rating=4', { ...context, methods: ['b'] })).toEqual(['003']);
    expect(left('notes>0 pins<1')).toEqual(['003']);
    expect(left('shifted=1')).toEqual(['002']);
    // What is hidden does not count, nor does a shift where no method is shown.
    expect(left('shifted=1', { ...context, methods: ['b'] })).toEqual([]);
    expect(left('shifted=1', { ...context, methods: [] })).toEqual([]);
    expect(left('shifted>0', { ...context, methods: ['b'] })).toEqual([]);
    expect(left('hall', { ...context, methods: [] })).toHaveLength(4);
    expect(filterNames(table, context.attributes)).toContain('Tone');
  });

  it('reads tags as they are written', () => {
    expect(parseTags(' #halo, hair  #halo ')).toEqual(['halo', 'hair']);
    expect(parseTags('  ')).toEqual([]);
  });
});

describe('the comparison of two methods', () => {
  it('calls the one ahead whose interval leaves 0 out, whichever way is better', () => {
    const far = compareColumn(table, DELTA, 'a', 'b');
    expect(far.result).toMatchObject({ count: 3, wins: 1 / 3 });
    const better = { column: DELTA, result: result(-2, -1) };
    expect(verdictOf(better)).toBe('first');
    expect(verdictOf({ ...better, column: PSNR })).toBe('second');
    expect(verdictOf({ column: PSNR, result: result(-1, 2) })).toBe('open');
    expect(verdictOf({ column: PSNR, result: null })).toBe('open');
  });

  it('writes differences with their sign', () => {
    expect(signed(1.25, 1)).toBe('+1.3');
    expect(signed(-0.5, 2)).toBe('−0.50');
    expect(signed(-0.001, 2)).toBe('0.00');
    expect(percent(2 / 3)).toBe('67 %');
  });

  const result = (low: number, high: number) => ({
    count: 9,
    difference: (low + high) / 2,
    interval: [low, high] as const,
    wins: 0.5,
    ties: 0,
    losses: 0.5,
  });
});

describe('slices', () => {
  const attributes = new Map([['tone', ['dark', 'dark', 'light', null]]]);

  it('have a mean for each method and mark the worst of each', () => {
    const rows = sliceRows(table, attributes, 'tone', PSNR, ['a', 'b'], cases);
    expect(rows.map(({ title, count }) => [title, count])).toEqual([
      ['dark', 2],
      ['light', 1],
      ['unknown', 1],
    ]);
    expect(rows[0]?.cells).toEqual([
      { value: 21, mark: 'second', worst: true },
      { value: 22, mark: 'best', worst: false },
    ]);
    expect(rows[1]?.cells[1]).toEqual({ value: null, mark: null, worst: false });
    expect(rows[2]?.cells[1]?.worst).toBe(true);
    const matched = sliceRows(table, attributes, 'tone', PSNR, ['a'], cases.slice(0, 3));
    expect(matched.map(({ title }) => title)).toEqual(['dark', 'light']);
  });

  it('become a filter where a filter can say them', () => {
    expect(sliceFilter('tone', 'dark')).toBe('tone=dark');
    expect(sliceFilter('lux', '1 to below 5')).toBeNull();
    expect(sliceFilter('tone', 'unknown')).toBeNull();
  });
});

describe('where failures hide', () => {
  const scores: ScoreTable = {
    cases: ['1', '2', '3', '4'],
    methods: ['a', 'b'],
    columns: [],
    values: new Map([
      [
        'a',
        new Map([
          ['psnr:global', numbers(30, 20, Number.NaN, 25)],
          ['deltae:person', numbers(2, 3, 4, 9)],
          ['deltae-peak:person', numbers(10, 50, 12, 60)],
        ]),
      ],
      ['b', new Map([['psnr:global', numbers(28, 24, 20, 25)]])],
    ]),
  };

  it('shows by how much a method is behind another one, whichever way a metric goes', () => {
    const [psnr] = columnsBehind(scores, 'a', 'b', [PSNR]);
    expect(Array.from(psnr?.values ?? [])).toEqual([-2, 4, Number.NaN, 0]);
    expect(psnr && startsDescending(psnr)).toBe(true);
  });

  it('puts a good score with a bad peak before a bad score with a bad peak', () => {
    const hidden = hiddenFailures(scores, 'a');
    const found = Array.from(hidden?.values ?? []);
    expect(found.indexOf(Math.max(...found))).toBe(1);
    expect(found[3]).toBe(0);
    expect(hidden?.column.title).toContain('person');
  });

  it('says nothing where no peak was measured', () => {
    expect(hiddenFailures(scores, 'b')).toBeNull();
  });
});
