import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, entries, get, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { canonicalJson, type KeyIngredient, resultKey } from '../../src/storage/keys.ts';
import { openStorage } from '../../src/storage/openStorage.ts';
import type { QuotaSource } from '../../src/storage/quota.ts';
import {
  caseOfVersion3,
  KEYED,
  SETTINGS,
  storedCase,
  storedPicture,
} from '../helpers/appRecords.ts';

const PREFIX = 'loupe';
const open = (quota: QuotaSource | null = null) => openStorage({ quota, databasePrefix: PREFIX });
const workspaceDatabase = () => createStore(`${PREFIX}-workspace`, 'entries');

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('result keys', () => {
  const ingredients = { input: 'aa', settings: { ...KEYED } };

  test('the order in which an object was built does not matter', () => {
    const reversed = Object.fromEntries(Object.entries(ingredients.settings).reverse());
    expect(resultKey('restoration', { settings: reversed, input: 'aa' })).toBe(
      resultKey('restoration', ingredients),
    );
    expect(canonicalJson([1, 'a', null, { b: true, a: [2] }])).toBe(
      '[1,"a",null,{"a":[2],"b":true}]',
    );
  });

  test('any changed ingredient gives another key', () => {
    const base: Record<string, KeyIngredient> = { input: 'aa', ...KEYED };
    const keys = Object.keys(base).map((name) => {
      const old = base[name];
      const changed = typeof old === 'number' ? old + 1 : `${String(old)}x`;
      return resultKey('restoration', { ...base, [name]: changed });
    });
    keys.push(resultKey('restoration', base), resultKey('metrics', base));
    expect(new Set(keys).size).toBe(Object.keys(base).length + 2);
  });
});

describe('the workspace', () => {
  test('comes back as it was left, cases in the order they were added', async () => {
    const storage = await open();
    const output = {
      method: 'gain',
      title: 'Gain',
      picture: storedPicture('restored.png'),
      origin: {
        kind: 'restored',
        settings: SETTINGS,
        modelTitle: 'Gain',
        seconds: 1,
        tiles: 2,
        adapter: 'A card',
        parity: 'agree',
        providerReason: 'Because.',
        warnings: [],
      },
    } as const;
    const outputs = { outputs: [output], shownMethod: 'gain' };
    const input = storedPicture('b.png');
    const second = { ...storedCase('b'), addedAt: 1, input, ...outputs };
    const first = { ...storedCase('z'), addedAt: 0, mask: storedPicture('m.png') };
    await storage.putCase(second);
    await storage.putCase(first);
    await storage.putCase({ ...storedCase('gone'), addedAt: 2 });
    await storage.deleteCase('gone');
    await storage.putCurrentCase('b');
    await storage.putSelectedModel('gain');
    await storage.putView({ smooth: true });
    expect(await (await open()).readWorkspace()).toEqual({
      cases: [first, second],
      currentCaseId: 'b',
      selectedModelId: 'gain',
      networks: new Map(),
      waiting: new Map(),
      remarks: new Map(),
      methods: [],
      view: { smooth: true },
      damaged: 0,
    });
  });

  test('the network of a metric comes back, until it is removed', async () => {
    const storage = await open();
    const network = { sha256: 'abc', bytes: 3, sources: [], warning: null };
    await storage.putNetwork('lpips', network, new Blob(['net']));
    const again = await open();
    expect((await again.readWorkspace()).networks).toEqual(new Map([['lpips', network]]));
    expect(await (await again.getFile('network', 'abc'))?.text()).toBe('net');
    expect((await again.usage()).byKind.network).toBe(3);
    await again.removeNetwork('lpips', 'abc');
    expect((await (await open()).readWorkspace()).networks.size).toBe(0);
    expect(await again.getFile('network', 'abc')).toBeNull();
  });

  test('a damaged record is left out and the others open', async () => {
    const storage = await open();
    await storage.putCase(storedCase('good'));
    await set('case/bad', { id: 'bad', stem: 'bad', input: 7 }, workspaceDatabase());
    const { cases, damaged } = await storage.readWorkspace();
    expect(cases.map((entry) => entry.id)).toEqual(['good']);
    expect(damaged).toBe(1);
  });

  test('two tabs do not overwrite each other’s cases', async () => {
    const [one, two] = [await open(), await open()];
    await one.putCase(storedCase('one'));
    await two.putCase(storedCase('two'));
    expect((await one.readWorkspace()).cases).toHaveLength(2);
  });
});

