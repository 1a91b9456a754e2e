import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, get, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import {
  bright,
  currentCase,
  dark,
  glaring,
  holdEngine,
  mask,
  namesOf,
  noticesOf,
  testBench,
} from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const triple = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
];
const titles = (app: App) => app.state.cases.map(({ title }) => title);
const files = async () => (await keys(createStore('loupe-files', 'entries'))).map(String);
const outputs = (app: App) => currentCase(app).methods.map(({ methodId }) => methodId);

describe('what was taken out', () => {
  test('a case comes back as it was, in its old place, computed by nobody', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await app.idle();
    const [first] = app.state.cases;
    await app.commands.selectCase(first?.id ?? '');
    const before = currentCase(app);
    const { restores, measures } = bench.engine;
    await app.commands.removeCase(before.id);
    expect(titles(app)).toEqual(['002']);
    const notice = app.state.notices.find(({ action }) => action?.label === 'Undo');
    expect(notice?.text).toBe('Case 001 was taken out.');
    await app.commands.runAction(notice?.id ?? '');
    await app.idle();
    expect(titles(app)).toEqual(['001', '002']);
    expect(namesOf(currentCase(app))).toEqual(namesOf(before));
    expect(currentCase(app).metrics).toMatchObject({ status: 'done', fromCache: true });
    expect(currentCase(app).gt?.bitmap).not.toBeNull();
    expect([bench.engine.restores, bench.engine.measures]).toEqual([restores, measures]);
    expect(app.state.notices).toEqual([]);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(titles(reloaded)).toEqual(['001', '002']);
    expect(noticesOf(reloaded, 'error')).toEqual([]);
  });

  test('the last one comes back first; outputs go and come with their input', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.commands.addFiles([await bright('001_output.png', 2)]);
    await app.idle();
    const { id } = currentCase(app);
    await app.commands.removePicture(id, 'gt');
    await app.commands.removeOutput(id, 'output');
    await app.commands.removePicture(id, 'input');
    expect(outputs(app)).toEqual([]);
    expect(app.state.notices.map(({ text }) => text)).toEqual(['“001_input.png” was taken out.']);
    await app.commands.undo();
    expect(namesOf(currentCase(app))).toMatchObject({ input: '001_input.png', gt: null });
    expect(outputs(app)).toEqual(['double']);
    await app.commands.undo();
    expect(outputs(app)).toEqual(['double', 'output']);
    expect(currentCase(app).shownMethod).toBe('output');
    await app.commands.undo();
    await app.idle();
    expect(currentCase(app).metrics.status).toBe('done');
    await app.commands.undo();
    expect(noticesOf(app, 'info')).toContain('There is nothing to undo.');
  });

  test('what took its place meanwhile stays', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'gt');
    await app.commands.addFiles([await bright('001_gt.png', 3)]);
    await app.idle();
    const now = currentCase(app).gt?.sha256;
    await app.commands.undo();
    expect(currentCase(app).gt?.sha256).toBe(now);
  });

  test('its files stay while the tab is open that it was taken out in', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.idle();
    const all = await files();
    await app.commands.removeCase(currentCase(app).id);
    const second = await bench.open();
    await second.idle();
    expect(titles(second)).toEqual([]);
    expect(await files()).toEqual(all);
    await app.commands.undo();
    await app.idle();
    expect(titles(app)).toEqual(['001']);
    expect(currentCase(app).gt?.bitmap).not.toBeNull();
    expect(await files()).toEqual(all);
    expect(noticesOf(app, 'error')).toEqual([]);
  });

  test('its files go with the next visit, and when the storage is cleared', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.idle();
    const all = await files();
    await app.commands.removeCase(currentCase(app).id);
    expect(await files()).toEqual(all);
    // As the browser does when the tab closes.
    bench.locks.clear();
    await bench.open();
    expect(await files()).toEqual([]);
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.removeCase(currentCase(app).id);
    await app.commands.clearStorage();
    expect(await files()).toEqual([]);
    await app.commands.undo();
    expect(app.state.cases).toEqual([]);
  });

  test('all that was ever made from its pictures goes with it, and nothing of other cases', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await app.idle();
    const others = await files();
    await app.commands.addFiles(await triple());
    await app.idle();
    // A mixture that gave way to another, an output that gave way to a dropped one, and that to a second.
    await app.commands.setStrength(40, true);
    await app.commands.setStrength(70, true);
    await app.commands.setStrength(100, true);
    await app.commands.addFiles([await bright('001_output.png', 2)]);
    await app.commands.addFiles([await bright('001_output.png', 3)]);
    await app.commands.removeOutput(currentCase(app).id, 'double');
    await app.idle();
    const { restores } = bench.engine;
    await app.commands.removeCase(currentCase(app).id);
    bench.locks.clear();
    const reloaded = await bench.open();
    expect(await files()).toEqual(others);
    await reloaded.commands.restore();
    await reloaded.idle();
    expect(bench.engine.restores).toBe(restores);
  });

  test('a case that was not restored yet is, once it is back', async () => {
    const bench = testBench();
    const app = await bench.open();
    const open = holdEngine(bench);
    await app.commands.addFiles([await dark('001_input.png')]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    await app.commands.removeCase(currentCase(app).id);
    await app.commands.undo();
    open();
    await app.idle();
    expect(outputs(app)).toEqual(['double']);
  });

  test('an input that took the place meanwhile is not run through what the other waited for', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.idle();
    const open = holdEngine(bench);
    await app.commands.runMethods(['triple']);
    await app.commands.removePicture(currentCase(app).id, 'input');
    open();
    await app.commands.addFiles([await dark('001_input.png', 3)]);
    await app.idle();
    expect(outputs(app)).toEqual(['double']);
    await app.commands.undo();
    await app.idle();
    expect(outputs(app)).toEqual(['double']);
  });

  test('a restoration that was queued again is not forgotten with the one that ends', async () => {
    const bench = testBench();
    const app = await bench.open();
    const end = holdEngine(bench);
    await app.commands.addFiles([await dark('001_input.png')]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    const { id } = currentCase(app);
    await app.commands.removeCase(id);
    await app.commands.undo();
    const calls = bench.engine.restores;
    end();
    const open = holdEngine(bench);
    await expect.poll(() => bench.engine.restores).toBe(calls + 1);
    const kept = await get(`case/${id}`, createStore('loupe-workspace', 'entries'));
    expect(kept).toMatchObject({ pendingMethods: [null] });
    open();
    await app.idle();
  });

  test('taking the input out ends its restoration and no other work of the case', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([...(await triple()), await bright('001_output.png', 2)]);
    await app.idle();
    let open: () => void = () => undefined;
    bench.engine.hold = new Promise((resolve) => {
      open = resolve;
    });
    await app.commands.restore();
    await app.commands.addFiles([await glaring('001_other.png')]);
    app.commands.setErrorMap('deltae');
    await expect.poll(() => app.state.job?.total).toBe(4);
    await app.commands.removePicture(currentCase(app).id, 'input');
    bench.engine.hold = null;
    open();
    await app.idle();
    expect(currentCase(app).errorMap).toMatchObject({ status: 'done' });
    expect(outputs(app)).not.toContain('double');
  });
});

