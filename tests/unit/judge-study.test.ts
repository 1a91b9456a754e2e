import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, countVotes, drawScores } from '../../src/core/judge/analysis.ts';
import { AttentionClock } from '../../src/core/judge/attention.ts';
import { COMBINATIONS, combine, finalCertainty, gate } from '../../src/core/judge/combine.ts';
import { PROTOCOLS, type Protocol } from '../../src/core/judge/protocols.ts';
import { type StudyItem, scheduleFor } from '../../src/core/judge/schedule.ts';
import { readStudy, type Study, votesNeeded } from '../../src/core/judge/study.ts';
import {
  type Answer,
  checksummed,
  isAllowed,
  isChanged,
  isComplete,
  mergeVoteFiles,
  raterLabels,
  readVoteFile,
  type VoteFile,
} from '../../src/core/judge/votes.ts';
import { makeRandom } from '../../src/core/stats/random.ts';

const hash = (n: number) => n.toString(16).padStart(64, '0');

const protocolOf = (id: string): Protocol => {
  const found = PROTOCOLS.find((own) => own.id === id);
  if (!found) throw new Error(id);
  return found;
};

function studyOf(protocol: Protocol, change: Partial<Study> = {}): Study {
  const methods = ['m1', 'm2', 'm3', 'm4'];
  return {
    loupe: 'study',
    version: 1,
    id: 's',
    title: 'Faces',
    protocol,
    seed: 'seed',
    methods,
    cases: Array.from({ length: 6 }, (_, i) => ({
      id: `c${i + 1}`,
      input: hash(100 + i),
      reference: hash(200 + i),
      outputs: Object.fromEntries(methods.map((mark, m) => [mark, hash(10 * i + m)])),
    })),
    perRater: 0,
    training: 2,
    repeats: 4,
    golden: 3,
    secondsLimit: 0,
    consent: 'I take part.',
    ...change,
  };
}

/** How good the methods are to the simulated raters. */
const QUALITY: Record<string, number> = { m1: 0, m2: 1, m3: 2, m4: 3, input: -9, reference: 9 };

function answerTo(item: StudyItem, protocol: Protocol, noise: () => number): Answer[] {
  const [question] = protocol.questions;
  const seen = item.shown.map((mark) => (QUALITY[mark] ?? 0) + noise());
  if (question?.kind === 'pair') {
    const left = (seen[0] ?? 0) > (seen[1] ?? 0);
    return [{ question: question.id, value: left ? -1 : 1, reason: null }];
  }
  if (question?.kind === 'top') {
    const order = item.shown
      .map((mark, i) => ({ mark, value: seen[i] ?? 0 }))
      .sort((a, b) => b.value - a.value);
    return [{ question: 'top', value: order.slice(0, 3).map(({ mark }) => mark), reason: null }];
  }
  return protocol.questions.map(({ id }) => ({
    question: id,
    value: Math.max(1, Math.min(5, Math.round((seen[0] ?? 0) + 1.5))),
    reason: null,
  }));
}

function vote(study: Study, rater: string, spread: number, seconds = 5): VoteFile {
  const random = makeRandom(rater);
  const noise = () => spread * (random.next() - 0.5);
  const file = {
    loupe: 'votes' as const,
    version: 1 as const,
    study: hash(1),
    rater,
    ballot: rater,
    conditions: { screen: '', brightness: '', room: '', distance: '', colourVision: '' },
    startedAt: 0,
    finished: true,
    votes: scheduleFor(study, rater).map((item, index) => ({
      item: item.id,
      answers: answerTo(item, study.protocol, noise),
      seconds,
      at: index,
      ...{ away: 0, changes: 0, returns: 0, skips: 0 },
    })),
  };
  return { ...file, checksum: hash(checksummed(file).length) };
}

