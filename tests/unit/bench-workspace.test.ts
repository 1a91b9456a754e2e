import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeArchive } from '../../src/codecs/archive/write.ts';
import { bright, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const EMPTY = { loupe: 'workspace', version: 1, files: [], scores: {}, settings: {}, imports: [] };

async function workspace(contents: unknown, pictures: Readonly<Record<string, Blob>> = {}) {
  const json = typeof contents === 'string' ? contents : JSON.stringify(contents);
  const parts = Object.entries(pictures).map(([path, data]) => ({ path, data }));
  const whole = [{ path: 'workspace.json', data: new Blob([json]) }, ...parts];
  return new File([await writeArchive(whole)], 'stranger.loupe');
}

const fileOf = (path: string, data: string | null) => ({
  path,
  bytes: 10,
  modified: 1,
  size: null,
  trouble: null,
  data,
});

async function small() {
  const source = async (path: string, shift: number) => ({
    path,
    file: new File([await bright('001.png', shift)], '001.png', { lastModified: 1 }),
  });
  return Promise.all([
    source('gt/001.png', 0),
    source('net_a/001.png', 2),
    source('net_b/001.png', 3),
  ]);
}

describe('a workspace file from a stranger', () => {
  it.each([
    ['damaged', '{"loupe":', /damaged/],
    ['of a later version', { ...EMPTY, version: 2 }, /version/],
    [
      'with a path that is no text',
      { ...EMPTY, files: [{ ...fileOf('a', null), path: 7 }] },
      /path/,
    ],
    [
      'with more files than there can be',
      { ...EMPTY, files: Array(50_001).fill(fileOf('a', null)) },
      /files/,
    ],
    [
      'with a number that is none',
      { ...EMPTY, scores: { a: { stamp: '', values: { b: 'x' }, backend: 'wgsl' } } },
      /scores/,
    ],
  ])('is refused where it is %s, and changes nothing', async (_, contents, reason) => {
    const app = await testBench().open();
    await app.bench.commands.add(await small());
    await app.bench.commands.openWorkspace(await workspace(contents));
    expect(noticesOf(app, 'error').at(-1)).toMatch(/“stranger\.loupe” is not a workspace/);
    expect(noticesOf(app, 'error').at(-1)).toMatch(reason);
    expect(app.bench.state.cases).toHaveLength(1);
    expect(app.bench.state.reading).toBeNull();
    await app.close();
  });

  it('opens with names that are markup or lead elsewhere, and without what makes no sense', async () => {
    const app = await testBench().open();
    const picture = await bright('001.png');
    const contents = {
      ...EMPTY,
      files: [
        fileOf('gt/<img src=x onerror=alert(1)>.png', 'files/0.png'),
        fileOf('../../etc/001.png', '../../etc/passwd'),
        fileOf('__proto__/constructor.png', 'files/9.png'),
      ],
      settings: { formula: 'nonsense', shifts: { a: { b: { dx: 1e9 } } }, hidden: 7 },
    };
    await app.bench.commands.openWorkspace(await workspace(contents, { 'files/0.png': picture }));
    expect(noticesOf(app, 'error')).toEqual([]);
    const { cases, formula, shifts, files } = app.bench.state;
    expect(cases[0]?.title).toBe('<img src=x onerror=alert(1)>');
    expect(Object.keys(files)).toHaveLength(3);
    expect(formula.title).toBe('RAIM 2026, track 3');
    expect(shifts).toEqual({});
    await app.bench.commands.measure();
    expect(noticesOf(app, 'error')).toEqual([]);
    await app.close();
  });
});

it('a run that is cancelled keeps what it measured, and the next one does the rest', async () => {
  const app = await testBench().open();
  await app.bench.commands.add(await small());
  const measuring = app.bench.commands.measure();
  while (app.bench.state.run.status !== 'running') await new Promise((done) => setTimeout(done));
  app.bench.commands.pause();
  app.bench.commands.resume();
  app.bench.commands.cancel();
  await measuring;
  expect(app.bench.state.run.status).toBe('idle');
  const { done } = app.bench.state.run;
  await app.bench.commands.measure();
  expect(app.bench.state.run).toMatchObject({ status: 'done', total: 2 - done, failures: [] });
  await app.bench.commands.measure();
  expect(app.bench.state.run.total).toBe(0);
  await app.close();
});
