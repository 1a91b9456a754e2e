import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { columnOf } from '../../src/core/bench/types.ts';
import { readTable } from '../../src/core/text/csv.ts';
import {
  bright,
  dark,
  glaring,
  mask,
  noticesOf,
  type TestBench,
  testBench,
} from '../helpers/app.ts';
import { MASK_ENTRY } from '../helpers/appVisitor.ts';

let bench: TestBench;
let app: App;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
  bench.engine.masks = [MASK_ENTRY];
  app = await bench.open();
});

afterEach(() => app.close());

const source = async (path: string, file: Promise<File>) => ({
  path,
  file: new File([await file], path.split('/').at(-1) ?? '', { lastModified: 1 }),
});

/** Two cases with ground truth and an output; the second one has a mask of its own. */
async function addSet(): Promise<void> {
  const sources = ['001', '002'].flatMap((stem, index) => [
    source(`set/input/${stem}.png`, dark(stem, index + 1)),
    source(`set/gt/${stem}.png`, bright(stem, index + 1)),
    source(`set/first/${stem}.png`, glaring(stem, index + 1)),
  ]);
  sources.push(source('set/mask_personmask/002.png', mask('002')));
  await app.bench.commands.add(await Promise.all(sources));
}

const masksOf = () => app.bench.state.cases.map((entry) => entry.mask);
const person = () => [...columnOf(app.bench.state.table, 'first', 'psnr:person')];
const MADE = 'made here/masks/001_mask.png';

async function text(kind: 'csv' | 'json' | 'markdown'): Promise<string> {
  const file = await app.bench.commands.exportFile({ kind, by: 'raim2026' });
  return (await file?.text()) ?? '';
}

describe('masks of a set', () => {
  it('are made where there are none, and every export says so', async () => {
    await addSet();
    await app.bench.commands.measure();
    expect(masksOf()).toEqual([null, 'set/mask_personmask/002.png']);
    expect(person().map(Number.isFinite)).toEqual([false, true]);
    await app.bench.commands.makeMasks();
    expect(app.bench.state.run).toMatchObject({ status: 'done', done: 1, total: 1, failures: [] });
    expect(masksOf()).toEqual([MADE, 'set/mask_personmask/002.png']);
    expect(app.bench.state.files[MADE]).toMatchObject({ automatic: true, kept: 'copied' });
    await app.bench.commands.measure();
    expect(person().every(Number.isFinite)).toBe(true);
    const { provenance } = JSON.parse(await text('json'));
    const { title, sha256 } = MASK_ENTRY;
    expect(provenance.masks).toEqual({
      brought: 1,
      automatic: 1,
      none: 0,
      networks: [{ title, sha256 }],
      automaticCases: ['001'],
    });
    const { header, rows } = readTable(await text('csv'), 'scores.csv');
    const maskCells = (own: string) =>
      new Set(rows.filter(([name]) => name === own).map((row) => row[header.indexOf('mask')]));
    expect([maskCells('001'), maskCells('002')]).toEqual([new Set(['automatic']), new Set([''])]);
    expect(await text('markdown')).toContain('In 1 case the person mask is automatic, found');
  });

  it('are kept, and travel with a workspace', async () => {
    await addSet();
    await app.bench.commands.makeMasks();
    const file = await app.bench.commands.exportFile({ kind: 'workspace', images: true });
    await app.close();
    app = await bench.open();
    await app.bench.idle();
    expect(masksOf()[0]).toBe(MADE);
    await app.bench.commands.clear();
    if (file === null) throw new Error('There is no workspace file.');
    await app.bench.commands.openWorkspace(file);
    expect(masksOf()[0]).toBe(MADE);
    expect(app.bench.state.files[MADE]?.automatic).toBe(true);
  });

  it('give way to masks that are added, and are not taken for the user’s by Look', async () => {
    await addSet();
    await app.bench.commands.makeMasks();
    await app.bench.commands.openInLook('001', 'first');
    await app.idle();
    expect(app.state.cases[0]?.mask?.origin?.kind).toBe('automatic');
    await app.bench.commands.add([await source('set/mask_personmask/001.png', mask('001'))]);
    expect(masksOf()[0]).toBe('set/mask_personmask/001.png');
    expect(app.bench.state.problems.map(({ kind }) => kind)).toEqual([]);
  });

  it('are not made without a network', async () => {
    await app.close();
    bench.engine.masks = [];
    app = await bench.open();
    await addSet();
    await app.bench.commands.makeMasks();
    expect(masksOf()[0]).toBeNull();
    expect(noticesOf(app, 'error')).toEqual(['There is no network here that finds people.']);
  });
});
