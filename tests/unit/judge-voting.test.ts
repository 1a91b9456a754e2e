import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMBINATIONS } from '../../src/core/judge/combine.ts';
import type { Vote, VoteFile } from '../../src/core/judge/votes.ts';
import { noticesOf, type TestBench, testBench } from '../helpers/app.ts';
import {
  CONDITIONS,
  contentsOf,
  fileOr,
  type JudgeApp,
  madeStudy,
  votingOf,
  without,
} from '../helpers/judgeApp.ts';

let bench: TestBench;
let app: JudgeApp;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
  app = await bench.open();
});

afterEach(() => app.close());

const fileOf = (page: JudgeApp, hash: string, rater: string): Promise<File> =>
  fileOr(page, page.judge.commands.votesFile(hash, rater));

const votesOf = async (page: JudgeApp, hash: string, rater: string): Promise<readonly Vote[]> =>
  (JSON.parse(await (await fileOf(page, hash, rater)).text()) as VoteFile).votes;

const rating = (question: string, value: number) => ({ question, value, reason: null });

describe('voting', () => {
  it('keeps a half-filled form over a reload, and counts its time until it is whole', async () => {
    const hash = await madeStudy(app, 'four-criteria');
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    bench.later += 4000;
    await app.judge.commands.answer([rating('textures', 4), rating('noise', 2)], false);
    // As a reload would: another page on the same storage, the first one gone.
    await app.close();
    bench.locks.clear();
    app = await bench.open();
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    expect(votingOf(app)).toMatchObject({ index: 0, skipped: 0 });
    expect(votingOf(app).answers).toEqual([rating('textures', 4), rating('noise', 2)]);
    bench.later += 4000;
    const whole = ['textures', 'noise', 'artifacts', 'fidelity'].map((id) => rating(id, 3));
    await app.judge.commands.answer(whole, false);
    bench.later += 60_000;
    await app.judge.commands.answer(
      whole.map((own) => ({ ...own, value: 5 })),
      true,
    );
    const [vote] = await votesOf(app, hash, 'ann');
    expect(vote?.seconds).toBeGreaterThan(8);
    expect(vote?.seconds).toBeLessThan(40);
    expect(vote).toMatchObject({ changes: 2, returns: 0, skips: 0 });
  });

  it('does not count a week with the lid closed, nor a page out of sight', async () => {
    const hash = await madeStudy(app, 'pair-forced', { secondsLimit: 30 });
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    bench.later += 3000;
    await expect.poll(() => votingOf(app).secondsLeft).toBeLessThanOrEqual(27);
    bench.visible = false;
    bench.later += 7 * 24 * 3600 * 1000;
    const before = votingOf(app).secondsLeft ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // A week of it is not a second of looking.
    expect(votingOf(app).secondsLeft).toBeGreaterThan(before - 3);
    bench.visible = true;
    await app.judge.commands.answer([rating('preference', -1)], true);
    const [vote] = await votesOf(app, hash, 'ann');
    expect(vote?.seconds).toBeLessThan(30);
    expect(vote?.away).toBeGreaterThan(7 * 24 * 3600 - 10);
    expect(votingOf(app).index).toBe(1);
  });

  it('keeps raters of one machine apart', async () => {
    const hash = await madeStudy(app, 'pair-forced');
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    await app.judge.commands.answer([rating('preference', -1)], true);
    await app.judge.commands.startVoting(hash, 'bob', { ...CONDITIONS, screen: 'phone' });
    expect(votingOf(app)).toMatchObject({ rater: 'bob', index: 0, answers: [] });
    await app.judge.commands.answer([rating('preference', 1)], true);
    await app.judge.commands.answer([rating('preference', 1)], true);
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    expect(votingOf(app)).toMatchObject({ rater: 'ann', index: 1 });
    await app.judge.commands.stopVoting();
    const raters = app.judge.state.studies[0]?.raters;
    expect(raters?.map(({ name, done, here }) => [name, done, here])).toEqual([
      ['ann', 1, true],
      ['bob', 2, true],
    ]);
    expect(raters?.map(({ conditions }) => conditions.screen)).toEqual(['desk', 'phone']);
    const csv = await fileOr(
      app,
      app.judge.commands.exportAnalysis(hash, 'votes-csv', COMBINATIONS.raim2024),
    );
    const [header, ...lines] = (await csv.text()).trim().split(/\r?\n/);
    expect(header).toContain('seconds,away,changes,returns,skips,at,screen');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^bob,.*,phone,middle,dark,60 cm,normal$/);
  });

  it('says of a study what is missing, goes past it, and is whole again with the pictures', async () => {
    const hash = await madeStudy(app, 'pair-forced', { training: 0 });
    const whole = await fileOr(app, app.judge.commands.studyFile(hash));
    await app.judge.commands.removeStudy(hash);
    const holed = await without(whole, /^pictures\/[0-7]/);
    await app.judge.commands.addFiles([holed]);
    const [study] = app.judge.state.studies;
    expect(study?.remarks[0]).toMatch(/^\d+ of \d+ pictures are missing or damaged/);
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    await app.judge.commands.skip();
    expect(votingOf(app)).toMatchObject({ index: 1, skipped: 1 });
    await app.judge.commands.stopVoting();
    await app.judge.commands.addFiles([whole]);
    expect(app.judge.state.studies[0]?.remarks).toEqual([]);
    expect(app.judge.state.studies[0]?.raters[0]).toMatchObject({ name: 'ann', done: 0 });
  });

  it('loses and doubles nothing where two tabs take in votes, and keeps two of one name apart', async () => {
    const hash = await madeStudy(app, 'pair-forced');
    const study = await fileOr(app, app.judge.commands.studyFile(hash));
    const made = globalThis.indexedDB;
    const files: File[] = [];
    for (const rater of ['ann', 'bob', 'ann']) {
      globalThis.indexedDB = new IDBFactory();
      const page = await testBench().open();
      await page.judge.commands.addFiles([study]);
      await page.judge.commands.startVoting(hash, rater, CONDITIONS);
      await page.judge.commands.answer([rating('preference', 1)], true);
      await page.judge.commands.answer([rating('preference', 1)], true);
      await page.judge.commands.stopVoting();
      files.push(await fileOf(page, hash, rater));
      await page.close();
    }
    globalThis.indexedDB = made;
    const second = await bench.open();
    await app.judge.commands.addFiles(files.slice(0, 1));
    await second.judge.commands.addFiles(files.slice(1));
    for (const show of bench.show) show();
    const labels = () => app.judge.state.studies[0]?.raters.map(({ label }) => label);
    await expect.poll(labels).toEqual(['ann', 'bob', 'ann (2)']);
    expect(noticesOf(second, 'info').join(' ')).toContain('two raters called ann');
    const twice = second.judge.state.studies[0]?.raters[2];
    if (twice) await second.judge.commands.removeVotes(hash, twice);
    expect(second.judge.state.studies[0]?.raters.map(({ label }) => label)).toEqual(['ann', 'bob']);
    await second.close();
  });

  it('opens a study of its own host by a folder or a file, and nothing from outside', async () => {
    const hash = await madeStudy(app, 'pair-forced', { training: 0 });
    const file = await fileOr(app, app.judge.commands.studyFile(hash));
    await app.judge.commands.removeStudy(hash);
    bench.served.set('studies/evening.zip', file);
    expect(await app.judge.commands.openAddress('studies/evening.zip')).toBe(hash);
    await app.judge.commands.removeStudy(hash);
    for (const [path, blob] of await contentsOf(file)) {
      bench.served.set(`studies/evening/${path}`, blob);
    }
    expect(await app.judge.commands.openAddress('studies/evening')).toBe(hash);
    const asked = new Set<string>();
    const { get } = bench.served;
    bench.served.get = (path) => {
      asked.add(path);
      return get.call(bench.served, path);
    };
    await app.judge.commands.startVoting(hash, 'ann', CONDITIONS);
    expect(votingOf(app).pictures.map(({ bitmap }) => bitmap !== null)).toEqual([true, true]);
    // The next item's pictures are fetched and decoded while this one is looked at.
    await expect.poll(() => asked.size).toBeGreaterThan(2);
    expect(votingOf(app).index).toBe(0);
    expect(await app.judge.commands.openAddress('https://elsewhere.example/study')).toBeNull();
    expect(noticesOf(app, 'error').at(-1)).toContain('is another host');
    expect(await app.judge.commands.openAddress('studies/morning')).toBeNull();
    expect(noticesOf(app, 'error').at(-1)).toContain('There is no study at');
  });
});
