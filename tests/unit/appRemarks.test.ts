import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { RemarkEdit } from '../../src/core/inspect/remarkEdits.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const HALO: RemarkEdit = { kind: 'tag', tag: { id: 'halo', title: 'Halo' }, method: null };
const NOTE: RemarkEdit = { kind: 'note', id: 'n', method: 'double', text: 'a rim' };
const PIN: RemarkEdit = { kind: 'pin', id: 'p', method: null, x: 0.5, y: 0.25, text: '' };
const RATING: RemarkEdit = { kind: 'rate', method: 'double', stars: 2 };

const said = (app: App) => app.remarksOf(currentCase(app));
const counts = (app: App) => Object.values(said(app)).map((list) => list.length);

async function sayAll(app: App, edits: readonly RemarkEdit[]): Promise<void> {
  for (const edit of edits) await app.commands.say(currentCase(app).id, edit);
}

async function benchSet() {
  const source = (path: string, file: File) => ({ path: `set/${path}`, file });
  return [
    source('input/001.png', await dark('001.png')),
    source('gt/001.png', await bright('001.png')),
    source('mask_personmask/001.png', await mask('001.png')),
    source('net_a/001.png', await bright('001.png', 2)),
    source('input/002.png', await dark('002.png', 2)),
  ];
}

describe('what is said of a case', () => {
  test('outlives a reload, and goes with the case that is closed', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    await sayAll(app, [HALO, NOTE, PIN, RATING]);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(said(reloaded)).toEqual(said(app));
    expect(counts(reloaded)).toEqual([1, 1, 1, 1]);
    const { id } = currentCase(reloaded);
    await reloaded.commands.removeCase(id);
    await reloaded.commands.undo();
    expect(counts(reloaded)).toEqual([1, 1, 1, 1]);
    await reloaded.commands.removeCase(id);
    const third = await bench.open();
    await third.idle();
    expect(third.state.remarks).toEqual({});
  });

  test('what is taken back can be undone, the last first', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    await sayAll(app, [HALO, NOTE, PIN, RATING]);
    await sayAll(app, [
      { kind: 'untag', tag: 'halo', method: null },
      { kind: 'remove', id: 'n' },
      { kind: 'remove', id: 'p' },
      { kind: 'rate', method: 'double', stars: null },
    ]);
    expect(counts(app)).toEqual([0, 0, 0, 0]);
    expect(noticesOf(app, 'info')).toEqual(['The rating was taken back.']);
    await app.commands.undo();
    expect(counts(app)).toEqual([0, 0, 0, 1]);
    for (let i = 0; i < 3; i += 1) await app.commands.undo();
    expect(counts(app)).toEqual([1, 1, 1, 1]);
    expect(said(app).notes[0]).toMatchObject({ id: 'n', method: 'double', text: 'a rim' });
  });

  test('two tabs do not unsay each other, and show each other’s words', async () => {
    const [one, two] = [testBench(), testBench()];
    const app = await one.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    const other = await two.open();
    await other.idle();
    await sayAll(app, [HALO]);
    await sayAll(other, [NOTE]);
    expect(counts(other)).toEqual([1, 1, 0, 0]);
    expect(counts(app)).toEqual([1, 0, 0, 0]);
    for (const tell of one.show) tell();
    await app.idle();
    expect(counts(app)).toEqual([1, 1, 0, 0]);
  });
});

describe('a case of the bench', () => {
  test('is spoken of in one place, wherever it is looked at', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.bench.commands.add(await benchSet());
    await app.bench.commands.setTags('001', ['noise']);
    await app.bench.commands.openInLook('001', 'net_a');
    await app.idle();
    const item = currentCase(app);
    expect(item).toMatchObject({ benchCase: '001', shownMethod: 'net_a' });
    expect(said(app).tags.map(({ tag }) => tag)).toEqual(['noise']);
    await sayAll(app, [HALO, { ...NOTE, method: 'net_a' }, PIN]);
    expect(app.bench.state.tags).toEqual({ '001': ['noise', 'halo'] });
    expect(app.state.remarks).toEqual({});
    const report = await app.bench.commands.exportFile({ kind: 'report', by: 'raim2026' });
    expect(await report?.text()).toContain('net_a: a rim');
    const reloaded = await bench.open();
    await reloaded.bench.idle();
    expect(counts(reloaded)).toEqual([2, 1, 1, 0]);
    expect(reloaded.bench.state.remarks).toEqual(app.bench.state.remarks);
    await sayAll(reloaded, [{ kind: 'untag', tag: 'noise', method: null }]);
    expect(reloaded.bench.state.tags).toEqual({ '001': ['halo'] });
    await reloaded.commands.undo();
    expect(reloaded.bench.state.tags).toEqual({ '001': ['halo', 'noise'] });
  });

  test('brings along what was said before, and keeps it when the set is put away', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    await sayAll(app, [HALO]);
    await app.bench.commands.add(await benchSet());
    await app.bench.commands.openInLook('001', 'net_a');
    await app.idle();
    expect(app.state.cases).toHaveLength(1);
    expect(app.bench.state.tags).toEqual({ '001': ['halo'] });
    await sayAll(app, [NOTE]);
    await app.bench.commands.clear();
    expect(app.bench.state.remarks).toEqual({});
    expect(currentCase(app).benchCase).toBeNull();
    expect(counts(app)).toEqual([1, 1, 0, 0]);
  });

  test('loses nothing that is said while it is still being opened', async () => {
    const app = await testBench().open();
    await app.bench.commands.add(await benchSet());
    const opening = app.bench.commands.openInLook('001', 'net_a');
    while (app.state.currentCaseId === null) await new Promise((resolve) => setTimeout(resolve));
    const edits = [HALO, NOTE, PIN, RATING];
    const saying = edits.map((edit) => app.commands.say(currentCase(app).id, edit));
    await Promise.all([opening, ...saying]);
    await app.idle();
    expect(currentCase(app).benchCase).toBe('001');
    expect(counts(app)).toEqual([1, 1, 1, 1]);
    expect(app.state.remarks).toEqual({});
  });

  test('two tabs do not unsay each other there either', async () => {
    const [one, two] = [testBench(), testBench()];
    const app = await one.open();
    await app.bench.commands.add(await benchSet());
    const other = await two.open();
    await other.bench.idle();
    await app.bench.commands.setTags('001', ['halo']);
    await other.bench.remarks.change('001', (now) => ({ ...now, notes: [{ ...NOTE, at: 1 }] }));
    await app.bench.commands.setMetricSet('all');
    for (const tell of one.show) tell();
    await app.idle();
    expect(app.bench.state.remarks['001']).toMatchObject({ tags: [{}], notes: [{ id: 'n' }] });
  });
});
