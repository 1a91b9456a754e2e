import { describe, expect, it } from 'vitest';
import { type CaseView, type MethodOutputView, MOST_PANES } from '../../src/app/model.ts';
import type { RaimValues } from '../../src/core/metrics/types.ts';
import { methodRows } from '../../src/ui/methods/table.ts';
import {
  allPanes,
  lasting,
  methodIn,
  numberOf,
  paneByNumber,
  panesInView,
  paneTitle,
  pictureIn,
  settled,
} from '../../src/ui/viewer/panes.ts';
import { EMPTY_CASE, pictureNamed as picture } from '../helpers/caseView.ts';

const values = (psnr: number, ssim: number, deltae: number): RaimValues => {
  const everywhere = (value: number) => ({ person: value, background: value, global: value });
  return { psnr: everywhere(psnr), ssim: everywhere(ssim), deltae: everywhere(deltae) };
};

const method = (id: string, numbers: RaimValues | null = null): MethodOutputView => ({
  methodId: id,
  title: id.toUpperCase(),
  output: { picture: picture(`${id}.png`), origin: { kind: 'dropped' } },
  strength: 100,
  values: numbers,
});

function caseWith(methods: readonly MethodOutputView[], shown: string | null): CaseView {
  return {
    ...EMPTY_CASE,
    input: picture('input'),
    gt: picture('gt'),
    methods,
    shownMethod: shown,
    output: methods.find(({ methodId }) => methodId === shown)?.output ?? null,
    metrics: { status: 'measuring' },
  };
}

const three = caseWith([method('a'), method('b'), method('c')], 'b');
const nothingWished = {};

describe('the panes of a case', () => {
  it('are none without a case and have a place for the output to come', () => {
    expect(allPanes(null)).toEqual([]);
    expect(allPanes(caseWith([], null))).toEqual(['input', 'output', 'gt']);
    expect(allPanes({ ...caseWith([], null), input: null })).toEqual(['gt']);
  });

  it('keep the order in which methods came, whichever is shown', () => {
    expect(allPanes(three)).toEqual(['input', 'method:a', 'output', 'method:c', 'gt']);
    expect(allPanes({ ...three, shownMethod: 'c' })).toEqual([
      'input',
      'method:a',
      'method:b',
      'output',
      'gt',
    ]);
  });

  it('have the picture and the title of their method', () => {
    expect(pictureIn(three, 'output')?.name).toBe('b.png');
    expect(pictureIn(three, 'method:c')?.name).toBe('c.png');
    expect(paneTitle(three, 'output')).toBe('B');
    expect(paneTitle(three, 'method:a')).toBe('A');
    expect(paneTitle(caseWith([method('a')], 'a'), 'output')).toBe('Output');
    expect(paneTitle(three, 'gt')).toBe('Ground truth');
  });

  it('are titled with their strength where they are mixed with the input', () => {
    const weak = { ...method('a'), strength: 70 };
    expect(paneTitle(caseWith([weak], 'a'), 'output')).toBe('Output, 70 %');
    const two = caseWith([weak, method('b')], 'b');
    expect([paneTitle(two, 'method:a'), paneTitle(two, 'output')]).toEqual(['A, 70 %', 'B']);
    expect(paneTitle(caseWith([weak], 'a'), 'map')).toBe('Error map');
  });

  it('are known by their method when another one is shown', () => {
    expect(methodIn(three, 'output')).toBe('b');
    expect(methodIn(three, 'input')).toBeNull();
    expect(settled(three, 'method:b')).toBe('output');
    expect(settled(three, 'method:a')).toBe('method:a');
    expect(settled(three, 'gt')).toBe('gt');
    expect(lasting(three, 'output')).toBe('method:b');
    expect(lasting(three, 'method:a')).toBe('method:a');
    expect(lasting(caseWith([], null), 'output')).toBe('output');
    expect(lasting(null, 'input')).toBe('input');
  });
});

describe('the panes side by side', () => {
  const many = caseWith(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => method(id)),
    'f',
  );

  it('are six at most, and always the shown one', () => {
    const panes = panesInView(many, nothingWished);
    expect(panes).toHaveLength(MOST_PANES);
    expect(panes).toEqual(['input', 'method:a', 'method:b', 'method:c', 'output', 'gt']);
  });

  it('follow what is asked for', () => {
    const wishes = { 'method:a': false, 'method:e': true, 'method:f': false };
    expect(panesInView(many, wishes)).toEqual([
      'input',
      'method:b',
      'method:c',
      'method:e',
      'output',
      'gt',
    ]);
  });

  it('leave out input and ground truth when they are not wanted, but never fewer than two', () => {
    const hidden = { input: false, gt: false, 'method:a': false };
    expect(panesInView(three, hidden)).toEqual(['output', 'method:c']);
    expect(panesInView(three, { ...hidden, 'method:c': false })).toEqual(['input', 'output']);
    expect(panesInView(caseWith([], null), hidden)).toEqual(['input', 'output']);
  });

  it('use the room that a missing ground truth leaves', () => {
    expect(panesInView({ ...many, gt: null }, nothingWished)).toEqual([
      'input',
      'method:a',
      'method:b',
      'method:c',
      'method:d',
      'output',
    ]);
  });
});

describe('number keys', () => {
  it('are input, first method, ground truth, then further methods', () => {
    expect([1, 2, 3, 4, 5, 6].map((key) => paneByNumber(three, key))).toEqual([
      'input',
      'method:a',
      'gt',
      'output',
      'method:c',
      null,
    ]);
    expect([0, 1, 2, 6, 7].map(numberOf)).toEqual([2, 4, 5, 9, null]);
  });

  it('reach the output that is still to come', () => {
    expect(paneByNumber(caseWith([], null), 2)).toBe('output');
    expect(paneByNumber({ ...three, gt: null }, 3)).toBeNull();
  });
});

describe('the comparison of methods', () => {
  const compared: CaseView = {
    ...caseWith(
      [method('a', values(20, 0.5, 9)), method('b', values(18, 0.7, 9)), method('c')],
      'a',
    ),
    metrics: {
      status: 'done',
      values: values(20, 0.5, 9),
      backend: 'wgsl',
      adapter: null,
      backends: {},
      seconds: 1,
      fromCache: false,
      inputValues: values(21, 0.4, 30),
      checked: 'exact',
      regions: [],
    },
  };

  it('has a line for the input and one for each method', () => {
    const rows = methodRows(compared, 'person');
    expect(rows.map(({ id, title }) => [id, title])).toEqual([
      [null, 'Input'],
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'C'],
    ]);
    expect(rows[3]?.cells.map(({ value }) => value)).toEqual([null, null, null]);
  });

  it('marks the best value by the direction of its metric, ties too', () => {
    const best = methodRows(compared, 'person').map(({ cells }) => cells.map((cell) => cell.best));
    expect(best).toEqual([
      [true, false, false],
      [false, false, true],
      [false, true, true],
      [false, false, false],
    ]);
  });

  it('marks nothing where there is nothing to compare', () => {
    const alone = caseWith([method('a', values(20, 0.5, 9))], 'a');
    expect(
      methodRows(alone, 'global').flatMap(({ cells }) => cells.map(({ best }) => best)),
    ).toEqual([false, false, false]);
  });
});
