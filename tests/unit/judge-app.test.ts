import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyse } from '../../src/core/judge/analysis.ts';
import { COMBINATIONS } from '../../src/core/judge/combine.ts';
import { readTable } from '../../src/core/text/csv.ts';
import { noticesOf, type TestBench, testBench } from '../helpers/app.ts';
import {
  CONDITIONS,
  fileOr,
  fillBench,
  type JudgeApp,
  METHODS,
  madeStudy,
  planOf,
  votingOf,
} from '../helpers/judgeApp.ts';

let bench: TestBench;
let app: JudgeApp;

/** Looks and votes for the left picture until all is done, or `most` items are. */
async function voteAll(app: JudgeApp, most = 100): Promise<number> {
  let done = 0;
  while (votingOf(app).item !== null && done < most) {
    bench.later += 2000;
    await app.judge.commands.answer([{ question: 'preference', value: -1, reason: null }], true);
    done += 1;
  }
  return done;
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
  app = await bench.open();
});

afterEach(() => app.close());

describe('a study', () => {
  it('travels without the names of methods and cases, and without anything of the files', async () => {
    const hash = await madeStudy(app);
    const file = await fileOr(app, app.judge.commands.studyFile(hash));
    const text = new TextDecoder('latin1').decode(await file.arrayBuffer());
    for (const name of [...METHODS, '001', '002.png']) expect(text).not.toContain(name);
  });

  it('is voted on, resumed at the same item after a reload, and merged where it was made', async () => {
    const hash = await madeStudy(app);
    const file = await fileOr(app, app.judge.commands.studyFile(hash));
    const made = globalThis.indexedDB;
    const votes: File[] = [];
    for (const rater of ['ann', 'bob']) {
      globalThis.indexedDB = new IDBFactory();
      const other = testBench();
      let page = await other.open();
      await page.judge.commands.addFiles([file]);
      expect(noticesOf(page, 'error')).toEqual([]);
      expect(page.judge.state.studies[0]).toMatchObject({ hash, mine: false, methods: 3 });
      await page.judge.commands.startVoting(hash, rater, CONDITIONS);
      expect(votingOf(page).pictures.every(({ bitmap }) => bitmap !== null)).toBe(true);
      expect(await voteAll(page, 3)).toBe(3);
      await page.close();
      page = await other.open();
      await page.judge.commands.startVoting(hash, rater, CONDITIONS);
      expect(votingOf(page).index).toBe(3);
      await voteAll(page);
      expect(votingOf(page)).toMatchObject({ item: null, index: 8, total: 8, skipped: 0 });
      await page.judge.commands.stopVoting();
      votes.push(await fileOr(page, page.judge.commands.votesFile(hash, rater)));
      expect(
        await page.judge.commands.exportAnalysis(hash, 'json', COMBINATIONS.raim2026),
      ).toBeNull();
      await page.close();
    }
    globalThis.indexedDB = made;
    await app.judge.commands.addFiles(votes);
    await app.judge.commands.addFiles(votes.slice(0, 1));
    expect(
      app.judge.state.studies[0]?.raters.map(({ name, finished }) => [name, finished]),
    ).toEqual([
      ['ann', true],
      ['bob', true],
    ]);
    await app.judge.commands.evaluate(hash, COMBINATIONS.raim2026);
    const view = app.judge.commands.analyse(hash, COMBINATIONS.raim2026);
    expect(view?.titles.toSorted()).toEqual(METHODS);
    expect(view?.analysis.raters).toHaveLength(2);
    const csv = await fileOr(
      app,
      app.judge.commands.exportAnalysis(hash, 'votes-csv', COMBINATIONS.raim2026),
    );
    expect(await csv.text()).toContain('alpha');
  });

  it('has its votes drawn anew in a worker: the same as everywhere, stopped and begun again', async () => {
    const hash = await madeStudy(app, 'top-three', { training: 0, golden: 0 });
    const { raim2026, raim2024 } = COMBINATIONS;
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    for (const value of [
      ['A', 'C', 'B'],
      ['B', 'A', 'C'],
    ]) {
      bench.later += 2000;
      await app.judge.commands.answer([{ question: 'top', value, reason: null }], true);
    }
    await app.judge.commands.stopVoting();
    const sure = (combination = raim2026) => {
      const view = app.judge.commands.analyse(hash, combination);
      return view?.analysis.methods.map((own) => own.certainty);
    };
    expect(sure()).toBeUndefined();
    const drawing = app.judge.commands.evaluate(hash, raim2026);
    while (app.judge.state.evaluation?.status !== 'drawing') await Promise.resolve();
    expect(app.judge.state.evaluation).toMatchObject({ done: 0, total: 2000 });
    // What waits for its turn is stopped, too.
    const waiting = app.judge.commands.evaluate(hash, raim2024);
    await app.judge.commands.stopEvaluating();
    await Promise.all([drawing, waiting]);
    expect(app.judge.state.evaluation).toMatchObject({ studyHash: hash, status: 'stopped' });
    expect(sure()).toEqual([null, null, null]);
    await app.judge.commands.evaluate(hash, raim2026);
    expect(app.judge.state.evaluation?.status).toBe('done');
    const votes = await fileOr(
      app,
      app.judge.commands.exportAnalysis(hash, 'votes-json', raim2026),
    );
    const { study, files } = JSON.parse(await votes.text());
    expect(sure()).toEqual(analyse(study, files).methods.map(({ certainty }) => certainty));
    // Nothing is drawn twice: neither for another combination nor when the page comes back.
    const views = sure();
    for (const comeBack of bench.show) comeBack();
    await app.judge.commands.evaluate(hash, raim2024);
    expect(sure(raim2024)).toEqual(views);
  });

  it('draws what a file is to hold where the page has not', async () => {
    const hash = await madeStudy(app);
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    await voteAll(app);
    await app.judge.commands.stopVoting();
    const csv = await fileOr(
      app,
      app.judge.commands.exportAnalysis(hash, 'ranking-csv', COMBINATIONS.raim2026),
    );
    const { header, rows } = readTable(await csv.text(), 'ranking.csv');
    const first = rows.map((row) => row[header.indexOf('First')]);
    expect(first.toSorted()).not.toEqual(['0 %', '0 %', '0 %']);
  });

  it('shows nothing that tells method, case or kind while voting', async () => {
    const hash = await madeStudy(app, 'pair-forced', { repeats: 2 });
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    const seen = new Set<string>();
    for (let i = 0; i < 10 && votingOf(app).item !== null; i += 1) {
      const { protocol: _, ...rest } = votingOf(app);
      seen.add(JSON.stringify(rest));
      await app.judge.commands.answer([{ question: 'preference', value: 1, reason: null }], true);
    }
    const text = [...seen].join(' ');
    for (const name of [...METHODS, '"m1"', '001', 'golden', 'repeat', '"c1"']) {
      expect(text).not.toContain(name);
    }
  });

  it('keeps changes and skips, and lets a second tab only watch', async () => {
    const hash = await madeStudy(app, 'top-three');
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    await app.judge.commands.skip();
    expect(votingOf(app).skipped).toBe(1);
    await app.judge.commands.back();
    await app.judge.commands.answer(
      [{ question: 'top', value: ['B', 'A', 'C'], reason: null }],
      false,
    );
    expect(votingOf(app)).toMatchObject({ index: 0, skipped: 0 });
    expect(votingOf(app).answers).toEqual([
      { question: 'top', value: ['B', 'A', 'C'], reason: null },
    ]);
    const second = await bench.open();
    await second.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    expect(votingOf(second).locked).toBe(true);
    await second.judge.commands.skip();
    expect(votingOf(second).index).toBe(0);
    await second.close();
    const file = JSON.parse(
      await (await fileOr(app, app.judge.commands.votesFile(hash, 'ann'))).text(),
    );
    expect(file.votes[0]).toMatchObject({ skips: 1, returns: 1, changes: 0 });
  });

  it('refuses votes that were edited, votes on other studies, and anything else', async () => {
    const hash = await madeStudy(app);
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    await voteAll(app);
    await app.judge.commands.stopVoting();
    const votes = JSON.parse(
      await (await fileOr(app, app.judge.commands.votesFile(hash, 'ann'))).text(),
    );
    const json = (name: string, value: object) => new File([JSON.stringify(value)], name);
    await app.judge.commands.addFiles([
      json('edited.json', { ...votes, rater: 'bob' }),
      json('foreign.json', { ...votes, study: '0'.repeat(64) }),
      json('other.json', { loupe: 'formula' }),
      json('old.json', { ...votes, ballot: undefined }),
      new File(['PK nonsense'], 'broken.zip'),
    ]);
    const errors = noticesOf(app, 'error');
    expect(errors[0]).toContain('“edited.json” was changed');
    expect(errors[1]).toContain('“foreign.json” holds votes on another study');
    expect(errors[2]).toContain('“other.json” is neither');
    expect(errors[3]).toContain('“old.json” was saved by an earlier build of Loupe');
    expect(errors[3]).toContain('save the votes again');
    expect(errors[4]).toContain('broken.zip');
    expect(app.judge.state.studies[0]?.raters).toHaveLength(1);
  });

  it('cannot be made where a method lacks a case, and is removed with its pictures', async () => {
    await fillBench(app);
    await app.bench.commands.correct(['bravo/002.png'], { excluded: true });
    expect(await app.judge.commands.createStudy(planOf(app))).toBeNull();
    expect(noticesOf(app, 'error')[0]).toContain('bravo has no output for 002');
    const hash = await app.judge.commands.createStudy(
      planOf(app, 'pair-forced', { cases: ['001'] }),
    );
    await app.judge.commands.removeStudy(hash ?? '');
    expect(app.judge.state.studies).toEqual([]);
  });
});