describe('a rectangle', () => {
  const first = { x: 1, y: 2, width: 4, height: 5 };
  const second = { x: 3, y: 2, width: 4, height: 5 };

  test('that was drawn, moved and cleared comes back step by step', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.idle();
    const rectangle = () => currentCase(app).rectangle;
    for (const one of [first, second, second, null]) await app.commands.setRectangle(one);
    expect(app.state.notices).toEqual([]);
    await app.commands.undo();
    expect(rectangle()).toEqual(second);
    await app.commands.undo();
    expect(rectangle()).toEqual(first);
    await app.idle();
    expect(currentCase(app).metrics).toMatchObject({ regions: [{ id: 'rectangle' }] });
    await app.commands.undo();
    expect(rectangle()).toBeNull();
    expect(noticesOf(app, 'info')).toEqual(['The rectangle is as it was before.']);
    await app.commands.undo();
    expect(noticesOf(app, 'info')).toContain('There is nothing to undo.');
  });

  test('of another case brings that case back on screen; of one that is gone, nothing', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.commands.setRectangle(first);
    const { id } = currentCase(app);
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await app.commands.setRectangle(second);
    await app.commands.selectCase(id);
    await app.commands.undo();
    expect(currentCase(app).title).toBe('002');
    await app.commands.undo();
    expect(currentCase(app)).toMatchObject({ id, rectangle: null });
    await app.idle();
  });

  test('however often it was moved, what was taken out before can still be put back', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'gt');
    for (let x = 0; x < 8; x += 1) {
      for (let y = 0; y < 4; y += 1) await app.commands.setRectangle({ x, y, width: 3, height: 3 });
    }
    for (let i = 0; i < 20; i += 1) await app.commands.undo();
    expect(currentCase(app)).toMatchObject({ gt: null, rectangle: { x: 2, y: 3 } });
    await app.commands.undo();
    await app.idle();
    expect(currentCase(app).gt?.bitmap).not.toBeNull();
  });
});

describe('nothing is lost or left behind', () => {
  test('the newest way of looking is written when the page is hidden', async () => {
    const bench = testBench();
    const app = await bench.open();
    app.commands.setView({ splitLines: [0.1] });
    app.commands.setView({ splitLines: [0.2] });
    app.commands.setView({ splitLines: [0.3] });
    for (const hide of bench.hide) hide();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await bench.open()).state.view.splitLines).toEqual([0.3]);
  });

  test('clearing the storage while an output is saved leaves nothing of it', async () => {
    const bench = testBench();
    const app = await bench.open();
    let open: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    let asked = false;
    bench.beforeEncoding = () => {
      asked = true;
      return held;
    };
    await app.commands.addFiles([await dark('001_input.png')]);
    await expect.poll(() => asked).toBe(true);
    await app.commands.clearStorage();
    open();
    await app.idle();
    expect(await files()).toEqual([]);
    expect(await keys(createStore('loupe-results', 'entries'))).toEqual([]);
  });

  test('a file larger than any picture is refused before it is read', async () => {
    const app = await testBench().open();
    const file = await dark('huge_input.png');
    Object.defineProperty(file, 'size', { value: 2.5e9 });
    file.arrayBuffer = () => Promise.reject(new Error('It was read.'));
    await app.commands.addFiles([file]);
    expect(noticesOf(app, 'error')).toEqual([
      expect.stringMatching(/^“huge_input\.png” has 2\.5 GB.*Scale the picture/),
    ]);
  });
});
