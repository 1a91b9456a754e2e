import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, del, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { MaskPlace, MaskTarget, MeasuredView } from '../../src/app/model.ts';
import type { Gray8 } from '../../src/core/image/types.ts';
import { featheredMask } from '../../src/core/inspect/maskFeather.ts';
import {
  currentCase,
  dark,
  glaring,
  mask,
  noticesOf,
  SIZE,
  type TestBench,
  testBench,
} from '../helpers/app.ts';
import { MASK_ENTRY } from '../helpers/appVisitor.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const PAIR = [dark('001_input.png'), glaring('001_gt.png')];

async function openPair(
  ...more: readonly Promise<File>[]
): Promise<{ bench: TestBench; app: App }> {
  const bench = testBench();
  const app = await bench.open();
  await app.commands.addFiles(await Promise.all([...PAIR, ...more]));
  await app.idle();
  return { bench, app };
}

const placeOf = (app: App, target: MaskTarget = 'person'): MaskPlace => ({
  caseId: currentCase(app).id,
  target,
});

/** The mask to paint on. */
async function opened(app: App, target: MaskTarget = 'person'): Promise<Gray8> {
  const levels = await app.commands.openMask(placeOf(app, target));
  if (levels === null) throw new Error('There is no mask to paint on.');
  return levels;
}

function measured(app: App): MeasuredView {
  const { metrics } = currentCase(app);
  if (metrics.status !== 'done') throw new Error(metrics.status);
  return metrics;
}

const personPsnr = (app: App) => measured(app).values.psnr?.person;

/** Paints the upper rows, as a stroke would. */
async function paint(app: App, levels: Gray8, rows: number, target: MaskTarget = 'person') {
  const place = placeOf(app, target);
  app.commands.touchMask(place);
  levels.data.fill(255, 0, rows * levels.width);
  await app.commands.keepMask(place, levels);
}

async function levelsOf(file: File | null) {
  if (file === null) throw new Error('There is no mask.');
  const { pixels, bitDepth } = await decodeInNode(
    new Uint8Array(await file.arrayBuffer()),
    file.name,
  );
  return { bitDepth, levels: Array.from(pixels.data).filter((_, i) => i % 4 === 0) };
}

describe('a mask that is painted', () => {
  test('is the case’s from then on, says that it was edited, and is measured with', async () => {
    const { bench, app } = await openPair(mask('001_mask.png'));
    const before = personPsnr(app);
    const original = { ...currentCase(app).mask };
    const levels = await opened(app);
    expect([levels.width, levels.height]).toEqual(SIZE);
    await paint(app, levels, 3);
    const { mask: edited } = currentCase(app);
    expect(edited).toMatchObject({ name: '001_mask.png', origin: { kind: 'edited' } });
    expect(edited?.sha256).not.toBe(original.sha256);
    expect(measured(app).stale).toBe(true);
    expect(personPsnr(app)).toBe(before);
    await app.commands.applyMask(placeOf(app), true);
    await app.idle();
    expect(measured(app).stale).toBeUndefined();
    expect(personPsnr(app)).not.toBe(before);
    expect(currentCase(app).overlay).not.toBeNull();
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).mask).toMatchObject({
      sha256: edited?.sha256,
      origin: { kind: 'edited', original: { sha256: original.sha256, name: '001_mask.png' } },
    });
    expect(personPsnr(reloaded)).toBe(personPsnr(app));
  });

  test('is not lost when the page goes before anything was measured anew', async () => {
    const { bench, app } = await openPair(mask('001_mask.png'));
    const before = personPsnr(app);
    await paint(app, await opened(app), 5);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).mask?.sha256).toBe(currentCase(app).mask?.sha256);
    expect(personPsnr(reloaded)).not.toBe(before);
  });

  test('is the original again once every edit was taken back', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const original = currentCase(app).mask?.sha256;
    const levels = await opened(app);
    const before = levels.data.slice();
    await paint(app, levels, 4);
    levels.data.set(before);
    await app.commands.keepMask(placeOf(app), levels);
    expect(currentCase(app).mask?.sha256).toBe(original);
    expect(currentCase(app).mask?.origin).toBeUndefined();
  });

  test('begins empty where there is none, and is none again when nothing is left of it', async () => {
    const { app } = await openPair();
    const levels = await opened(app);
    expect(Math.max(...levels.data)).toBe(0);
    await paint(app, levels, 4);
    expect(currentCase(app).mask?.origin).toEqual({ kind: 'edited', original: null });
    levels.data.fill(0);
    await app.commands.keepMask(placeOf(app), levels);
    expect(currentCase(app).mask).toBeNull();
  });

  test('shares nothing with the picture that is kept', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    (await opened(app)).data.fill(7);
    expect(Math.max(...(await opened(app)).data)).toBe(255);
  });

  test('is softened beside the page, and is itself not changed by that', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const levels = await opened(app);
    const before = levels.data.slice();
    const softened = await app.commands.featheredMask(levels, 2);
    expect(softened).toEqual(featheredMask(levels, 2));
    expect(softened?.data).not.toEqual(before);
    expect(levels.data).toEqual(before);
  });

  test('is not opened of a case that was closed meanwhile', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const place = placeOf(app);
    const levels = await opened(app);
    await app.commands.removeCase(place.caseId);
    expect(await app.commands.openMask(place)).toBeNull();
    await app.commands.keepMask(place, levels);
    await app.commands.applyMask(place, true);
    await app.idle();
    expect(app.state.cases).toEqual([]);
    expect(noticesOf(app, 'error')).toEqual([]);
  });
});

