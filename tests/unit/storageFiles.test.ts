import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LoupeStorage, openStorage } from '../../src/storage/openStorage.ts';
import { StorageFullError } from '../../src/storage/quota.ts';
import { storedCase, storedPicture } from '../helpers/appRecords.ts';

const MINUTE = 60_000;

/** Makes every write to the files database fail that would bring it over `capacity` bytes. */
function limitFilesTo(capacity: number): void {
  const sizes = new Map<IDBValidKey, number>();
  const put = IDBObjectStore.prototype.put;
  const remove = IDBObjectStore.prototype.delete;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value: unknown,
    key?: IDBValidKey,
  ) {
    if (value instanceof Blob && key !== undefined) {
      const others = [...sizes].filter(([name]) => name !== key);
      const used = others.reduce((sum, [, bytes]) => sum + bytes, 0);
      if (used + value.size > capacity) throw new DOMException('Full.', 'QuotaExceededError');
      sizes.set(key, value.size);
    }
    return put.call(this, value, key);
  });
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
    this: IDBObjectStore,
    key: IDBValidKey | IDBKeyRange,
  ) {
    if (!(key instanceof IDBKeyRange)) sizes.delete(key);
    return remove.call(this, key);
  });
}

const blob = (bytes: number, fill = 1): Blob => new Blob([new Uint8Array(bytes).fill(fill)]);

describe('files by content address', () => {
  let clock = 0;
  const open = (): Promise<LoupeStorage> =>
    openStorage({ quota: null, now: () => clock, databasePrefix: 'loupe' });

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    clock = 1_000_000;
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('a file comes back byte for byte after the storage is opened again', async () => {
    const first = await open();
    await first.putFile('picture', 'aa', new Blob([Uint8Array.of(1, 2, 3)], { type: 'image/png' }));
    const again = await open();
    const file = await again.getFile('picture', 'aa');
    expect(file?.type).toBe('image/png');
    expect([...new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))]).toEqual([
      1, 2, 3,
    ]);
    expect(await again.getFile('output', 'aa')).toBeNull();
    expect(await again.getFile('picture', 'bb')).toBeNull();
  });

  test('use is counted by kind and is zero after everything was cleared', async () => {
    const storage = await open();
    await storage.putFile('picture', 'aa', blob(100));
    await storage.putFile('picture', 'aa', blob(100));
    await storage.putFile('output', 'bb', blob(30));
    await storage.putFile('overlay', 'cc/tint', blob(7));
    await storage.putResult('metrics:{}', { values: 1 });
    const { bytes, byKind } = await storage.usage();
    expect(byKind).toMatchObject({ picture: 100, output: 30, overlay: 7, thumbnail: 0 });
    expect(byKind.result).toBeGreaterThan(0);
    expect(bytes).toBe(137 + byKind.result);
    await storage.clearAll();
    expect((await storage.usage()).bytes).toBe(0);
    expect(await storage.getFile('picture', 'aa')).toBeNull();
    expect(await (await open()).readWorkspace()).toMatchObject({ cases: [] });
  });

  test('a full storage drops what can be made again, the least recently used first', async () => {
    limitFilesTo(130);
    const storage = await open();
    await storage.putFile('picture', 'closed', blob(40));
    clock += 1;
    await storage.putFile('output', 'old', blob(40));
    clock += 1;
    await storage.putFile('output', 'newer', blob(40));
    clock += MINUTE;
    await storage.getFile('output', 'old');
    clock += MINUTE;
    await storage.putFile('picture', 'new', blob(20));
    expect(await storage.getFile('output', 'newer')).toBeNull();
    expect(await storage.getFile('output', 'old')).not.toBeNull();
    expect(await storage.getFile('picture', 'closed')).not.toBeNull();
    expect(await storage.getFile('picture', 'new')).not.toBeNull();
  });

  test('nothing of an open case is dropped; the file that did not fit lives until the page closes', async () => {
    limitFilesTo(60);
    const storage = await open();
    const picture = { ...storedPicture('shown.png'), sha256: 'shown' };
    await storage.putFile('picture', 'shown', blob(40));
    await storage.putFile('thumbnail', 'shown', blob(5));
    await storage.putCase({ ...storedCase('one'), input: picture });
    clock += 10 * MINUTE;
    await expect(storage.putFile('picture', 'big', blob(70))).rejects.toThrow(StorageFullError);
    expect((await storage.getFile('picture', 'big'))?.size).toBe(70);
    expect((await storage.usage()).byKind.picture).toBe(40);
    vi.restoreAllMocks();
    const again = await open();
    expect(await again.getFile('picture', 'big')).toBeNull();
    expect(await again.getFile('picture', 'shown')).not.toBeNull();
    expect(await again.getFile('thumbnail', 'shown')).not.toBeNull();
  });

  test('a file of the last minute stays: its case may be about to be written', async () => {
    limitFilesTo(60);
    const storage = await open();
    await storage.putFile('output', 'just made', blob(40));
    clock += MINUTE - 1;
    await expect(storage.putFile('output', 'more', blob(40))).rejects.toThrow(StorageFullError);
    clock += 1;
    await storage.putFile('output', 'more', blob(40));
    expect(await storage.getFile('output', 'just made')).toBeNull();
  });

  test('the network of a metric, which nobody can make again, is never dropped', async () => {
    limitFilesTo(10);
    const storage = await open();
    const network = { sha256: 'net', bytes: 6, sources: [], warning: null };
    await storage.putNetwork('lpips', network, blob(6));
    clock += 2 * MINUTE;
    await expect(storage.putFile('picture', 'aa', blob(6))).rejects.toBeInstanceOf(
      StorageFullError,
    );
    expect((await (await open()).getFile('network', 'net'))?.size).toBe(6);
  });

  test('closing a case makes room at once', async () => {
    limitFilesTo(60);
    const storage = await open();
    await storage.putFile('picture', 'shown', blob(40));
    const input = { ...storedPicture('shown.png'), sha256: 'shown' };
    const one = { ...storedCase('one'), input };
    await storage.putCase(one);
    await expect(storage.putFile('picture', 'next', blob(50))).rejects.toThrow(StorageFullError);
    await storage.deleteCase('one');
    await storage.setAside('removal', one);
    expect(await storage.getFile('picture', 'shown')).not.toBeNull();
    await storage.putFile('picture', 'next', blob(50));
    expect(await storage.getFile('picture', 'shown')).toBeNull();
    expect(await (await open()).getFile('picture', 'next')).not.toBeNull();
  });

  test('another error than a full storage is passed on as it is', async () => {
    const storage = await open();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Broken.', 'DataError');
    });
    await expect(storage.putFile('picture', 'aa', blob(1))).rejects.toThrow('Broken.');
  });
});
