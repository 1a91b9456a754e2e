import { FileStore } from './files.ts';
import type { FileKind } from './keys.ts';
import { indexedDbStore, type KeyValueStore, memoryStore } from './keyValue.ts';
import { filesOf, type StoredMethod } from './methodRecords.ts';
import type { QuotaSource } from './quota.ts';
import {
  isStoredCase,
  type StoredCase,
  type StoredNetwork,
  type StoredWaiting,
} from './records.ts';
import { ResultStore } from './results.ts';
import {
  CASE_PREFIX,
  CURRENT_CASE_KEY,
  METHOD_PREFIX,
  MODEL_KEY,
  migrate,
  NETWORK_PREFIX,
  PERSIST_ASKED_KEY,
  REMOVED_PREFIX,
  resetWorkspace,
  VIEW_KEY,
  WAITING_PREFIX,
} from './schema.ts';
import { readWorkspace, type StoredWorkspace } from './workspace.ts';

/**
 * Four databases, because idb-keyval keeps one object store in each:
 * - `<prefix>-workspace`: schema version, one record per case and per metric's
 *   network, current case, view, chosen model;
 * - `<prefix>-files`: Blobs under `kind/sha256…`;
 * - `<prefix>-ledger`: size and last use of every file, under the same keys;
 * - `<prefix>-results`: small records under `kind:{everything that produced them}`.
 * A file is written before the record that names it, so that no record ever points at nothing
 * because the page was closed in between.
 */
interface Databases {
  readonly workspace: KeyValueStore;
  readonly files: KeyValueStore;
  readonly ledger: KeyValueStore;
  readonly results: KeyValueStore;
}

interface StorageOptions {
  /** `navigator.storage`, where the browser has one. */
  readonly quota: QuotaSource | null;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly databasePrefix?: string;
  /** How long IndexedDB may take to open before the page goes on without it, in ms. */
  readonly openTimeout?: number;
}

interface StorageUsage {
  readonly bytes: number;
  readonly byKind: Readonly<Record<FileKind | 'result', number>>;
  readonly quota: number | null;
  readonly persisted: boolean;
}

/** Everything Loupe keeps. Methods that write reject with `StorageFullError` where nothing fits. */
export interface LoupeStorage {
  /** Why nothing outlives the page, as a sentence for the screen; null where it does. */
  readonly trouble: string | null;
  /** A user's file. The first one kept asks the browser, once, not to evict this site's data. */
  putFile(kind: FileKind, id: string, file: Blob): Promise<void>;
  getFile(kind: FileKind, id: string): Promise<Blob | null>;
  /** Forgets a file that turned out to be damaged. */
  removeFile(kind: FileKind, id: string): Promise<void>;
  putResult(key: string, value: object): Promise<void>;
  getResult(key: string): Promise<unknown>;
  readWorkspace(): Promise<StoredWorkspace>;
  putCase(entry: StoredCase): Promise<void>;
  /** The record alone: its files stay until they are released. */
  deleteCase(id: string): Promise<void>;
  /** Notes a case as it was before something was taken out of it, so that its files can be released. */
  setAside(id: string, before: StoredCase): Promise<void>;
  /** Forgets that a case was set aside: its files are shown again. */
  takeBack(id: string): Promise<void>;
  /** Deletes the files of what was set aside under this id (of all, without one) that nothing shows. */
  release(id?: string): Promise<void>;
  putCurrentCase(id: string | null): Promise<void>;
  putSelectedModel(id: string): Promise<void>;
  /** A metric's network, its file before the record that names it. */
  putNetwork(metric: string, network: StoredNetwork, file: Blob): Promise<void>;
  removeNetwork(metric: string, sha256: string): Promise<void>;
  /** A weight file that waits for another one; null: none does any more. */
  putWaiting(metric: string, waiting: StoredWaiting | null, file?: Blob): Promise<void>;
  /** A model or LUT file, its files (by their hash) before the record that names them. */
  putMethod(method: StoredMethod, files: ReadonlyMap<string, Blob>): Promise<void>;
  /** With its files, except those that another method needs. */
  removeMethod(method: StoredMethod): Promise<void>;
  putView(view: object): Promise<void>;
  usage(): Promise<StorageUsage>;
  clearAll(): Promise<void>;
}

const UNAVAILABLE =
  'This browser does not let the page store anything (a private window?): pictures and results ' +
  'are gone when the page is closed. Download what you want to keep.';
const NEWER =
  'The stored pictures were written by a newer version of Loupe and stay untouched; what you do ' +
  'in this tab is not kept. Reload the page to get the newer version.';

const allIn = (make: (name: string) => KeyValueStore): Databases => ({
  workspace: make('workspace'),
  files: make('files'),
  ledger: make('ledger'),
  results: make('results'),
});

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('IndexedDB did not open in time.')), milliseconds);
  });
  return await Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

async function openDatabases(
  prefix: string,
  timeout: number,
): Promise<{ databases: Databases; trouble: string | null }> {
  try {
    const databases = allIn((name) => indexedDbStore(`${prefix}-${name}`));
    const state = await within(migrate(databases.workspace), timeout);
    if (state === 'ready') return { databases, trouble: null };
    return { databases: allIn(memoryStore), trouble: NEWER };
  } catch {
    return { databases: allIn(memoryStore), trouble: UNAVAILABLE };
  }
}