describe('masks in between', () => {
  test('keep nobody waiting who paints on another one while networks run', async () => {
    const { bench, app } = await openPair(mask('001_mask.png'));
    let release = (): void => undefined;
    bench.engine.hold = new Promise((resolve) => {
      release = resolve;
    });
    await app.commands.runMethods(['triple']);
    await paint(app, await opened(app), 2);
    await app.commands.applyMask(placeOf(app), true);
    expect(app.state.job?.kind).toBe('restore');
    release();
    await app.idle();
  });

  test('are deleted when painting ends, what it began with is not', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const original = currentCase(app).mask?.sha256 ?? '';
    const levels = await opened(app);
    await paint(app, levels, 2);
    const first = currentCase(app).mask?.sha256 ?? '';
    await paint(app, levels, 4);
    const second = currentCase(app).mask?.sha256 ?? '';
    await app.commands.applyMask(placeOf(app), true);
    await app.idle();
    const kept = await keptPictures();
    expect([original, first, second].map((sha256) => kept.includes(sha256))).toEqual([
      true,
      false,
      true,
    ]);
  });
});

/** SHA-256 of the pictures in storage. */
async function keptPictures(): Promise<string[]> {
  const keys = await new Promise<IDBValidKey[]>((resolve, reject) => {
    const open = indexedDB.open('loupe-files');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const [name = ''] = open.result.objectStoreNames;
      const request = open.result.transaction(name).objectStore(name).getAllKeys();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    };
  });
  return keys.flatMap((key) => /^picture\/(.*)/.exec(String(key))?.[1] ?? []);
}

describe('the mask of a named region', () => {
  test('is painted and measured by itself; the person’s numbers stay as they are', async () => {
    const { app } = await openPair(mask('001_mask.png'), mask('001_hairmask.png', SIZE, 3));
    const person = personPsnr(app);
    const hair = () => measured(app).regions.find(({ id }) => id === 'hair');
    const before = hair()?.values.psnr;
    expect(before).toEqual(expect.any(Number));
    await paint(app, await opened(app, 'hair'), 6, 'hair');
    expect(hair()).toMatchObject({ stale: true, values: { psnr: before } });
    expect(measured(app).stale).toBeUndefined();
    await app.commands.applyMask(placeOf(app, 'hair'), true);
    await app.idle();
    expect(hair()?.stale).toBeUndefined();
    expect(hair()?.values.psnr).not.toBe(before);
    expect(personPsnr(app)).toBe(person);
    expect(currentCase(app).regionMasks.hair?.origin?.kind).toBe('edited');
  });

  test('is begun where there is none', async () => {
    const { app } = await openPair();
    await paint(app, await opened(app, 'sky'), 6, 'sky');
    await app.commands.applyMask(placeOf(app, 'sky'), true);
    await app.idle();
    expect(measured(app).regions.map(({ id }) => id)).toEqual(['sky']);
    expect(currentCase(app).regionMasks.sky?.name).toBe('001_skymask.png');
  });
});