describe('a schedule', () => {
  const study = studyOf(protocolOf('pair-forced'));

  it('is the same for the same rater, and another for another', () => {
    expect(scheduleFor(study, 'ann')).toEqual(scheduleFor(study, 'ann'));
    expect(scheduleFor(study, 'bob')).not.toEqual(scheduleFor(study, 'ann'));
  });

  it('has training first, every pair once, repeats with swapped sides after their first time', () => {
    const items = scheduleFor(study, 'ann');
    expect(items.slice(0, 2).map(({ kind }) => kind)).toEqual(['training', 'training']);
    const votes = items.filter(({ kind }) => kind === 'vote');
    const keys = votes.map(({ caseId, shown }) => `${caseId} ${shown.toSorted().join()}`);
    expect(new Set(keys).size).toBe(36);
    expect(votes).toHaveLength(36);
    const repeats = items.filter(({ kind }) => kind === 'repeat');
    expect(repeats).toHaveLength(4);
    for (const repeat of repeats) {
      const first = items.find(({ id }) => id === repeat.repeats);
      expect(first?.shown).toEqual(repeat.shown.toReversed());
      expect(items.indexOf(repeat)).toBeGreaterThan(items.indexOf(first as StudyItem) + 1);
    }
    expect(items.filter(({ kind }) => kind === 'golden')).toHaveLength(3);
  });

  it('hides golden comparisons in every form, and knows who looked', () => {
    const golden = (id: string) => {
      const own = studyOf(protocolOf(id), { training: 0 });
      return scheduleFor(own, 'ann').filter(({ kind }) => kind === 'golden');
    };
    const rated = golden('six-dimensions').map(({ caseId, shown }) => `${caseId} ${shown}`);
    expect(rated).toHaveLength(6);
    expect(new Set(rated.map((own) => own.split(' ')[0])).size).toBe(3);
    // As many pictures as in any other item: two methods give way.
    const top = golden('top-three').map(({ shown }) => shown.toSorted());
    expect(top.map((shown) => shown.filter((mark) => !/^m\d$/.test(mark)))).toEqual(
      Array.from({ length: 3 }, () => ['input', 'reference']),
    );
    expect(top.map(({ length }) => length)).toEqual([4, 4, 4]);
    for (const { id } of PROTOCOLS) {
      const own = studyOf(protocolOf(id));
      const asleep = vote(own, 'asleep', 200);
      const { raters } = countVotes(own, [vote(own, 'awake', 1), asleep]);
      expect(raters[0]).toMatchObject({ golden: 3, goldenRight: 3 });
      expect(raters[1]?.golden).toBe(3);
    }
    const backwards = studyOf(protocolOf('four-criteria'));
    const file = vote(backwards, 'a', 0);
    const flipped = file.votes.map((own) => ({
      ...own,
      answers: own.answers.map((answer) => ({ ...answer, value: 6 - Number(answer.value) })),
    }));
    expect(countVotes(backwards, [{ ...file, votes: flipped }]).raters[0]).toMatchObject({
      ...{ golden: 3, goldenRight: 0, keep: false },
    });
  });

  it('keeps its order where no golden comparisons are asked for', () => {
    const items = scheduleFor(studyOf(protocolOf('top-three'), { golden: 0 }), 'ann');
    expect(items.map(({ id, caseId }) => `${id} ${caseId}`)).toMatchInlineSnapshot(`
      [
        "t1 c5",
        "t2 c2",
        "v1 c5",
        "v2 c2",
        "v3 c3",
        "v4 c4",
        "v5 c6",
        "r3 c3",
        "r2 c2",
        "r1 c5",
        "v6 c1",
      ]
    `);
  });

  it('puts each method on both sides about equally often', () => {
    let left = 0;
    for (let rater = 0; rater < 60; rater += 1) {
      const items = scheduleFor(study, `rater ${rater}`).filter(({ kind }) => kind === 'vote');
      left += items.filter(({ shown }) => shown[0] === 'm1').length;
    }
    // m1 is in 18 pairs for each of 60 raters.
    expect(left / (18 * 60)).toBeGreaterThan(0.45);
    expect(left / (18 * 60)).toBeLessThan(0.55);
  });

  it('gives every pair about as many votes where raters see a part', () => {
    const part = studyOf(protocolOf('pair-forced'), { perRater: 12, golden: 0, repeats: 0 });
    const counts = new Map<string, number>();
    for (let rater = 0; rater < 300; rater += 1) {
      for (const { kind, caseId, shown } of scheduleFor(part, `r${rater}`)) {
        if (kind !== 'vote') continue;
        const key = `${caseId} ${shown.toSorted().join()}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(36);
    const all = [...counts.values()];
    // 100 on average; starts are drawn at random.
    expect(Math.min(...all)).toBeGreaterThan(65);
    expect(Math.max(...all)).toBeLessThan(140);
  });
});

describe('votes', () => {
  const study = studyOf(protocolOf('pair-five-point'));
  const [item] = scheduleFor(study, 'ann');

  it('are allowed only where question and item know them', () => {
    if (!item) throw new Error('no item');
    const answer = { question: 'preference', value: -2, reason: 'Skin tone' };
    expect(isAllowed(study, item, answer)).toBe(true);
    expect(isAllowed(study, item, { ...answer, value: 3 })).toBe(false);
    expect(isAllowed(study, item, { ...answer, reason: 'Taste' })).toBe(false);
    expect(isAllowed(study, item, { ...answer, question: 'x' })).toBe(false);
    expect(isAllowed(study, item, { ...answer, value: ['m1'] })).toBe(false);
  });

  it('survive their file, and a changed file has another checksum text', () => {
    const file = vote(study, 'ann', 1);
    expect(readVoteFile(JSON.parse(JSON.stringify(file)))).toEqual({ file });
    const [first, ...rest] = file.votes;
    if (!first) throw new Error('no vote');
    const forged = { ...file, votes: [{ ...first, seconds: 1 }, ...rest] };
    expect(checksummed(forged)).not.toBe(checksummed(file));
    expect('problem' in readVoteFile({ ...file, study: 'x' })).toBe(true);
  });

  it('of one rater count once, the later file; two of one name both count', () => {
    const full = vote(study, 'ann', 1);
    const half = { ...full, votes: full.votes.slice(0, 5), checksum: hash(5) };
    const { kept, remarks } = mergeVoteFiles([half, full, full]);
    expect(kept).toEqual([full]);
    expect(remarks).toEqual([
      'There are two files of ann: the later one counts, once.',
      'The votes of ann were there already and count once.',
    ]);
    const other = { ...full, ballot: 'another ann' };
    const both = mergeVoteFiles([full, other, half]);
    expect(both.kept).toEqual([full, other]);
    expect(both.remarks[0]).toContain('two raters called ann');
    expect(raterLabels(both.kept)).toEqual(['ann', 'ann (2)']);
    expect(analyse(study, both.kept).raters.map(({ rater }) => rater)).toEqual(['ann', 'ann (2)']);
  });

  it('know what is complete, what was changed and what was only gone on with', () => {
    if (!item) throw new Error('no item');
    const answer = { question: 'preference', value: -2, reason: null };
    const reasoned = { ...answer, reason: 'Skin tone' };
    expect(isComplete(study, item, [answer])).toBe(false);
    expect(isComplete(study, item, [reasoned])).toBe(true);
    expect(isComplete(study, item, [{ ...answer, value: 0 }])).toBe(true);
    expect(isChanged([answer], [reasoned])).toBe(false);
    expect(isChanged([reasoned], [{ ...reasoned, value: 1 }])).toBe(true);
    expect(isChanged([reasoned], [])).toBe(true);
    const list = (...value: string[]) => [{ question: 'top', value, reason: null }];
    expect(isChanged(list('m1'), list('m1', 'm3'))).toBe(false);
    expect(isChanged(list('m1', 'm3'), list('m3'))).toBe(true);
  });

  it('take the time of looking, not that of a closed lid', () => {
    const clock = new AttentionClock(0);
    expect(clock.beat(1000, true)).toEqual({ seconds: 1, away: 0 });
    expect(clock.beat(3000, false)).toEqual({ seconds: 1, away: 2 });
    const week = 7 * 24 * 3600;
    expect(clock.beat(3000 + 1000 * week, true)).toEqual({ seconds: 1, away: 2 + week });
    for (let s = 1; s <= 900; s += 1) clock.beat(3000 + 1000 * (week + s), true);
    expect(clock.beat(3000 + 1000 * (week + 900), true)).toEqual({
      seconds: 600,
      away: week + 303,
    });
  });
});

describe('a study', () => {
  it('survives its file and is refused where it was bent', () => {
    const study = studyOf(protocolOf('top-three'));
    expect(readStudy(JSON.parse(JSON.stringify(study)))).toEqual({ study });
    expect('problem' in readStudy({ ...study, methods: ['m1', 'm2'] })).toBe(true);
    expect('problem' in readStudy({ ...study, methods: ['Flash S', 'm2'] })).toBe(true);
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect('problem' in readStudy(JSON.parse(json))).toBe(true);
      }),
    );
  });

  it('says how many votes an interval takes', () => {
    // 4 (N - 1) / (n N²) at N = 4: n = 4 · 3 · 1.96² / (16 · 0.25) = 11.5
    expect(votesNeeded(protocolOf('pair-forced'), 4, 0.5, 36)).toEqual({
      each: 12,
      total: 72,
      raters: 2,
    });
    expect(votesNeeded(protocolOf('six-dimensions'), 4, 0.2, 24).each).toBe(97);
    expect(votesNeeded(protocolOf('top-three'), 12, 0.1, 50)).toMatchObject({
      each: 73,
      raters: 2,
    });
  });
});

describe('an analysis', () => {
  it.each(PROTOCOLS.map(({ id }) => id))('finds the order of the simulated raters: %s', (id) => {
    const study = studyOf(protocolOf(id));
    const files = ['a', 'b', 'c', 'd', 'e'].map((rater) => vote(study, rater, 2));
    const { methods, raters, warnings, votes } = analyse(study, files);
    expect(raters.every(({ keep }) => keep)).toBe(true);
    const scores = methods.map(({ score }) => score ?? Number.NaN);
    expect(scores.toSorted((a, b) => a - b)).toEqual(scores);
    expect(methods[3]?.certainty?.places[0]).toBeGreaterThan(0.9);
    expect(votes).toBeGreaterThan(20);
    expect(warnings.filter((text) => text.includes('raters'))).toEqual([]);
  });

  it('leaves careless raters out and says why', () => {
    const study = studyOf(protocolOf('pair-forced'));
    const hasty = vote(study, 'hasty', 2, 0.3);
    const { raters, votes } = analyse(study, [vote(study, 'a', 1), hasty]);
    expect(raters.find(({ rater }) => rater === 'hasty')).toMatchObject({ keep: false });
    expect(votes).toBe(36);
  });

  it('has full agreement where raters agree, and warns where one method always wins', () => {
    const study = studyOf(protocolOf('pair-forced'));
    const same = ['a', 'b', 'c', 'd', 'e'].map((rater) => vote(study, rater, 0));
    const { kendallW, alpha, fit, warnings } = analyse(study, same);
    expect(kendallW).toBeCloseTo(1, 12);
    // By mark the right one wins every time: with one value there is no chance to agree beyond.
    expect(alpha).toBeNull();
    expect(fit?.regularised).toBe(true);
    expect(warnings[0]).toContain('always won');
  });

  it('knows how far top lists agree: on who is named', () => {
    const study = studyOf(protocolOf('top-three'));
    const agreed = ['a', 'b', 'c'].map((rater) => vote(study, rater, 0));
    expect(analyse(study, agreed).alpha).toBeCloseTo(1, 12);
    const torn = ['a', 'b', 'c'].map((rater) => vote(study, rater, 60));
    expect(analyse(study, torn).alpha ?? 1).toBeLessThan(0.5);
  });

  it('counts wins by stated reason', () => {
    const study = studyOf(protocolOf('pair-five-point'));
    const file = vote(study, 'a', 0);
    const reasoned = {
      ...file,
      votes: file.votes.map((own) => ({
        ...own,
        answers: own.answers.map((answer) => ({ ...answer, reason: 'Skin tone' })),
      })),
    };
    const [scores] = analyse(study, [reasoned]).reasons;
    expect(scores).toMatchObject({ reason: 'Skin tone', votes: 36, regularised: true });
    expect(scores?.methods.map(({ wins, losses }) => [wins, losses])).toEqual([
      [0, 18],
      [6, 12],
      [12, 6],
      [18, 0],
    ]);
    const values = scores?.methods.map(({ strength }) => strength.value) ?? [];
    expect(values.toSorted((a, b) => a - b)).toEqual(values);
  });
});

describe('the final combination', () => {
  it('is that of the challenges', () => {
    // RAIM 2024: S2 79.13 and 57 points, 78.65 and 9, among teams of 57 down to 1 point.
    const s2 = [79.13, 81.96, 79.69, 80.03, 78.65, 72.99, 78.93, 69.8];
    const s3 = [57, 47, 46, 14, 9, 11, 4, 1];
    const finals = [91.65, 82.07, 80.09, 45.94, 40.03, 39.91, 34.79, 27.92];
    for (const [i, final] of combine(COMBINATIONS.raim2024, s2, s3).entries()) {
      expect(final).toBeCloseTo(finals[i] ?? Number.NaN, 2);
    }
    expect(combine(COMBINATIONS.raim2026, [86, null, 80], [3, 2, 1])).toEqual([
      0.3 * 86 + 0.7 * 90,
      null,
      0.3 * 80 + 0.7 * 80,
    ]);
  });

  it('is sure of a rank only as far as the votes are', () => {
    const study = studyOf(protocolOf('top-three'));
    const files = ['a', 'b', 'c', 'd', 'e'].map((rater) => vote(study, rater, 6));
    const counted = countVotes(study, files);
    const draws = drawScores(study, counted, 'points');
    const sure = finalCertainty(COMBINATIONS.raim2024, [80, 80, 80, 80], draws);
    const shares = sure.map(({ places }) => places.reduce((sum, share) => sum + share, 0));
    for (const share of shares) expect(share).toBeCloseTo(1, 9);
    expect(sure[3]?.places[0]).toBeGreaterThan(sure[2]?.places[0] ?? 1);
    expect(sure[2]?.places[0]).toBeGreaterThan(0);
    // Numbers that far apart decide alone: .4 of 200 outweighs .6 of the hundred that people can give.
    const decided = finalCertainty(COMBINATIONS.raim2024, [400, 200, 0, -200], draws);
    expect(decided.map(({ places }, method) => places[method])).toEqual([1, 1, 1, 1]);
    const unknown = finalCertainty(COMBINATIONS.raim2024, [80, null, 80, 80], draws);
    expect(unknown[1]).toMatchObject({ interval: null, inTopThree: 0 });
  });

  it('lets the best through a gate, ties too', () => {
    expect(gate([5, 3, null, 3, 1], 2)).toEqual([true, true, false, true, false]);
  });
});
