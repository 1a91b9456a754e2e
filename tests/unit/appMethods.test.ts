import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, del, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { MethodView } from '../../src/app/model.ts';
import { bright, currentCase, dark, glaring, mask, noticesOf, testBench } from '../helpers/app.ts';
import { TestBitmap } from '../helpers/appCodec.ts';
import { FACTS } from '../helpers/appMethods.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const triple = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
];
const model = (text: string, name = 'mine.onnx') => new File([text], name);
const idsOf = (app: App) => currentCase(app).methods.map(({ methodId }) => methodId);

function methodNamed(app: App, title: string): MethodView {
  const found = app.state.methods.find((method) => method.title === title);
  if (found === undefined) throw new Error(`There is no method ${title}.`);
  return found;
}

const add = async (app: App, ...files: File[]): Promise<void> => {
  await app.commands.addFiles(files);
  await app.idle();
};

test('a built-in network’s card knows its twin; its file is looked into when asked, once', async () => {
  const bench = testBench();
  const app = await bench.open();
  await add(app, await dark('001_input.png'));
  const twin = { fileName: 'double-fp16.onnx', bytes: 2, sha256: 'half' };
  expect(methodNamed(app, 'Model double')).toMatchObject({ facts: null, twin });
  const opened = ['double', 'double'].map((id) => app.commands.learnFacts(id));
  await Promise.all(opened);
  expect(methodNamed(app, 'Model double').facts).toEqual(FACTS);
  const reloaded = await bench.open();
  await reloaded.commands.addFiles([await dark('002_input.png', 2)]);
  await reloaded.idle();
  expect(methodNamed(reloaded, 'Model double').facts).toEqual(FACTS);
  expect(bench.engine.calls.filter((name) => name === 'modelFacts')).toHaveLength(1);
});