async function measureUsage(
  results: ResultStore,
  files: FileStore,
  quota: QuotaSource | null,
): Promise<StorageUsage> {
  const byFile = await files.bytesByKind();
  const byKind = { ...byFile, result: await results.bytes() };
  const bytes = Object.values(byKind).reduce((sum, kind) => sum + kind, 0);
  const estimate = await quota?.estimate().catch(() => null);
  const persisted = (await quota?.persisted().catch(() => false)) ?? false;
  return { bytes, byKind, quota: estimate?.quota ?? null, persisted };
}

/** Opens the storage, migrating older data; falls back to memory (see `trouble`), never rejects. */
export async function openStorage(options: StorageOptions): Promise<LoupeStorage> {
  const { databasePrefix = 'loupe', openTimeout = 10_000, now = Date.now, quota } = options;
  const { databases, trouble } = await openDatabases(databasePrefix, openTimeout);
  const { workspace } = databases;
  const results = new ResultStore(databases.results);
  const files = new FileStore({
    files: databases.files,
    ledger: databases.ledger,
    now,
    giveWay: () => release(),
    openCases: async () => (await readWorkspace(workspace)).cases,
  });
  /** False where nothing was set aside. */
  async function release(id?: string): Promise<boolean> {
    const isMeant = (key: string) =>
      id === undefined ? key.startsWith(REMOVED_PREFIX) : key === REMOVED_PREFIX + id;
    const entries = await workspace.entries();
    const removed = entries.filter(([key]) => isMeant(key));
    if (removed.length === 0) return false;
    await workspace.change(
      [],
      removed.map(([key]) => key),
    );
    const left = entries.flatMap(([key, value]) =>
      !isMeant(key) && isStoredCase(value) ? [value] : [],
    );
    for (const [, before] of removed) {
      if (isStoredCase(before)) await files.removeShownBy(before, left);
    }
    return true;
  }

  const small = 4096;
  const keep = (key: string, value: unknown) =>
    files.withRoom(small, () => workspace.set(key, value));

  async function askToPersist(): Promise<void> {
    if (quota === null || trouble !== null) return;
    if ((await workspace.get(PERSIST_ASKED_KEY)) === true) return;
    await workspace.set(PERSIST_ASKED_KEY, true);
    await quota.persist();
  }

  return {
    trouble,
    async putFile(kind, id, file) {
      await files.put(kind, id, file);
      // A refusal changes nothing here, and Firefox waits for the user: do not wait with it.
      if (kind === 'picture') askToPersist().catch(() => undefined);
    },
    getFile: (kind, id) => files.get(kind, id),
    removeFile: (kind, id) => files.remove(kind, id),
    putResult: (key, value) => files.withRoom(small, () => results.put(key, value)),
    getResult: (key) => results.get(key),
    readWorkspace: () => readWorkspace(workspace),
    putCase: (entry) => keep(CASE_PREFIX + entry.id, entry),
    deleteCase: (id) => workspace.change([], [CASE_PREFIX + id]),
    setAside: (id, before) => keep(REMOVED_PREFIX + id, before),
    takeBack: (id) => workspace.change([], [REMOVED_PREFIX + id]),
    async release(id) {
      await release(id);
    },
    putCurrentCase: (id) => keep(CURRENT_CASE_KEY, id),
    putSelectedModel: (id) => keep(MODEL_KEY, id),
    async putNetwork(metric, network, file) {
      await files.put('network', network.sha256, file);
      await keep(NETWORK_PREFIX + metric, network);
      askToPersist().catch(() => undefined);
    },
    async removeNetwork(metric, sha256) {
      await workspace.change([], [NETWORK_PREFIX + metric]);
      await files.remove('network', sha256);
    },
    async putWaiting(metric, waiting, file) {
      const before = (await readWorkspace(workspace)).waiting.get(metric);
      if (waiting === null) await workspace.change([], [WAITING_PREFIX + metric]);
      else {
        if (file !== undefined) await files.put('weights', waiting.sha256, file);
        await keep(WAITING_PREFIX + metric, waiting);
      }
      if (before !== undefined && before.sha256 !== waiting?.sha256) {
        await files.remove('weights', before.sha256);
      }
    },
    async putMethod(method, blobs) {
      for (const [sha256, file] of blobs) await files.put('model', sha256, file);
      await keep(METHOD_PREFIX + method.id, method);
      askToPersist().catch(() => undefined);
    },
    async removeMethod(method) {
      await workspace.change([], [METHOD_PREFIX + method.id]);
      const { methods } = await readWorkspace(workspace);
      const needed = new Set(methods.flatMap(filesOf).map(({ sha256 }) => sha256));
      for (const { sha256 } of filesOf(method)) {
        if (!needed.has(sha256)) await files.remove('model', sha256);
      }
    },
    putView: (view) => keep(VIEW_KEY, view),
    usage: () => measureUsage(results, files, quota),
    async clearAll() {
      await files.clear();
      await results.clear();
      await resetWorkspace(workspace);
    },
  };
}
