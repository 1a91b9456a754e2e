import { clear, createStore, entries, get, keys, promisifyRequest, set, update } from 'idb-keyval';

/**
 * One flat store of string keys. idb-keyval gives a database one object store, so every kind of data
 * that is cleared or listed apart has a database of its own (see `openStorage.ts`).
 */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  /** Reads and writes in one transaction: what another tab wrote in between is not lost. */
  update(key: string, change: (now: unknown) => unknown): Promise<void>;
  /** Puts and deletes in one transaction: all of it happens or nothing. */
  change(
    puts: ReadonlyArray<readonly [string, unknown]>,
    deletes: readonly string[],
  ): Promise<void>;
  keys(): Promise<string[]>;
  entries(): Promise<Array<[string, unknown]>>;
  clear(): Promise<void>;
}

/** A store in IndexedDB. Every method rejects (never throws) where IndexedDB is not to be had. */
export function indexedDbStore(database: string): KeyValueStore {
  const store = createStore(database, 'entries');
  return {
    get: async (key) => await get<unknown>(key, store),
    set: async (key, value) => await set(key, value, store),
    update: async (key, change) => await update<unknown>(key, change, store),
    change: async (puts, deletes) =>
      await store('readwrite', (objects) => {
        for (const [key, value] of puts) objects.put(value, key);
        for (const key of deletes) objects.delete(key);
        return promisifyRequest(objects.transaction);
      }),
    keys: async () => await keys<string>(store),
    entries: async () => await entries<string, unknown>(store),
    clear: async () => await clear(store),
  };
}

/** The stand-in for a browser without IndexedDB (private windows): lives as long as the page. */
export function memoryStore(): KeyValueStore {
  const map = new Map<string, unknown>();
  return {
    get: async (key) => map.get(key),
    set: async (key, value) => {
      map.set(key, value);
    },
    update: async (key, change) => {
      map.set(key, change(map.get(key)));
    },
    change: async (puts, deletes) => {
      for (const [key, value] of puts) map.set(key, value);
      for (const key of deletes) map.delete(key);
    },
    keys: async () => [...map.keys()],
    entries: async () => [...map],
    clear: async () => map.clear(),
  };
}