describe('several methods over one picture', () => {
  test('each becomes an output with its numbers; the first asked for comes on screen', async () => {
    const app = await testBench().open();
    await add(app, ...(await triple()));
    await app.commands.runMethods(['auto-gamma', 'triple', 'clahe']);
    await app.idle();
    expect(idsOf(app)).toEqual(['double', 'auto-gamma', 'triple', 'clahe']);
    const view = currentCase(app);
    expect(view.shownMethod).toBe('auto-gamma');
    expect(view.output?.picture.sha256).toBe(view.methods[1]?.output.picture.sha256);
    const values = view.methods.map((method) => method.values?.psnr?.global);
    expect(new Set(values).size).toBe(4);
    expect(values.every((value) => typeof value === 'number')).toBe(true);
    expect(view.metrics).toMatchObject({ values: { psnr: { global: values[1] } } });
    for (const { output } of view.methods) {
      expect(output.picture.bitmap).toBeInstanceOf(TestBitmap);
    }
    expect(view.methods.map(({ title }) => title)).toContain('CLAHE');
    expect(methodNamed(app, 'CLAHE')).toMatchObject({
      kind: 'classical',
      providerSentence: 'It runs on the test’s engine.',
    });
    expect(methodNamed(app, 'CLAHE').secondsPerMegapixel).toBeCloseTo(0.5 / 192e-6);
    expect(methodNamed(app, 'CLAHE').measuredOn).toBeCloseTo(192e-6);
  });

  test('showing another one changes what numbers and download speak of; a reload keeps it', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await app.commands.runMethods(['auto-gamma']);
    await app.idle();
    const gamma = currentCase(app).metrics;
    expect((await app.commands.outputFile())?.name).toBe('001_auto-gamma.png');
    await app.commands.showMethod('double');
    await app.idle();
    expect(currentCase(app).metrics).not.toEqual(gamma);
    expect((await app.commands.outputFile())?.name).toBe('001_restored.png');
    const shown = currentCase(app);
    const calls = bench.engine.calls.length;
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).methods.map(({ values }) => values)).toEqual(
      shown.methods.map(({ values }) => values),
    );
    expect(currentCase(reloaded).shownMethod).toBe('double');
    expect(bench.engine.calls.slice(calls)).toEqual([]);
    await reloaded.commands.showMethod('nothing of this name');
    expect(currentCase(reloaded).shownMethod).toBe('double');
  });

  test('bitmaps of at most six are held, the shown one among them, and freed with the case', async () => {
    const app = await testBench().open();
    await add(app, ...(await triple()));
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const files = await Promise.all(names.map((name, i) => bright(`001_${name}.png`, i + 3)));
    await add(app, await dark('001_input.png'), ...files);
    expect(idsOf(app)).toEqual(['double', ...names]);
    await app.commands.showMethod('g');
    const held = () => currentCase(app).methods.filter(({ output }) => output.picture.bitmap);
    expect(held()).toHaveLength(6);
    expect(currentCase(app).output?.picture.bitmap).toBeInstanceOf(TestBitmap);
    const bitmaps = held().map(({ output }) => output.picture.bitmap);
    await app.commands.showStart();
    expect(app.state.currentCaseId).toBeNull();
    expect(app.state.cases).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(bitmaps.every((bitmap) => (bitmap as unknown as TestBitmap).closed)).toBe(true);
  });

  test('dropped outputs are told apart by folder or suffix; one name is one output', async () => {
    const app = await testBench().open();
    await add(
      app,
      await dark('001_input.png'),
      await bright('001_gt.png'),
      await bright('001_flash-a.png', 2),
      await bright('001_flash-b.png', 3),
      await bright('001_output.png', 4),
    );
    expect(idsOf(app)).toEqual(['flash-a', 'flash-b', 'output']);
    expect(currentCase(app).methods.every(({ values }) => values !== null)).toBe(true);
    expect((await app.commands.outputFile())?.name).toBe('001_output.png');
    await add(app, await dark('001_input.png'), await bright('001_flash-a.png', 5));
    expect(idsOf(app)).toEqual(['flash-a', 'flash-b', 'output']);
    expect(noticesOf(app, 'info')[0]).toMatch(/flash-a\.png” is now the output/);
    await app.commands.removeOutput(currentCase(app).id, 'flash-b');
    expect(idsOf(app)).toEqual(['flash-a', 'output']);
    // Later ones too, where they show the same scene.
    await add(app, await glaring('001_later.png'));
    expect(idsOf(app)).toEqual(['flash-a', 'output', 'later']);
    await add(app, await dark('001_2.png', 7));
    expect(app.state.cases.map(({ title }) => title)).toEqual(['001', '001_2']);
  });

  test('an enlarged output is measured against a ground truth of its size, and only that', async () => {
    const app = await testBench().open();
    await add(app, await dark('001_input.png'), await bright('001_gt.png', 1, [24, 32]));
    expect(noticesOf(app, 'info')[0]).toMatch(/factor 2: only pictures of one size/);
    expect(currentCase(app).metrics).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/12×16.*24×32.*not of one size/),
    });
    await app.commands.addFiles([await bright('001_output.png', 2, [24, 32])], 'output');
    await app.commands.setRectangle({ x: 2, y: 4, width: 6, height: 8 });
    await app.idle();
    const { metrics, methods } = currentCase(app);
    expect(metrics).toMatchObject({
      status: 'done',
      inputValues: null,
      regions: [{ id: 'rectangle', rule: { x: 4, y: 8, width: 12, height: 16 } }],
    });
    expect(methods.map(({ values }) => values !== null)).toEqual([false, true]);
    expect(noticesOf(app, 'error')).toEqual([]);
  });

  test('what waits is taken up after a reload; a cancelled one is not', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    bench.engine.hold = new Promise(() => undefined);
    await app.commands.runMethods(['triple', 'clahe']);
    await expect.poll(() => app.state.job?.label).toMatch(/001_input\.png with Model triple/);
    expect(app.state.waiting).toBe(1);
    bench.engine.hold = null;
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(idsOf(reloaded)).toEqual(['double', 'triple', 'clahe']);
    expect(currentCase(reloaded).shownMethod).toBe('double');
    let open: () => void = () => undefined;
    bench.engine.hold = new Promise((resolve) => {
      open = resolve;
    });
    await reloaded.commands.runMethods(['auto-gamma', 'global-tone']);
    await expect.poll(() => reloaded.state.job?.total).toBe(4);
    reloaded.commands.cancel();
    open();
    bench.engine.hold = null;
    await reloaded.idle();
    const again = await bench.open();
    await again.idle();
    expect(idsOf(again)).toEqual(['double', 'triple', 'clahe']);
  });
});

