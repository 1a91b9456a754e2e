import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, keys, set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StoredLut, StoredModel } from '../../src/storage/methodRecords.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import { CONTRACT, FACTS } from '../helpers/appMethods.ts';
import { storedCase, storedPicture } from '../helpers/appRecords.ts';

const open = () => openStorage({ quota: null, databasePrefix: 'loupe' });
const fileKeys = async () => (await keys(createStore('loupe-files', 'entries'))).map(String);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const model = (id: string, data: readonly string[]): StoredModel => ({
  kind: 'model',
  id,
  title: id,
  name: `${id}.onnx`,
  sha256: `sha-of-${id}`,
  bytes: 3,
  addedAt: 2,
  externalData: data.map((sha256) => ({ name: `${sha256}.data`, sha256, bytes: 5 })),
  contract: CONTRACT,
  guesses: [],
  facts: FACTS,
  licence: null,
  training: null,
  warnings: [],
});

const lut: StoredLut = {
  kind: 'lut',
  id: 'lut-1',
  title: 'Warm',
  name: 'warm.cube',
  sha256: 'sha-of-lut',
  bytes: 4,
  addedAt: 1,
  size: 2,
  macs720p: 1,
};

describe('models and LUT files', () => {
  test('come back in the order they were added, with their files', async () => {
    const storage = await open();
    const mine = model('mine', ['data']);
    await storage.putMethod(
      mine,
      new Map([
        ['sha-of-mine', new Blob(['net'])],
        ['data', new Blob(['bytes'])],
      ]),
    );
    await storage.putMethod(lut, new Map([['sha-of-lut', new Blob(['cube'])]]));
    const again = await open();
    expect((await again.readWorkspace()).methods).toEqual([lut, mine]);
    expect(await (await again.getFile('model', 'data'))?.text()).toBe('bytes');
    expect((await again.usage()).byKind.model).toBe(12);
  });

  test('a removed one frees its files, but none that another one needs', async () => {
    const storage = await open();
    const files = (id: string) =>
      new Map([
        [`sha-of-${id}`, new Blob([id])],
        ['shared', new Blob(['data'])],
      ]);
    const [one, two] = [model('one', ['shared']), model('two', ['shared'])];
    await storage.putMethod(one, files('one'));
    await storage.putMethod(two, files('two'));
    await storage.removeMethod(one);
    expect((await fileKeys()).sort()).toEqual(['model/sha-of-two', 'model/shared']);
    await storage.removeMethod(two);
    expect(await fileKeys()).toEqual([]);
    expect((await storage.readWorkspace()).methods).toEqual([]);
  });

  test('a damaged record is left out', async () => {
    const storage = await open();
    await storage.putMethod(lut, new Map());
    const bad = { ...model('bad', []), contract: null };
    await set('method/bad', bad, createStore('loupe-workspace', 'entries'));
    expect((await storage.readWorkspace()).methods).toEqual([lut]);
  });
});

test('of models of schema version 4 those are known whose makers chose their tiles', async () => {
  const sizes = { property: 'sizeMultiple', known: 'graph', reason: 'Of 48.' } as const;
  const tiled = (id: string, size: number, overlap: number): StoredModel => {
    const input = { ...CONTRACT.input, sizeMultiple: 48 };
    const contract = { ...CONTRACT, input, tile: { size, overlap, whole: false } };
    return { ...model(id, []), contract, guesses: [sizes] };
  };
  const fixed = tiled('fixed', 384, 16);
  const said = tiled('said', 1024, 64);
  const before: readonly StoredModel[] = [
    tiled('guessed', 1056, 64),
    tiled('looks-far', 1056, 200),
    tiled('small', 480, 64),
    tiled('narrow', 1056, 16),
    { ...said, guesses: [] },
    {
      ...fixed,
      contract: { ...fixed.contract, input: { ...fixed.contract.input, fixedSize: [384, 384] } },
    },
  ];
  const workspace = createStore('loupe-workspace', 'entries');
  await set('schemaVersion', 4, workspace);
  for (const own of before) await set(`method/${own.id}`, own, workspace);
  await set('method/bad', { ...model('bad', []), contract: {} }, workspace);
  const { methods } = await (await open()).readWorkspace();
  expect(methods).toHaveLength(before.length + 1);
  const stated = methods.filter((own) => own.kind === 'model' && own.contract.tile?.stated);
  expect(stated.map(({ id }) => id).sort()).toEqual(['narrow', 'small']);
});

test('a weight file that waits is kept until it waits no more', async () => {
  const storage = await open();
  const waiting = { sha256: 'aa', name: 'alex.pth', kind: 'heads' } as const;
  await storage.putWaiting('lpips', waiting, new Blob(['w']));
  expect((await (await open()).readWorkspace()).waiting).toEqual(new Map([['lpips', waiting]]));
  await storage.putWaiting('lpips', { ...waiting, sha256: 'bb' }, new Blob(['v']));
  expect(await fileKeys()).toEqual(['weights/bb']);
  await storage.putWaiting('lpips', null);
  expect(await fileKeys()).toEqual([]);
  expect((await storage.readWorkspace()).waiting.size).toBe(0);
});

describe('what was set aside', () => {
  const input = { ...storedPicture('input.png'), sha256: 'in' };
  const gt = { ...storedPicture('gt.png'), sha256: 'gt' };
  const before = { ...storedCase('c'), input, gt };

  test('keeps its files until it is released; what is still shown stays', async () => {
    const storage = await open();
    await storage.putFile('picture', 'in', new Blob(['i']));
    await storage.putFile('picture', 'gt', new Blob(['g']));
    await storage.putFile('thumbnail', 'gt', new Blob(['t']));
    await storage.putCase({ ...before, gt: null });
    await storage.setAside('removal', before);
    expect(await fileKeys()).toHaveLength(3);
    await storage.release(['another']);
    expect(await fileKeys()).toHaveLength(3);
    expect(await storage.setAsideIds()).toEqual(['removal']);
    await storage.release(['removal']);
    expect(await storage.setAsideIds()).toEqual([]);
    expect(await fileKeys()).toEqual(['picture/in']);
    expect((await storage.readWorkspace()).cases).toEqual([{ ...before, gt: null }]);
  });

  test('is no longer, once it was taken back', async () => {
    const storage = await open();
    await storage.putFile('picture', 'gt', new Blob(['g']));
    await storage.setAside('removal', before);
    await storage.takeBack('removal');
    await storage.release(['removal']);
    expect(await fileKeys()).toEqual(['picture/gt']);
  });
});

test('the size of the results follows what is written, as a fresh count would have it', async () => {
  const storage = await open();
  const counted = async () => (await storage.usage()).byKind.result;
  expect(await counted()).toBe(0);
  await storage.putResult('a', { value: 1 });
  await storage.putResult('b', { value: 22 });
  await storage.putResult('a', { value: 333 });
  const fresh = (await (await open()).usage()).byKind.result;
  expect(fresh).toBeGreaterThan(0);
  expect(await counted()).toBe(fresh);
});