describe('back to the original', () => {
  test('puts the mask back with its numbers, and can be undone as long as the tab is open', async () => {
    const { bench, app } = await openPair(mask('001_mask.png'));
    const [sha256, psnr] = [currentCase(app).mask?.sha256, personPsnr(app)];
    await paint(app, await opened(app), 3);
    const edited = currentCase(app).mask?.sha256;
    await app.commands.applyMask(placeOf(app), true);
    await app.idle();
    await app.commands.originalMask(placeOf(app));
    await app.idle();
    expect(currentCase(app).mask?.sha256).toBe(sha256);
    expect(personPsnr(app)).toBe(psnr);
    const notice = app.state.notices.find(({ action }) => action?.label === 'Undo');
    await app.commands.runAction(notice?.id ?? '');
    await app.idle();
    expect(currentCase(app).mask).toMatchObject({ sha256: edited, origin: { kind: 'edited' } });
    expect(personPsnr(app)).not.toBe(psnr);
    await app.commands.originalMask(placeOf(app));
    await app.idle();
    const files = () => keys(createStore('loupe-files', 'entries'));
    expect(await files()).toContain(`picture/${edited}`);
    bench.locks.clear();
    await bench.open();
    expect(await files()).not.toContain(`picture/${edited}`);
    expect(await files()).toContain(`picture/${sha256}`);
  });

  test('says so where the edits that could be taken back made room for other files', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const sha256 = currentCase(app).mask?.sha256;
    await paint(app, await opened(app), 3);
    const edited = currentCase(app).mask?.sha256;
    await app.commands.applyMask(placeOf(app), true);
    await app.commands.originalMask(placeOf(app));
    await app.idle();
    await del(`picture/${edited}`, createStore('loupe-files', 'entries'));
    const notice = app.state.notices.find(({ action }) => action?.label === 'Undo');
    await app.commands.runAction(notice?.id ?? '');
    await app.idle();
    expect(currentCase(app).mask?.sha256).toBe(sha256);
    expect(noticesOf(app, 'error')).toEqual([expect.stringContaining('they made room')]);
  });

  test('is an automatic mask again where that was edited, which no newer one replaced', async () => {
    const bench = testBench();
    bench.engine.masks = [MASK_ENTRY];
    const app = await bench.open();
    await app.commands.addFiles(await Promise.all(PAIR));
    await app.idle();
    expect(currentCase(app).mask?.origin?.kind).toBe('automatic');
    await paint(app, await opened(app), SIZE[1]);
    await app.commands.applyMask(placeOf(app), true);
    await app.commands.makeMask();
    await app.idle();
    expect(currentCase(app).mask?.origin).toMatchObject({
      kind: 'edited',
      original: { origin: { kind: 'automatic' } },
    });
    await app.commands.originalMask(placeOf(app));
    await app.idle();
    expect(currentCase(app).mask?.origin?.kind).toBe('automatic');
  });
});

describe('a mask as a file', () => {
  test('is an 8-bit PNG with the levels, under a name by which it is known again', async () => {
    const { app } = await openPair(mask('001_mask.png'));
    const levels = await opened(app);
    levels.data[0] = 77;
    await app.commands.keepMask(placeOf(app), levels);
    const file = await app.commands.maskFile(placeOf(app));
    expect([file?.name, file?.type]).toEqual(['001_mask.png', 'image/png']);
    expect(await levelsOf(file)).toEqual({ bitDepth: 8, levels: Array.from(levels.data) });
    expect(await app.commands.maskFile(placeOf(app, 'skin'))).toBeNull();
  });
});
