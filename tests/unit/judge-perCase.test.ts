import { describe, expect, it } from 'vitest';
import type { GivenAnswer } from '../../src/core/judge/answers.ts';
import { casePreferences, disagreements } from '../../src/core/judge/perCase.ts';
import { PROTOCOLS } from '../../src/core/judge/protocols.ts';
import type { Study } from '../../src/core/judge/study.ts';

const study = (id: string): Study => {
  const protocol = PROTOCOLS.find((own) => own.id === id);
  if (!protocol) throw new Error(id);
  const rest = { perRater: 0, training: 0, repeats: 0, golden: 0, secondsLimit: 0, consent: '' };
  const methods = ['m1', 'm2', 'm3'];
  return {
    loupe: 'study',
    version: 1,
    id: 's',
    title: 's',
    protocol,
    seed: 's',
    methods,
    cases: [],
    ...rest,
  };
};

const given = (
  caseId: string,
  shown: string[],
  value: number | string[],
  kind: GivenAnswer['item']['kind'] = 'vote',
): GivenAnswer => ({
  rater: 'r',
  seconds: 3,
  item: { id: `${caseId}${shown}${Math.random()}`, caseId, shown, kind, repeats: null },
  answer: { question: 'q', value, reason: null },
});

describe('preferences by case', () => {
  it('are shares of wins, whatever the side, and leave training out', () => {
    const answers = [
      given('c1', ['m1', 'm2'], -1),
      given('c1', ['m2', 'm1'], 2),
      given('c1', ['m1', 'm2'], 0),
      given('c1', ['m1', 'm2'], 1, 'training'),
    ];
    expect(casePreferences(study('pair-five-point'), answers)).toEqual([
      { caseId: 'c1', mark: 'm1', score: 2.5 / 3, votes: 3 },
      { caseId: 'c1', mark: 'm2', score: 0.5 / 3, votes: 3 },
    ]);
  });

  it('are points of top lists and means of ratings', () => {
    const top = casePreferences(study('top-three'), [
      given('c1', ['m1', 'm2', 'm3'], ['m2', 'm1']),
    ]);
    expect(top.map(({ score }) => score)).toEqual([2, 3, 0]);
    const rated = casePreferences(study('four-criteria'), [
      given('c1', ['m3'], 4),
      given('c1', ['m3'], 2),
    ]);
    expect(rated).toEqual([{ caseId: 'c1', mark: 'm3', score: 3, votes: 2 }]);
  });
});

describe('disagreement', () => {
  it('finds where most people prefer what the metric finds worse', () => {
    const metric: Record<string, number> = { m1: 30, m2: 20, m3: 29 };
    const answers = [
      given('c1', ['m1', 'm2'], 1),
      given('c1', ['m1', 'm2'], 1),
      given('c1', ['m3', 'm2'], -1),
      given('c2', ['m1', 'm3'], 1),
    ];
    const found = disagreements(study('pair-forced'), answers, (_, mark) => metric[mark] ?? null);
    expect(found).toEqual([
      { caseId: 'c1', better: 'm1', worse: 'm2', share: 1, difference: 10 },
      { caseId: 'c2', better: 'm1', worse: 'm3', share: 1, difference: 1 },
    ]);
    expect(disagreements(study('pair-forced'), answers, () => null)).toEqual([]);
  });
});
