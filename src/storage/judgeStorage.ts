import { indexedDbStore, type KeyValueStore, memoryStore } from './keyValue.ts';

/*
 * What judging keeps, in two databases of its own: studies, keys and votes as records that the reader
 * checks, and pictures under their hashes.
 */
export interface JudgeStorage {
  /** False where nothing outlives the page. */
  readonly lasts: boolean;
  /** All records by key. */
  records(): Promise<ReadonlyMap<string, unknown>>;
  /** One record as it is now: another tab may have written it. */
  read(key: string): Promise<unknown>;
  put(key: string, value: object): Promise<void>;
  /** Reads and writes in one go: what another tab wrote in between is not lost. */
  update(key: string, change: (now: unknown) => object): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  putPicture(sha256: string, picture: Blob): Promise<void>;
  picture(sha256: string): Promise<Blob | null>;
  /** Hashes of all pictures that are stored. */
  pictures(): Promise<ReadonlySet<string>>;
  removePictures(hashes: readonly string[]): Promise<void>;
}

const PROBE = 'probe';

function open(records: KeyValueStore, pictures: KeyValueStore, lasts: boolean): JudgeStorage {
  return {
    lasts,
    records: async () => new Map(await records.entries()),
    read: (key) => records.get(key),
    put: (key, value) => records.set(key, value),
    update: (key, change) => records.update(key, change),
    remove: (keys) => records.change([], keys),
    putPicture: (sha256, picture) => pictures.set(sha256, picture),
    async picture(sha256) {
      const found = await pictures.get(sha256).catch(() => undefined);
      return found instanceof Blob ? found : null;
    },
    pictures: async () => new Set(await pictures.keys()),
    removePictures: (hashes) => pictures.change([], hashes),
  };
}

/** Opens what judging kept; in memory where the browser keeps nothing. */
export async function openJudgeStorage(databasePrefix = 'loupe'): Promise<JudgeStorage> {
  try {
    const records = indexedDbStore(`${databasePrefix}-judge`);
    const pictures = indexedDbStore(`${databasePrefix}-judge-files`);
    await records.get(PROBE);
    await pictures.get(PROBE);
    return open(records, pictures, true);
  } catch {
    return open(memoryStore(), memoryStore(), false);
  }
}
