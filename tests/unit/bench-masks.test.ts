import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

/** Cases with ground truth and an output; 002 has a mask of its own. */
async function addSet(...stems: readonly string[]): Promise<void> {
  const sources = stems.flatMap((stem, index) => [
    source(`set/input/${stem}.png`, dark(stem, index + 1)),
    source(`set/gt/${stem}.png`, bright(stem, index + 1)),
    source(`set/first/${stem}.png`, glaring(stem, index + 1)),
  ]);
  if (stems.includes('002')) sources.push(source('set/mask_personmask/002.png', mask('002')));
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
    await addSet('001', '002');
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
    await addSet('001', '002');
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

  it('are made on after the page went on the way, and then measured with', async () => {
    await addSet('001', '003');
    let release = (): void => undefined;
    bench.engine.hold = new Promise((resolve) => {
      release = resolve;
    });
    void app.bench.commands.makeMasks();
    const asked = () => bench.engine.calls.filter((name) => name === 'personMask').length;
    await vi.waitFor(() => expect(asked()).toBe(1));
    // The first one is made; the page goes while the second one is.
    bench.engine.hold = new Promise(() => undefined);
    release();
    await vi.waitFor(() => expect(asked()).toBe(2));
    bench.engine.hold = null;
    const again = await bench.open();
    await again.bench.idle();
    expect(asked()).toBe(3);
    const { cases, files, table, run } = again.bench.state;
    expect(cases.map((entry) => files[entry.mask ?? '']?.automatic)).toEqual([true, true]);
    expect(run).toMatchObject({ status: 'done', label: 'Measuring 1 method over 2 cases' });
    expect([...columnOf(table, 'first', 'psnr:person')].every(Number.isFinite)).toBe(true);
    await again.close();
    const third = await bench.open();
    await third.bench.idle();
    expect([asked(), third.bench.state.run.status]).toEqual([3, 'idle']);
    await third.close();
  });

  it('give way to masks that are added, and are not taken for the user’s by Look', async () => {
    await addSet('001', '002');
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
    await addSet('001', '002');
    await app.bench.commands.makeMasks();
    expect(masksOf()[0]).toBeNull();
    expect(noticesOf(app, 'error')).toEqual(['There is no network here that finds people.']);
  });
});