describe('a model of the user’s', () => {
  test('is looked into, chosen, tried on the case on screen, and there after a reload', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 3 question'));
    const mine = methodNamed(app, 'mine');
    expect(mine).toMatchObject({
      kind: 'user-model',
      status: { status: 'ready' },
      fileName: 'mine.onnx',
      guesses: [{ property: 'range', known: 'guess' }],
      removable: true,
    });
    expect(mine.id).toBe(`user-${mine.sha256?.slice(0, 12)}`);
    expect(currentCase(app).shownMethod).toBe(mine.id);
    expect(app.state.selectedModelId).toBe(mine.id);
    expect((await app.commands.outputFile())?.name).toBe('001_mine.png');
    expect(app.state.storage?.bytes).toBeGreaterThan(0);

    const reloaded = await bench.open();
    await reloaded.idle();
    expect(methodNamed(reloaded, 'mine')).toEqual(mine);
    expect(reloaded.state.selectedModelId).toBe(mine.id);
    await add(reloaded, await dark('002_input.png', 2));
    expect(currentCase(reloaded).shownMethod).toBe(mine.id);
    await reloaded.commands.removeMethod(mine.id);
    expect(reloaded.state.methods.some(({ id }) => id === mine.id)).toBe(false);
    expect(reloaded.state.selectedModelId).toBe('double');
    expect(idsOf(reloaded)).toEqual([mine.id]);
    const files = (await keys(createStore('loupe-files', 'entries'))).map(String);
    expect(files.filter((key) => key.startsWith('model/'))).toEqual([]);
  });

  test('with a changed guess is tried anew at once; the results are not mixed', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 2 question'));
    const { id } = methodNamed(app, 'mine');
    const first = currentCase(app).output?.picture.sha256;
    await app.commands.changeContract(id, { range: 'signed' });
    await app.idle();
    expect(methodNamed(app, 'mine')).toMatchObject({
      guesses: [],
      contract: { input: { normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } } },
    });
    expect(currentCase(app).output?.picture.sha256).not.toBe(first);
    const restores = bench.engine.restores;
    await app.commands.changeContract(id, { range: 'unit' });
    await app.idle();
    expect(currentCase(app).output?.picture.sha256).toBe(first);
    expect(bench.engine.restores).toBe(restores);
    bench.engine.failing = 'tryContract';
    await app.commands.changeContract(id, { range: 'byte' });
    await app.idle();
    expect(noticesOf(app, 'error')).toEqual([expect.stringMatching(/^mine stays as it was/)]);
    expect(methodNamed(app, 'mine').contract?.input.normalisation.mean).toEqual([0, 0, 0]);
  });

  test('finds its weights in the same drop, or in a later one', async () => {
    const bench = testBench();
    const app = await bench.open();
    const weights = (name: string) => new File(['4'], name);
    await add(app, model('gain in a.data', 'a.onnx'), weights('a.data'));
    expect(methodNamed(app, 'a').status).toEqual({ status: 'ready' });
    await add(app, model('gain in räume.bin', 'b.onnx'));
    expect(noticesOf(app, 'error')).toEqual([
      'b.onnx needs the file räume.bin: drop both together.',
    ]);
    await add(app, weights('räume.bin'));
    expect(methodNamed(app, 'b').status).toEqual({ status: 'ready' });
    expect(noticesOf(app, 'error')).toHaveLength(1);
    const reloaded = await bench.open();
    await add(reloaded, ...(await triple()));
    expect(noticesOf(reloaded, 'error')).toEqual([]);
    expect(currentCase(reloaded).shownMethod).toBe(methodNamed(reloaded, 'b').id);
  });

  test('waits for its weights over a reload, takes no other file for them, and can be removed', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, model('gain in a.data', 'a.onnx'), model('gain in b.data', 'b.onnx'));
    const waits = { status: 'failed', message: expect.stringMatching(/needs the file b\.data/) };
    expect(methodNamed(app, 'b.onnx')).toMatchObject({ status: waits, removable: true });
    await app.commands.removeMethod(methodNamed(app, 'a.onnx').id);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(methodNamed(reloaded, 'b.onnx').status).toEqual(waits);
    expect(reloaded.state.selectedModelId).toBe('double');
    await add(reloaded, new File(['4'], 'a.data'), new File(['4'], 'b.data'));
    expect(methodNamed(reloaded, 'b').status).toEqual({ status: 'ready' });
    expect(reloaded.state.methods.filter(({ kind }) => kind === 'user-model')).toHaveLength(1);
    expect(noticesOf(reloaded, 'error')).toEqual([expect.stringContaining('a.data')]);
    const again = await bench.open();
    await add(again, ...(await triple()));
    expect(currentCase(again).shownMethod).toBe(methodNamed(again, 'b').id);
    await again.commands.removeMethod(methodNamed(again, 'b').id);
    const files = (await keys(createStore('loupe-files', 'entries'))).map(String);
    expect(files.filter((key) => key.startsWith('model/'))).toEqual([]);
  });

  test('that is none is named; a file that no model asks for is not taken for weights', async () => {
    const app = await testBench().open();
    await add(app, model('hello', 'no.onnx'), new File(['notes'], 'notes.txt'));
    const errors = noticesOf(app, 'error');
    expect(errors).toContain('no.onnx is not a model.');
    expect(errors.some((text) => text.includes('notes.txt'))).toBe(true);
    expect(app.state.methods.every(({ status }) => status.status === 'ready')).toBe(true);
  });

  test('that sees the person mask runs anew when the mask goes or comes back', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 2 mask'));
    const { id } = currentCase(app);
    const shown = () => currentCase(app).output;
    const masked = shown();
    const sha256 = currentCase(app).mask?.sha256;
    expect(masked?.origin).toMatchObject({ settings: { mask: sha256 } });
    await app.commands.removePicture(id, 'mask');
    await app.idle();
    expect(shown()?.picture.sha256).not.toBe(masked?.picture.sha256);
    expect(shown()?.origin).not.toHaveProperty('settings.mask');
    const { restores } = bench.engine;
    await app.commands.undo();
    await app.idle();
    expect(shown()?.picture.sha256).toBe(masked?.picture.sha256);
    expect(bench.engine.restores).toBe(restores);
  });

  test('that sees the person mask runs again where that changed while it ran', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, model('gain 2 mask'));
    const held = () => {
      let end = (): void => undefined;
      bench.engine.hold = new Promise((resolve) => {
        end = resolve;
      });
      return async () => {
        bench.engine.hold = null;
        end();
        await app.idle();
      };
    };
    const running = () => vi.waitFor(() => expect(app.state.job?.total).toBe(4));
    const seen = () => currentCase(app).output?.origin;
    const first = held();
    await app.commands.addFiles(await triple());
    await running();
    const { id, mask: shown } = currentCase(app);
    await app.commands.removePicture(id, 'mask');
    await first();
    expect(seen()).toMatchObject({ kind: 'restored' });
    expect(seen()).not.toHaveProperty('settings.mask');
    await app.commands.undo();
    await app.idle();
    expect(seen()).toMatchObject({ settings: { mask: shown?.sha256 } });
    const other = await mask('001_mask.png', [12, 16], 3);
    await app.commands.removePicture(id, 'mask');
    await app.idle();
    const anew = held();
    await app.commands.addFiles([other]);
    await running();
    await app.commands.removePicture(id, 'mask');
    await anew();
    expect(currentCase(app).mask).toBeNull();
    expect(currentCase(app).methods[0]?.stale).toBeUndefined();
    expect(seen()).not.toHaveProperty('settings.mask');
  });

  test('that sees the person mask is marked once that is painted on, until it has run anew', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 2 mask'));
    const { id } = currentCase(app);
    const place = { caseId: id, target: 'person' } as const;
    const mine = currentCase(app).shownMethod;
    const own = () => currentCase(app).methods.find(({ methodId }) => methodId === mine);
    const before = own();
    expect(before?.stale).toBeUndefined();
    const levels = await app.commands.openMask(place);
    levels?.data.fill(255, 0, 40);
    if (levels === null) throw new Error('There is no mask.');
    await app.commands.keepMask(place, levels);
    expect(own()).toMatchObject({ stale: true, output: { picture: before?.output.picture } });
    // Cancelled, it stays marked, and is offered again.
    let release = (): void => undefined;
    bench.engine.hold = new Promise((resolve) => {
      release = resolve;
    });
    const applied = app.commands.applyMask(place, true);
    await vi.waitFor(() => expect(app.state.job?.kind).toBe('restore'));
    app.commands.cancel();
    release();
    await applied;
    await app.idle();
    expect(own()?.stale).toBe(true);
    await app.commands.showMethod('double');
    await app.commands.restoreStale();
    await app.idle();
    expect(own()?.stale).toBeUndefined();
    expect(currentCase(app).shownMethod).toBe('double');
    expect(own()?.output.origin).toMatchObject({
      settings: { mask: currentCase(app).mask?.sha256 },
    });
  });

  test('whose file is lost says so on its card; the same file again mends it', async () => {
    const bench = testBench();
    const before = await bench.open();
    await add(before, model('gain 3 question'));
    const { id, sha256 } = methodNamed(before, 'mine');
    await before.commands.changeContract(id, { range: 'byte' });
    await before.idle();
    await del(`model/${sha256}`, createStore('loupe-files', 'entries'));
    const app = await bench.open();
    await app.idle();
    expect(methodNamed(app, 'mine').status).toEqual({
      status: 'failed',
      message: expect.stringMatching(/“mine\.onnx” is no longer.*Drop the file again/),
    });
    await add(app, model('gain 3 question'));
    expect(methodNamed(app, 'mine')).toMatchObject({ status: { status: 'ready' }, guesses: [] });
  });

  test('a LUT file is a method too', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, new File(['lut 0.5'], 'warm.cube'));
    const lut = methodNamed(app, 'warm');
    expect(lut).toMatchObject({ kind: 'lut', facts: null, removable: true });
    expect(currentCase(app).shownMethod).toBe(lut.id);
    const reloaded = await bench.open();
    await reloaded.commands.runMethods([lut.id]);
    await reloaded.idle();
    expect(currentCase(reloaded).output?.origin).toMatchObject({ kind: 'restored' });
    expect(noticesOf(reloaded, 'error')).toEqual([]);
  });
});

test('a fresh worker gets the user’s models again', async () => {
  const bench = testBench();
  const app = await bench.open();
  await add(app, ...(await triple()));
  await add(app, model('gain 3'));
  bench.engines.kill('crash');
  await add(app, await dark('002_input.png', 2));
  expect(bench.engines.started).toBe(2);
  expect(noticesOf(app, 'error')).toEqual([]);
  expect(currentCase(app).shownMethod).toBe(methodNamed(app, 'mine').id);
});
