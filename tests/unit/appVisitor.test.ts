import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { encodePng } from '../../src/codecs/png/encode.ts';
import {
  bright,
  callsOf,
  currentCase,
  dark,
  holdEngine,
  mask,
  namesOf,
  noticesOf,
  pngFile,
  SIZE,
  sha256Of,
  snapshot,
  type TestBench,
  testBench,
} from '../helpers/app.ts';
import { MASK_ENTRY, pixelsOf } from '../helpers/appVisitor.ts';
import { makeDisplayP3 } from '../helpers/goldenProfile.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const storedFiles = async () =>
  (await keys(createStore('loupe-files', 'entries'))).map(String).sort();

/** A page whose engine finds people. */
async function openWithMasks(): Promise<{ bench: TestBench; app: App }> {
  const bench = testBench();
  bench.engine.masks = [MASK_ENTRY];
  return { bench, app: await bench.open() };
}

describe('an automatic mask', () => {
  test('comes to cases without one, says what it is, and lets the person be measured', async () => {
    const { bench, app } = await openWithMasks();
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    const { mask: found, metrics, overlay } = currentCase(app);
    expect(found).toMatchObject({
      name: '001_mask.png',
      origin: { kind: 'automatic', modelSha256: MASK_ENTRY.sha256, modelTitle: 'Upper half' },
    });
    expect(overlay).not.toBeNull();
    if (metrics.status !== 'done') throw new Error(metrics.status);
    expect(metrics.values.psnr?.person).toEqual(expect.any(Number));
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).mask?.origin).toEqual(found?.origin);
    expect(callsOf(bench, 'personMask')).toBe(1);
  });

  test('gives way to the user’s, never takes its place, and is not made without being wanted', async () => {
    const { bench, app } = await openWithMasks();
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    const own = await mask('001_mask.png');
    await app.commands.addFiles([own]);
    await app.idle();
    expect(currentCase(app).mask?.sha256).toBe(await sha256Of(own));
    expect(currentCase(app).mask?.origin).toBeUndefined();
    await app.commands.makeMask();
    await app.idle();
    expect(currentCase(app).mask?.sha256).toBe(await sha256Of(own));
    expect(noticesOf(app, 'info')).toContainEqual(expect.stringContaining('remove that one first'));
    app.commands.setView({ autoMask: false });
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await app.idle();
    expect(currentCase(app).mask).toBeNull();
    expect(callsOf(bench, 'personMask')).toBe(1);
    await app.commands.makeMask();
    await app.idle();
    expect(currentCase(app).mask?.origin?.kind).toBe('automatic');
  });

  test('taken out it stays out; with its only picture it goes too', async () => {
    const { app } = await openWithMasks();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'mask');
    await app.idle();
    expect(currentCase(app).mask).toBeNull();
    await app.commands.undo();
    await app.idle();
    expect(currentCase(app).mask?.origin?.kind).toBe('automatic');
    await app.commands.removePicture(currentCase(app).id, 'input');
    await app.idle();
    expect(app.state.cases).toEqual([]);
  });

  test('is none where nobody is found; asked for, that is said', async () => {
    const { bench, app } = await openWithMasks();
    bench.engine.nobody = true;
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    expect([currentCase(app).mask, app.state.notices]).toEqual([null, []]);
    await app.commands.makeMask();
    await app.idle();
    expect(noticesOf(app, 'info')).toEqual(['Nobody was found in “001_input.png”.']);
  });
});

const wellLit = (name: string, size: readonly [number, number] = SIZE) =>
  pngFile(name, size, (x, y) => [200 + ((x * 7 + y) % 50), 170 + ((y * 5) % 40), 150 + (x % 30)]);

