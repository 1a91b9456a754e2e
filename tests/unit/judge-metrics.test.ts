import { describe, expect, it } from 'vitest';
import { attentionOf, type GivenAnswer } from '../../src/core/judge/answers.ts';
import { COMBINATIONS, combine, scaledScores } from '../../src/core/judge/combine.ts';
import { metricAgreement } from '../../src/core/judge/metricAgreement.ts';
import { compareMetrics } from '../../src/core/judge/metricComparison.ts';
import { disagreements } from '../../src/core/judge/perCase.ts';
import { intervalPlot, radarPlot, rankPlot } from '../../src/core/judge/plots.ts';
import { PROTOCOLS } from '../../src/core/judge/protocols.ts';
import type { StudyItem } from '../../src/core/judge/schedule.ts';
import { scorerOf } from '../../src/core/judge/scores.ts';
import type { Study } from '../../src/core/judge/study.ts';

const METHODS = ['m1', 'm2', 'm3'];
const CASES = ['c1', 'c2'];

function studyOf(id: string): Study {
  const protocol = PROTOCOLS.find((own) => own.id === id);
  if (!protocol) throw new Error(id);
  const hash = '0'.repeat(64);
  return {
    ...{ loupe: 'study', version: 1, id: 's', title: 's', seed: 's', protocol, methods: METHODS },
    cases: CASES.map((own) => ({
      ...{ id: own, input: null, reference: null },
      outputs: Object.fromEntries(METHODS.map((mark) => [mark, hash])),
    })),
    ...{ perRater: 0, training: 0, repeats: 0, golden: 0, secondsLimit: 0, consent: '' },
  };
}

let items = 0;
function given(
  caseId: string,
  shown: readonly string[],
  value: number | string[],
  change: Partial<StudyItem> & { readonly rater?: string } = {},
): GivenAnswer {
  items += 1;
  const { rater = 'ann', ...own } = change;
  const item = { id: `i${items}`, caseId, shown, kind: 'vote' as const, repeats: null, ...own };
  return { rater, seconds: 3, item, answer: { question: 'q', value, reason: null } };
}

/** A metric that runs with the people in each case, and is 10 higher throughout the second. */
const metric = (caseId: string, mark: string) => METHODS.indexOf(mark) + (caseId === 'c2' ? 10 : 0);

describe('how a metric goes with the votes', () => {
  it('is taken within each case where pictures were compared', () => {
    const answers = CASES.flatMap((caseId) => [
      given(caseId, ['m1', 'm2'], 1),
      given(caseId, ['m1', 'm3'], 1),
      given(caseId, ['m3', 'm2'], -1),
    ]);
    const own = metricAgreement(
      studyOf('pair-forced'),
      answers,
      [-1, 0, 1],
      metric,
      'higher-is-better',
    );
    // Over all pictures at once the second case would look like a contradiction.
    expect(own.pictures).toEqual({ srcc: 1, plcc: 1, krcc: 1 });
    expect(own.methods?.plcc).toBeCloseTo(1, 12);
    expect(own.count).toBe(6);
    const turned = metricAgreement(
      studyOf('pair-forced'),
      answers,
      [-1, 0, 1],
      metric,
      'lower-is-better',
    );
    expect(turned.pictures?.srcc).toBeCloseTo(-1, 12);
  });

  it('is taken over all pictures where each was rated, and says nothing where nothing varies', () => {
    const answers = CASES.flatMap((caseId) =>
      METHODS.map((mark, i) => given(caseId, [mark], i + (caseId === 'c2' ? 2 : 1))),
    );
    const study = studyOf('four-criteria');
    const own = metricAgreement(study, answers, [1, 2, 3], metric, 'higher-is-better');
    expect(own.pictures?.srcc).toBeGreaterThan(0.7);
    expect(own.pictures?.srcc).toBeLessThan(1);
    const flat = METHODS.map((mark) => given('c1', [mark], 3));
    const nothing = metricAgreement(study, flat, [3, 3, 3], metric, 'higher-is-better');
    expect([nothing.pictures, nothing.methods]).toEqual([null, null]);
  });

  it('is the same for many metrics at once, with where each is contradicted', () => {
    const study = studyOf('pair-forced');
    const answers = CASES.flatMap((caseId) => [
      given(caseId, ['m1', 'm2'], 1),
      given(caseId, ['m1', 'm3'], -1),
      given(caseId, ['m3', 'm2'], -1),
    ]);
    const people = [0, 1, -1];
    const values = Object.fromEntries(
      METHODS.map((mark) => [mark, CASES.map((caseId) => metric(caseId, mark))]),
    );
    const unknown = Object.fromEntries(METHODS.map((mark) => [mark, [null, null]]));
    const columns = [
      { id: 'up', title: 'Up', direction: 'higher-is-better' as const, values },
      { id: 'down', title: 'Down', direction: 'lower-is-better' as const, values },
      { id: 'none', title: 'None', direction: 'higher-is-better' as const, values: unknown },
    ];
    const [up, down, none] = compareMetrics(study, answers, people, columns);
    expect(up).toEqual({
      ...{ column: 'up', title: 'Up' },
      agreement: metricAgreement(study, answers, people, metric, 'higher-is-better'),
      disagreements: disagreements(study, answers, metric),
    });
    expect(down?.disagreements).toEqual(
      disagreements(study, answers, (caseId, mark) => -metric(caseId, mark)),
    );
    expect(up?.disagreements).not.toEqual([]);
    expect(none).toMatchObject({ agreement: { pictures: null, count: 0 }, disagreements: [] });
  });

  it('finds contradictions in ratings too, rater by rater', () => {
    const answers = ['ann', 'bob', 'cleo'].flatMap((rater, i) => [
      given('c1', ['m1'], i === 0 ? 3 : 5, { rater }),
      given('c1', ['m2'], 4, { rater }),
    ]);
    expect(disagreements(studyOf('four-criteria'), answers, metric)).toEqual([
      { caseId: 'c1', better: 'm2', worse: 'm1', share: 2 / 3, difference: 1 },
    ]);
  });
});

