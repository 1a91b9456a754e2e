import { describe, expect, it } from 'vitest';
import { CASE_ORDERS, orderCases } from '../../src/app/caseOrder.ts';
import type { CaseView, MethodOutputView } from '../../src/app/model.ts';
import type { MetricValues } from '../../src/core/metrics/types.ts';

const valuesOf = (psnr: number, deltae: number): MetricValues => ({
  psnr: { person: psnr, background: psnr - 1, global: psnr - 0.5 },
  deltae: { person: deltae, background: null, global: deltae + 1 },
});

/** A case as far as its order depends on it; the first method is the shown one. */
function caseOf(id: string, ...measured: readonly MetricValues[]): CaseView {
  const methods = measured.map(
    (values, i) => ({ methodId: `m${i}`, title: `m${i}`, values }) as unknown as MethodOutputView,
  );
  const [values] = measured;
  return {
    id,
    methods,
    shownMethod: values ? 'm0' : null,
    metrics: values ? { status: 'done', values } : { status: 'no-reference' },
  } as unknown as CaseView;
}

const CASES = [
  caseOf('a', valuesOf(30, 5), valuesOf(31, 4)),
  caseOf('unmeasured'),
  caseOf('b', valuesOf(20, 9), valuesOf(20.5, 2), valuesOf(12, 30)),
  caseOf('alone', valuesOf(25, 9)),
];

const ids = (order: Parameters<typeof orderCases>[1]) =>
  orderCases(CASES, order).map(({ item }) => item.id);

describe('cases in an order', () => {
  it('stay as they were added', () => {
    expect(ids('added')).toEqual(['a', 'unmeasured', 'b', 'alone']);
  });

  it('stand worst first, whichever way the metric goes, those without a value last', () => {
    expect(ids('worst:psnr:person')).toEqual(['b', 'alone', 'a', 'unmeasured']);
    expect(ids('worst:deltae:person')).toEqual(['b', 'alone', 'a', 'unmeasured']);
    expect(ids('worst:deltae:background')).toEqual(['a', 'unmeasured', 'b', 'alone']);
    expect(orderCases(CASES, 'worst:psnr:background')[0]?.value).toBe(19);
  });

  it('stand by how far the shown method is behind the best of the others', () => {
    const ordered = orderCases(CASES, 'behind:psnr:person');
    expect(ordered.map(({ item, value }) => [item.id, value])).toEqual([
      ['a', 1],
      ['b', 0.5],
      ['unmeasured', null],
      ['alone', null],
    ]);
    expect(orderCases(CASES, 'behind:deltae:person').map(({ value }) => value)).toEqual([
      7,
      1,
      null,
      null,
    ]);
  });

  it('stand by the spread over all methods', () => {
    const ordered = orderCases(CASES, 'disagreement:deltae:person');
    expect(ordered.map(({ item, value }) => [item.id, value])).toEqual([
      ['b', 28],
      ['a', 1],
      ['unmeasured', null],
      ['alone', null],
    ]);
  });

  it('never lose or double a case', () => {
    for (const order of CASE_ORDERS) {
      expect(ids(order).toSorted()).toEqual(['a', 'alone', 'b', 'unmeasured']);
    }
  });
});
