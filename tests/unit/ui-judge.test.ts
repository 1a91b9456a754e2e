import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { AnalysisView, StudyPlan } from '../../src/app/judge/model.ts';
import { numberText } from '../../src/app/judge/tables.ts';
import type { Notice } from '../../src/app/model.ts';
import { COMBINATIONS } from '../../src/core/judge/combine.ts';
import { PROTOCOLS, type Protocol, type Question } from '../../src/core/judge/protocols.ts';
import { radarOutline } from '../../src/core/judge/radar.ts';
import { readStudy } from '../../src/core/judge/study.ts';
import { addressOf, placeOf } from '../../src/ui/doors.ts';
import { combinationOf, judgementRows } from '../../src/ui/judge/analysis-rows.ts';
import { blindNotices } from '../../src/ui/judge/blind.ts';
import { createBlindLooks } from '../../src/ui/judge/blind-looks.ts';
import { scaleOf } from '../../src/ui/judge/charts.ts';
import {
  customOf,
  freeId,
  listOf,
  newQuestion,
  showing,
} from '../../src/ui/judge/custom-protocol.ts';
import {
  chosen,
  type Draft,
  firstOpen,
  isComplete,
  preferred,
  sameDraft,
} from '../../src/ui/judge/draft.ts';
import { judgePlaceOf, votingItem } from '../../src/ui/judge/judge-place.ts';
import { numberOr } from '../../src/ui/judge/numbers.ts';
import { itemsEach, itemsInAll, planNumber, problemsOf } from '../../src/ui/judge/study-plan.ts';
import { actionOf, answerByKey } from '../../src/ui/judge/voting-keys.ts';

const HASH = 'ab'.repeat(32);

const protocolOf = (id: string): Protocol => {
  const found = PROTOCOLS.find((own) => own.id === id);
  if (!found) throw new Error(id);
  return found;
};

function questionOf<Kind extends Question['kind']>(id: string, kind: Kind) {
  const found = protocolOf(id).questions[0];
  if (found?.kind !== kind) throw new Error(`${id} asks no ${kind}`);
  return found as Extract<Question, { kind: Kind }>;
}

/** Presses keys one after another; a key that answers nothing is an error. */
const press = (question: Question, keys: readonly string[], letters: readonly string[] = []) =>
  keys.reduce<Draft>((draft, key) => {
    const next = answerByKey(question, draft, key, letters);
    if (next === null) throw new Error(`${key} answers nothing`);
    return next;
  }, []);

const given = (draft: Draft) => draft[0]?.value;

describe('a number on the page', () => {
  it('has a real minus sign, none where it rounds to nothing; files keep the ASCII one', () => {
    expect(numberOr(-0.504, 2)).toBe('−0.50');
    expect(numberOr(-0.004, 2)).toBe('0.00');
    expect(numberOr(null, 2)).toBe('–');
    expect(numberText(-0.504, 2)).toBe('-0.50');
  });
});

describe('addresses behind the door to judging', () => {
  it('finds every place again', () => {
    const item = (own: string) => judgePlaceOf(placeOf(addressOf('judge', own)).item);
    expect(judgePlaceOf(null)).toEqual({ kind: 'studies' });
    expect(item('new')).toEqual({ kind: 'new' });
    expect(item(HASH)).toEqual({ kind: 'study', hash: HASH });
    expect(item(votingItem(HASH, 'Zoë / 2'))).toEqual({
      kind: 'vote',
      hash: HASH,
      rater: 'Zoë / 2',
    });
    expect(item('studies/evening')).toEqual({ kind: 'address', path: 'studies/evening' });
    const linked = placeOf('#/judge?study=studies%2Fevening.zip');
    expect(judgePlaceOf(linked.item)).toEqual({ kind: 'address', path: 'studies/evening.zip' });
    expect(placeOf('#/judge?study=../other/set').item).toBe('../other/set');
    expect(placeOf('#/judge').item).toBeNull();
  });
});