describe('the schema', () => {
  const workspaceV1 = {
    currentCaseId: 'c2',
    cases: [
      {
        id: 'c1',
        title: '001',
        input: storedPicture('001_input.png'),
        gt: storedPicture('001_gt.png'),
        mask: null,
        output: {
          picture: storedPicture('001_restored.png'),
          restoration: { settings: SETTINGS, modelTitle: 'Gain', seconds: 3, tiles: 4 },
        },
      },
      {
        id: 'c2',
        title: '002',
        input: storedPicture('002_input.png'),
        gt: null,
        mask: null,
        output: { picture: storedPicture('002_output.png'), restoration: null },
      },
    ],
  };

  test('version 1 is brought to today’s with nothing lost, once', async () => {
    await set('schemaVersion', 1, workspaceDatabase());
    await set('workspace', workspaceV1, workspaceDatabase());
    const storage = await open();
    const migrated = await storage.readWorkspace();
    expect(storage.trouble).toBeNull();
    expect(migrated.currentCaseId).toBe('c2');
    expect(migrated.cases).toMatchObject([
      {
        id: 'c1',
        stem: '001',
        gt: { name: '001_gt.png' },
        outputs: [
          {
            method: 'gain',
            title: 'Gain',
            origin: { kind: 'restored', settings: SETTINGS, seconds: 3, tiles: 4, adapter: null },
          },
        ],
        shownMethod: 'gain',
        pendingMethods: [],
      },
      {
        id: 'c2',
        stem: '002',
        gt: null,
        outputs: [{ method: 'output', title: 'output', origin: { kind: 'dropped' } }],
        shownMethod: 'output',
      },
    ]);
    expect(await get('schemaVersion', workspaceDatabase())).toBe(5);
    expect(await get('workspace', workspaceDatabase())).toBeUndefined();
    expect(await (await open()).readWorkspace()).toEqual(migrated);
  });

  test('version 2 gets its further regions, and no case is lost', async () => {
    const { regionMasks: _, rectangle: __, ...v3 } = caseOfVersion3('c1');
    await set('schemaVersion', 2, workspaceDatabase());
    await set('case/c1', { ...v3, input: storedPicture('001_input.png') }, workspaceDatabase());
    await set('currentCase', 'c1', workspaceDatabase());
    const { cases, damaged, currentCaseId } = await (await open()).readWorkspace();
    expect(cases).toEqual([{ ...storedCase('c1'), input: storedPicture('001_input.png') }]);
    expect([damaged, currentCaseId]).toEqual([0, 'c1']);
  });

  test('version 3 gets an output for each method; what was to be restored still is', async () => {
    const picture = storedPicture('001_output.png');
    const restored = { kind: 'restored', settings: SETTINGS, modelTitle: 'Gain', seconds: 1 };
    const cases = [
      { ...caseOfVersion3('c1'), output: { picture, origin: { kind: 'dropped' } } },
      { ...caseOfVersion3('c2'), output: { picture, origin: restored }, restorePending: true },
      { ...caseOfVersion3('c3'), restorePending: true },
    ];
    await set('schemaVersion', 3, workspaceDatabase());
    for (const entry of cases) await set(`case/${entry.id}`, entry, workspaceDatabase());
    await set('case/bad', { id: 'bad', stem: 7 }, workspaceDatabase());
    const workspace = await (await open()).readWorkspace();
    expect(workspace.damaged).toBe(1);
    const dropped = { method: 'output', title: 'output', picture, origin: { kind: 'dropped' } };
    const notes = { adapter: null, parity: null, providerReason: null, warnings: [] };
    const gain = { method: 'gain', title: 'Gain', picture, origin: { ...restored, ...notes } };
    expect(workspace.cases).toEqual([
      { ...storedCase('c1'), outputs: [dropped], shownMethod: 'output' },
      { ...storedCase('c2'), outputs: [gain], shownMethod: 'gain', pendingMethods: [null] },
      { ...storedCase('c3'), pendingMethods: [null] },
    ]);
  });

  test('data of a newer version is not touched, and the page is told', async () => {
    await set('schemaVersion', 99, workspaceDatabase());
    await set('case/future', { shape: 'unknown' }, workspaceDatabase());
    const before = await entries(workspaceDatabase());
    const storage = await open();
    expect(storage.trouble).toMatch(/newer version of Loupe/);
    await storage.putCase(storedCase('here'));
    await storage.clearAll();
    expect(await entries(workspaceDatabase())).toEqual(before);
  });
});

describe('a browser that stores nothing', () => {
  test('works in memory and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const storage = await open();
    expect(storage.trouble).toMatch(/does not let the page store/);
    await storage.putFile('picture', 'aa', new Blob(['x']));
    await storage.putCase(storedCase('one'));
    expect((await storage.getFile('picture', 'aa'))?.size).toBe(1);
    expect((await storage.readWorkspace()).cases).toHaveLength(1);
  });

  test('an IndexedDB that never answers is given up after the time-out', async () => {
    vi.stubGlobal('indexedDB', { open: () => ({}) });
    const storage = await openStorage({ quota: null, openTimeout: 20 });
    expect(storage.trouble).not.toBeNull();
  });
});

test('persistence is asked for once, after the first picture', async () => {
  let asked = 0;
  const quota: QuotaSource = {
    estimate: async () => ({ quota: 1000 }),
    persist: async () => {
      asked += 1;
      return true;
    },
    persisted: async () => asked > 0,
  };
  const storage = await open(quota);
  await storage.putFile('output', 'aa', new Blob(['x']));
  expect(await storage.usage()).toMatchObject({ quota: 1000, persisted: false });
  await storage.putFile('picture', 'aa', new Blob(['x']));
  await vi.waitFor(() => expect(asked).toBe(1));
  await storage.putFile('picture', 'bb', new Blob(['x']));
  const again = await open(quota);
  await again.putFile('picture', 'cc', new Blob(['x']));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(1);
  expect(await again.usage()).toMatchObject({ persisted: true });
});