describe('hidden repeats', () => {
  it('of top lists are alike where two thirds of the names are the same', () => {
    const shown = ['m1', 'm2', 'm3', 'm4', 'm5'];
    const twice = (again: string[]) => {
      const first = given('c1', shown, ['m1', 'm2', 'm3']);
      const second = given('c1', shown, again, { kind: 'repeat', repeats: first.item.id });
      return attentionOf([first, second]);
    };
    expect(twice(['m2', 'm1', 'm5'])).toMatchObject({ repeats: 1, repeatsAlike: 1 });
    expect(twice(['m4', 'm1', 'm5'])).toMatchObject({ repeats: 1, repeatsAlike: 0 });
  });
});

describe('top lists', () => {
  const study = studyOf('top-three');
  const answers = [
    given('c1', METHODS, ['m1', 'm3']),
    given('c2', METHODS, ['m1', 'm3']),
    given('c1', METHODS, ['m3', 'm2'], { rater: 'bob' }),
  ];

  it('count by points or by being named', () => {
    const score = (measure: 'points' | 'frequency') => {
      const scorer = scorerOf(study, measure);
      return scorer.score(answers.map(scorer.read));
    };
    expect(score('points')).toEqual([6 / 3, 2 / 3, 7 / 3]);
    expect(score('frequency')).toEqual([2 / 3, 1 / 3, 1]);
  });

  it('are brought to the challenge’s scale before they are combined', () => {
    const frequency = [2 / 3, 1 / 3, 1];
    expect(scaledScores(COMBINATIONS.raim2026, frequency)).toEqual([85, 80, 90]);
    const [first] = combine(COMBINATIONS.raim2026, [70, 80, 60], frequency);
    expect(first).toBeCloseTo(0.3 * 70 + 0.7 * 85, 12);
  });
});

describe('plots', () => {
  it('hold names as text and nothing that is no number', () => {
    const hostile = '<script>alert(1)</script>';
    const drawn = [
      intervalPlot('Strength', [{ title: hostile, value: 0.2, low: -1, high: 1 }]),
      rankPlot('Ranks', [{ title: hostile, places: [0.75, 0.25] }]),
      radarPlot('Dimensions', ['a b', 'c', 'd'], [{ title: hostile, shares: [1, 0.5, 0] }]),
    ];
    for (const svg of drawn) {
      expect(svg).toMatch(/^<svg [^>]*viewBox/);
      expect(svg).toContain('&lt;script&gt;');
      expect(svg).not.toMatch(/<script|NaN|Infinity|undefined/);
    }
    expect(drawn[1]).toContain('>75</tspan>');
  });
});