describe('answers by keys', () => {
  it('names the best in the order of the letters, and takes back', () => {
    const top = questionOf('top-three', 'top');
    const letters = ['A', 'B', 'C', 'D', 'E', 'F'];
    const three = press(top, ['f', 'a', 'c'], letters);
    expect(chosen(three, 'top')).toEqual(['F', 'A', 'C']);
    expect(isComplete(top, three, 6)).toBe(true);
    expect(chosen(press(top, ['f', 'a', 'c', 'd'], letters), 'top')).toEqual(['F', 'A', 'C']);
    expect(chosen(press(top, ['f', 'a', 'f', 'b'], letters), 'top')).toEqual(['A', 'B']);
    expect(press(top, ['f', 'Backspace'], letters)).toEqual([]);
    expect(answerByKey(top, [], 'g', letters)).toBeNull();
    expect(isComplete(top, press(top, ['a', 'b'], ['A', 'B']), 2)).toBe(true);
  });

  it('goes along the five steps by numbers and arrows, and asks what decided', () => {
    const five = questionOf('pair-five-point', 'pair');
    expect(['1', '2', '3', '4', '5'].map((key) => given(press(five, [key])))).toEqual([
      -2, -1, 0, 1, 2,
    ]);
    expect(given(press(five, ['ArrowLeft']))).toBe(-1);
    expect(given(press(five, ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']))).toBe(-2);
    expect(given(press(five, ['ArrowLeft', 'ArrowLeft', 'ArrowRight']))).toBe(1);
    expect(isComplete(five, press(five, ['5']), 2)).toBe(false);
    const decided = press(five, ['5', '8']);
    expect(decided[0]?.reason).toBe('Skin tone');
    expect(isComplete(five, decided, 2)).toBe(true);
    expect(preferred(decided, five, 0)[0]?.reason).toBeNull();
    expect(isComplete(five, press(five, ['ArrowDown']), 2)).toBe(true);
    expect(press(five, ['7'])).toEqual([]);
  });

  it('knows no “no difference” where a choice is forced', () => {
    const forced = questionOf('pair-forced', 'pair');
    expect(given(press(forced, ['ArrowRight', 'ArrowRight']))).toBe(1);
    for (const key of ['ArrowDown', '0', '1', '5'])
      expect(answerByKey(forced, [], key, [])).toBeNull();
  });

  it('rates by numbers within the scale', () => {
    const rating = questionOf('six-dimensions', 'rating');
    expect(given(press(rating, ['2', '5']))).toBe(5);
    expect(answerByKey(rating, [], '6', [])).toBeNull();
    expect(answerByKey(rating, [], '0', [])).toBeNull();
    const ten = { ...rating, labels: [...'abcdefghij'] };
    expect(given(press(ten, ['0']))).toBe(10);
  });

  it('finds the first question that lacks an answer', () => {
    const { questions } = protocolOf('four-criteria');
    const draft = [{ question: 'textures', value: 3, reason: null }];
    expect(firstOpen(questions, draft, 1)).toBe(1);
    expect(sameDraft(draft, [{ ...draft[0], question: 'textures', value: 3, reason: null }])).toBe(
      true,
    );
    expect(sameDraft(draft, [])).toBe(false);
  });

  it('leaves keys that type characters to those who switched them on', () => {
    const pair = questionOf('pair-forced', 'pair');
    expect(actionOf(pair, 's', true)).toBe('skip');
    expect(actionOf(pair, 's', false)).toBeNull();
    expect(actionOf(pair, 'Enter', false)).toBe('next');
    expect(actionOf(pair, 'PageUp', false)).toBe('back');
    expect(actionOf(questionOf('six-dimensions', 'rating'), 'ArrowDown', false)).toBe(
      'next-question',
    );
    expect(actionOf(pair, 'ArrowDown', true)).toBeNull();
    expect(actionOf(pair, '?', true)).toBe('help');
    expect(actionOf(pair, 'E', true, true)).toBe('exposure-down');
    expect(actionOf(pair, 'e', true)).toBe('exposure-up');
  });
});

describe('ways of looking without names', () => {
  const pictures = (letters: string) =>
    [...letters].map((letter) => ({ letter: letter === '0' ? 'Input' : letter, bitmap: null }));

  it('compare the first two that are judged, and others that are asked for', () => {
    createRoot((dispose) => {
      const looks = createBlindLooks(() => pictures('0ABC'));
      expect(looks.split()).toEqual(['method:A', 'method:B']);
      looks.setSide(1, 'method:C');
      looks.swap();
      expect(looks.split().map(looks.title)).toEqual(['C', 'A']);
      looks.forget();
      expect(looks.split().map(looks.title)).toEqual(['A', 'B']);
      const rated = createBlindLooks(() => pictures('0A'));
      expect(rated.split().map(rated.title)).toEqual(['A', 'Input']);
      dispose();
    });
  });

  it('flip through all of them in place, and go round the ways', () => {
    createRoot((dispose) => {
      const looks = createBlindLooks(() => pictures('0AB'));
      const seen = [1, 1, 1, 1].map(() => {
        looks.step(1);
        return looks.title(looks.single());
      });
      expect(seen).toEqual(['Input', 'A', 'B', 'Input']);
      expect(looks.look()).toBe('single');
      looks.nextLook();
      expect(looks.look()).toBe('side-by-side');
      looks.step(-1);
      expect(looks.title(looks.single())).toBe('B');
      dispose();
    });
  });
});

const plan = (change: Partial<StudyPlan> = {}): StudyPlan => ({
  title: 'Faces',
  protocol: protocolOf('pair-forced'),
  cases: ['1', '2', '3'],
  methods: ['a', 'b', 'c', 'd'],
  seed: 's',
  perRater: 0,
  training: 2,
  repeats: 0,
  golden: 0,
  secondsLimit: 0,
  consent: '',
  ...change,
});

describe('a plan', () => {
  it('counts the items of a rater', () => {
    expect(itemsInAll(plan())).toBe(18);
    expect(itemsInAll(plan({ protocol: protocolOf('four-criteria') }))).toBe(12);
    expect(itemsInAll(plan({ protocol: protocolOf('top-three') }))).toBe(3);
    expect(itemsEach(plan({ perRater: 5, repeats: 9, golden: 9 }))).toBe(5 + 3 + 3 + 2);
    const rated = plan({ protocol: protocolOf('six-dimensions'), golden: 2, training: 0 });
    expect(itemsEach(rated)).toBe(12 + 2 * 2);
  });

  it('says what is missing', () => {
    expect(problemsOf(plan())).toEqual([]);
    expect(problemsOf(plan({ title: ' ', methods: ['a'], cases: [], seed: '' }))).toHaveLength(4);
    const rating = { ...newQuestion('one', 'q1'), labels: ['only'] } as Question;
    const protocol = { ...protocolOf('four-criteria'), questions: [rating] };
    expect(problemsOf(plan({ protocol }))).toEqual([
      'A scale needs 2 to 11 words, separated by commas.',
    ]);
  });

  it('takes whole numbers within what a study may have', () => {
    expect(['7.9', '-3', 'x', '99'].map((text) => planNumber('training', text))).toEqual([
      7, 0, 0, 20,
    ]);
  });

  it('carries a custom protocol that a study accepts, whatever it shows', () => {
    for (const shows of ['pair', 'all', 'one'] as const) {
      const protocol = showing(customOf(protocolOf('top-three')), shows);
      const second = newQuestion(shows, freeId(protocol.questions));
      const own = { ...protocol, questions: [...protocol.questions, second] };
      expect(new Set(own.questions.map(({ id }) => id)).size).toBe(2);
      const study = {
        loupe: 'study',
        version: 1,
        id: 'x',
        ...plan({ protocol: own }),
        methods: ['m1', 'm2'],
        cases: [{ id: 'c1', input: null, reference: null, outputs: {} }],
      };
      expect(readStudy(study)).toHaveProperty('study');
    }
    expect(listOf(' bad, , good ,bad')).toEqual(['bad', 'good']);
  });
});

const certainty = { places: [0.25, 0.75], inTopThree: 1, interval: [1, 2] as const };

const row = (title: string, people: number | null, final: number | null) => ({
  title,
  people,
  final,
  objective: null,
  scaled: null,
  objectiveRank: null,
  peopleRank: null,
  finalRank: null,
  finalCertainty: certainty,
});

describe('the analysis', () => {
  const view: AnalysisView = {
    studyHash: HASH,
    methodIds: ['a', 'b'],
    titles: ['a', 'b'],
    combination: COMBINATIONS.raim2026,
    rows: [row('a', 1, null), row('b', 2, null)],
    correlations: [],
    disagreements: [],
    analysis: {
      raters: [],
      votes: 3,
      methods: [1, 2].map((score) => ({
        mark: `m${score}`,
        score,
        interval: [score - 1, score + 1] as const,
        top: null,
        opinions: {},
        certainty,
      })),
      fit: null,
      kendallW: null,
      alpha: null,
      reasons: [],
      warnings: [],
    },
  };

  it('lists the best first, and gates by the people where there is no final score', () => {
    const rows = judgementRows(view, 1);
    expect(rows.map(({ title, passes }) => [title, passes])).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(rows[0]?.estimate).toEqual({ value: 2, low: 1, high: 3 });
    expect(judgementRows(view, 0).every(({ passes }) => passes)).toBe(true);
  });

  it('gives people the rest of one’s own weight', () => {
    const own = { objective: 0.15, scale: '80-90', top: 'points', challenge: 'raim2026' } as const;
    expect(combinationOf('raim2024', own)).toBe(COMBINATIONS.raim2024);
    expect(combinationOf('custom', own)).toEqual({
      ...own,
      title: 'Own weights',
      subjective: 0.85,
    });
    expect(combinationOf('custom', { ...own, objective: 7 })).toMatchObject({
      objective: 1,
      subjective: 0,
    });
  });

  it('draws within its ticks, and the first dimension upwards', () => {
    const { ticks, at } = scaleOf([-1.3, 2.2], 100, 200);
    expect(at(ticks[0] ?? Number.NaN)).toBe(100);
    expect(at(ticks.at(-1) ?? Number.NaN)).toBe(200);
    expect(at(-1.3)).toBeGreaterThanOrEqual(100);
    expect(at(2.2)).toBeLessThanOrEqual(200);
    expect(radarOutline([1, 1, 0.5, 0], 10)).toBe('0.00,-10.00 10.00,0.00 0.00,5.00 0.00,0.00');
  });
});

describe('while somebody votes', () => {
  it('says only new errors that name no method and no case', () => {
    const notice = (id: string, severity: Notice['severity'], text: string): Notice => ({
      id,
      severity,
      text,
    });
    const notices = [
      notice('1', 'error', 'An old one.'),
      notice('2', 'info', 'Saved.'),
      notice('3', 'error', 'quince/003.png cannot be read.'),
      notice('4', 'error', 'There is no room left.'),
    ];
    expect(blindNotices(notices, new Set(['1']), ['quince', '003']).map(({ id }) => id)).toEqual([
      '4',
    ]);
  });
});
