import { type BroughtStore, broughtStore } from './broughtStore.ts';
import { type CaseStore, caseStore, release } from './caseStore.ts';
import { FileStore } from './files.ts';
import type { FileKind } from './keys.ts';
import { indexedDbStore, type KeyValueStore, memoryStore } from './keyValue.ts';
import type { QuotaSource } from './quota.ts';
import { ResultStore } from './results.ts';
import {
  CURRENT_CASE_KEY,
  MODEL_KEY,
  migrate,
  PERSIST_ASKED_KEY,
  resetWorkspace,
  VIEW_KEY,
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
export interface LoupeStorage extends CaseStore, BroughtStore {
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
  putCurrentCase(id: string | null): Promise<void>;
  putSelectedModel(id: string): Promise<void>;
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
    const { workspace, files, ledger, results } = databases;
    // Each opens with its first question; one that stays shut would hold up whatever asks it later.
    const asked = [files, ledger, results].map((database) => database.get(''));
    const [state] = await within(Promise.all([migrate(workspace), ...asked]), timeout);
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

/** Asks the browser, once, not to evict this site's data. */
async function askToPersist(workspace: KeyValueStore, quota: QuotaSource | null): Promise<void> {
  if (quota === null || (await workspace.get(PERSIST_ASKED_KEY)) === true) return;
  await workspace.set(PERSIST_ASKED_KEY, true);
  await quota.persist();
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
    giveWay: () => release(workspace, files),
    openCases: async () => (await readWorkspace(workspace)).cases,
    madeFrom: (pictures) => results.madeFrom(pictures),
  });
  const small = 4096;
  const keep = (key: string, value: unknown) =>
    files.withRoom(small, () => workspace.set(key, value));
  const update = (key: string, change: (now: unknown) => unknown) =>
    files.withRoom(small, () => workspace.update(key, change));
  const parts = { workspace, files, keep, update };

  // A refusal changes nothing here, and Firefox waits for the user: do not wait with it.
  const ask = () => {
    if (trouble === null) askToPersist(workspace, quota).catch(() => undefined);
  };

  return {
    trouble,
    async putFile(kind, id, file) {
      await files.put(kind, id, file);
      if (kind === 'picture') ask();
    },
    getFile: (kind, id) => files.get(kind, id),
    removeFile: (kind, id) => files.remove(kind, id),
    putResult: (key, value) => files.withRoom(small, () => results.put(key, value)),
    getResult: (key) => results.get(key),
    readWorkspace: () => readWorkspace(workspace),
    ...caseStore(parts),
    ...broughtStore(parts, ask),
    putCurrentCase: (id) => keep(CURRENT_CASE_KEY, id),
    putSelectedModel: (id) => keep(MODEL_KEY, id),
    putView: (view) => keep(VIEW_KEY, view),
    usage: () => measureUsage(results, files, quota),
    async clearAll() {
      await files.clear();
      await results.clear();
      await resetWorkspace(workspace);
    },
  };
}