describe('a well-lit input', () => {
  test('is told from a dark one, until a ground truth is there', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    expect(currentCase(app).lighting).toBe('dark');
    await app.commands.addFiles([await wellLit('002_input.png')]);
    await app.idle();
    expect(currentCase(app).lighting).toBe('well-lit');
    await app.commands.addFiles([await bright('002_gt.png')]);
    await app.idle();
    expect(currentCase(app).lighting).toBeNull();
  });

  test('becomes the ground truth of a dark one, and comes back', async () => {
    const bench = testBench();
    const app = await bench.open();
    const picture = await wellLit('002_input.png');
    await app.commands.addFiles([picture]);
    await app.idle();
    const before = snapshot(app);
    await app.commands.simulateWeakFlash();
    await app.idle();
    const after = currentCase(app);
    expect(after.gt?.sha256).toBe(await sha256Of(picture));
    expect(after.input).toMatchObject({
      name: '002_input.png',
      origin: { kind: 'simulated', from: await sha256Of(picture) },
    });
    expect(after.input?.sha256).not.toBe(before.input?.sha256);
    expect([after.lighting, after.metrics.status]).toEqual([null, 'done']);
    expect(bench.engine.restores).toBe(2);
    await app.commands.undo();
    await app.idle();
    expect(namesOf(currentCase(app))).toEqual(namesOf(before));
    expect(currentCase(app)).toMatchObject({ lighting: 'well-lit', gt: null });
    expect(currentCase(app).output?.picture.sha256).toBe(before.output?.picture.sha256);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(namesOf(currentCase(reloaded))).toEqual(namesOf(before));
  });

  test('need not be restored first, and is restored once the flash is taken back', async () => {
    const bench = testBench();
    const open = holdEngine(bench);
    const app = await bench.open();
    const picture = await wellLit('002_input.png');
    await app.commands.addFiles([picture]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    let ended = false;
    const flash = app.commands.simulateWeakFlash().then(() => {
      ended = true;
    });
    await expect.poll(() => app.state.job?.detail).toBe('cancelling');
    expect(ended).toBe(false);
    open();
    await flash;
    expect(currentCase(app)).toMatchObject({
      gt: { sha256: await sha256Of(picture) },
      methods: [],
    });
    await app.idle();
    expect([currentCase(app).methods.length, bench.engine.restores]).toEqual([1, 2]);
    await app.commands.undo();
    await app.idle();
    expect(currentCase(app)).toMatchObject({
      input: { sha256: await sha256Of(picture) },
      gt: null,
    });
    expect([currentCase(app).methods.length, bench.engine.restores]).toEqual([1, 3]);
  });

  test('is restored after all where the flash fails', async () => {
    const bench = testBench();
    const open = holdEngine(bench);
    bench.engine.failing = 'simulateWeakFlash';
    const app = await bench.open();
    await app.commands.addFiles([await wellLit('002_input.png')]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    const flash = app.commands.simulateWeakFlash();
    open();
    await flash;
    await app.idle();
    expect(noticesOf(app, 'error')).toHaveLength(1);
    expect(currentCase(app)).toMatchObject({ gt: null, output: { origin: { kind: 'restored' } } });
  });

  test('ends what is made of the dark one when it comes back', async () => {
    const bench = testBench();
    const begin = holdEngine(bench);
    const app = await bench.open();
    const picture = await wellLit('002_input.png', [600, 400]);
    await app.commands.addFiles([picture]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    const flash = app.commands.simulateWeakFlash();
    bench.engine.previews = true;
    let open = () => {};
    const { beforeEncoding } = bench;
    bench.beforeEncoding = async () => {
      bench.beforeEncoding = beforeEncoding;
      open = holdEngine(bench);
    };
    begin();
    await flash;
    await expect.poll(() => currentCase(app).preview).not.toBeNull();
    await app.commands.undo();
    expect(currentCase(app).preview).toBeNull();
    expect(app.state.job?.detail).toBe('cancelling');
    open();
    await app.idle();
    expect(currentCase(app)).toMatchObject({
      input: { sha256: await sha256Of(picture) },
      gt: null,
    });
    expect(currentCase(app).methods).toHaveLength(1);
  });

  test('once the flash is taken back, its files go with the tab', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await wellLit('002_input.png')]);
    await app.idle();
    const before = await storedFiles();
    await app.commands.simulateWeakFlash();
    await app.idle();
    await app.commands.undo();
    await app.idle();
    expect(await storedFiles()).not.toEqual(before);
    bench.locks.clear();
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(await storedFiles()).toEqual(before);
    expect(currentCase(reloaded).output?.picture.bitmap).not.toBeNull();
  });

  test('a case with a ground truth keeps it', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    const before = namesOf(currentCase(app));
    await app.commands.simulateWeakFlash();
    expect(namesOf(currentCase(app))).toEqual(before);
    expect(noticesOf(app, 'info')).toContainEqual(expect.stringContaining('ground truth already'));
  });
});

describe('a preview', () => {
  test('stands in for a slow restoration until that is there', async () => {
    const bench = testBench();
    bench.engine.previews = true;
    const open = holdEngine(bench);
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png', 1, [600, 400])]);
    await expect.poll(() => currentCase(app).preview).not.toBeNull();
    expect(currentCase(app).output).toBeNull();
    open();
    await app.idle();
    expect(currentCase(app).preview).toBeNull();
    expect(currentCase(app).output).not.toBeNull();
  });

  test('goes as soon as the output is there, whatever is still to be done', async () => {
    const bench = testBench();
    bench.engine.previews = true;
    let measureOn = () => {};
    const afterwards = new Promise<void>((resolve) => {
      measureOn = resolve;
    });
    // From here on every other call of the engine waits.
    bench.beforeEncoding = async () => {
      bench.engine.hold = afterwards;
    };
    const app = await bench.open();
    const size = [600, 400] as const;
    await app.commands.addFiles([
      await dark('001_input.png', 1, size),
      await bright('001_gt.png', 1, size),
    ]);
    await expect.poll(() => currentCase(app).output).not.toBeNull();
    await expect.poll(() => currentCase(app).preview).toBeNull();
    expect(callsOf(bench, 'modelFacts')).toBe(0);
    bench.engine.hold = null;
    measureOn();
    await app.idle();
    expect(currentCase(app).metrics.status).toBe('done');
  });

  test('is in the colours of the picture', async () => {
    const bench = testBench();
    bench.engine.previews = true;
    const app = await bench.open();
    const plain = await pixelsOf(await dark('001_input.png', 1, [600, 400]));
    const png = await encodePng(plain, makeDisplayP3());
    await app.commands.addFiles([new File([png], '001_input.png')]);
    await app.idle();
    await app.commands.setStrength(40, false);
    expect(bench.engine.previewed).toEqual(['Display P3', 'Display P3']);
  });

  test('is not asked for where the whole picture is there at once', async () => {
    const bench = testBench();
    bench.engine.previews = true;
    const open = holdEngine(bench);
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    expect(currentCase(app).preview).toBeNull();
    open();
    await app.idle();
  });
});
