import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { createStore, set } from 'idb-keyval';
import { beforeEach, expect, test, vi } from 'vitest';
import { weakFlashFromSeed } from '../../src/core/methods/weakFlash.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import { readMadePicture, type StoredCase } from '../../src/storage/records.ts';
import { SETTINGS, storedCase, storedPicture, UNNOTED_RUN } from '../helpers/appRecords.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const open = () => openStorage({ quota: null, databasePrefix: 'loupe' });

/** A case with an automatic mask, a simulated input and a mixed output. */
function visitorCase(): StoredCase {
  const params = weakFlashFromSeed(7);
  const automatic = { modelId: 'm', modelTitle: 'M', modelSha256: 'sha' };
  return {
    ...storedCase('c1'),
    input: {
      ...storedPicture('001_input.png'),
      origin: { kind: 'simulated', params, from: 'sha256-of-001.png' },
    },
    gt: storedPicture('001.png'),
    mask: { ...storedPicture('001_mask.png'), origin: { kind: 'automatic', ...automatic } },
    outputs: [
      {
        method: 'gain',
        title: 'Gain',
        picture: storedPicture('001_restored_40.png'),
        origin: { kind: 'restored', settings: SETTINGS, modelTitle: 'Gain', ...UNNOTED_RUN },
        mix: { strength: 40, plain: storedPicture('001_restored.png') },
      },
    ],
    shownMethod: 'gain',
  };
}

test('where pictures come from and what is mixed survive a reload', async () => {
  await (await open()).putCase(visitorCase());
  const { cases, damaged } = await (await open()).readWorkspace();
  expect(cases).toEqual([visitorCase()]);
  expect(damaged).toBe(0);
});

test('cases of before are read as they were, without a migration', async () => {
  const plain = { ...storedCase('old'), input: storedPicture('a.png') };
  await (await open()).putCase(plain);
  expect((await (await open()).readWorkspace()).cases).toEqual([plain]);
});

test('the file a mixture is made from stays as long as its case, and goes with it', async () => {
  const storage = await open();
  const file = new Blob(['plain']);
  await storage.putFile('output', 'sha256-of-001_restored.png', file);
  await storage.putCase(visitorCase());
  await storage.setAside('other', { ...visitorCase(), id: 'c2' });
  await storage.release(['other']);
  expect(await storage.getFile('output', 'sha256-of-001_restored.png')).not.toBeNull();
  await storage.deleteCase('c1');
  await storage.setAside('gone', visitorCase());
  await storage.release(['gone']);
  expect(await storage.getFile('output', 'sha256-of-001_restored.png')).toBeNull();
});

test('several are released with one look at what was made, whatever lies among it', async () => {
  const storage = await open();
  await set(
    'mix:{cut',
    { picture: storedPicture('x.png') },
    createStore('loupe-results', 'entries'),
  );
  const inputs = ['one', 'two'].map((name) => storedPicture(`${name}.png`));
  for (const input of inputs) {
    await storage.putFile('picture', input.sha256, new Blob(['file']));
    await storage.setAside(input.name, { ...storedCase(input.name), input });
  }
  const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
  await storage.release(inputs.map(({ name }) => name));
  const looks = getAll.mock.contexts.filter(
    (objects) =>
      objects instanceof IDBObjectStore && objects.transaction.db.name.endsWith('-results'),
  );
  getAll.mockRestore();
  expect(looks).toHaveLength(1);
  expect(await storage.setAsideIds()).toEqual([]);
  for (const { sha256 } of inputs) expect(await storage.getFile('picture', sha256)).toBeNull();
});

test('a case whose mixture lost its picture is damaged, a made picture without one is none', async () => {
  await (await open()).putCase(visitorCase());
  const [output] = visitorCase().outputs;
  const broken = { ...visitorCase(), outputs: [{ ...output, mix: { strength: 40 } }] };
  await set('case/c1', broken, createStore('loupe-workspace', 'entries'));
  expect((await (await open()).readWorkspace()).damaged).toBe(1);
  expect(readMadePicture({ picture: { name: 'x' } })).toBeNull();
  expect(readMadePicture(null)).toBeNull();
  const picture = storedPicture('m.png');
  expect(readMadePicture({ picture })).toEqual({ picture });
});
