import type { ExifFacts } from '../core/dataset/exifAttributes.ts';
import { indexedDbStore, type KeyValueStore, memoryStore } from './keyValue.ts';
import { isQuotaError, StorageFullError } from './quota.ts';

/*
 * What the bench keeps, in two databases of its own: small records, and files (or the handles by
 * which the browser comes back to them). A set of thousands of files never has to be read whole.
 */

/** A file of the set. */
export interface StoredBenchFile {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970: with the size, what tells that a file has changed. */
  readonly modified: number;
  readonly kept: 'handle' | 'copied';
  readonly size: readonly [number, number] | null;
  /** Why it is no picture, as a sentence; null where nothing is known against it. */
  readonly trouble: string | null;
  /** What the camera wrote into it; null where it wrote nothing, absent where nobody has looked. */
  readonly exif?: ExifFacts | null;
  /** Present on what a method made here: of which case, and everything it was made from. */
  readonly made?: { readonly method: string; readonly caseId: string; readonly from: string };
  /** Present on a person mask that a network found here: of which case, and what in. */
  readonly automatic?: {
    readonly caseId: string;
    readonly modelTitle: string;
    readonly modelSha256: string;
    /** The picture's hash. */
    readonly from: string;
  };
}

/** The numbers of one output. Valid as long as its stamp is what produced them. */
export interface StoredBenchScores {
  readonly stamp: string;
  /** By column id; null is "no value". */
  readonly values: Readonly<Record<string, number | null>>;
  /** What the reader of a number must know, by column id; absent where nothing. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly backend: 'wgsl' | 'reference';
}

/** Everything else of the set, as it was given to `putSettings`; the reader checks it. */
export interface BenchContents {
  readonly files: readonly StoredBenchFile[];
  /** By `scoreKey`. */
  readonly scores: ReadonlyMap<string, StoredBenchScores>;
  readonly settings: unknown;
  /** What was said of each case, by its id; the reader checks it. */
  readonly remarks: ReadonlyMap<string, unknown>;
  /** Tables that were brought in, by id, as text. */
  readonly imports: ReadonlyMap<string, unknown>;
}

export interface BenchStorage {
  /** False where nothing outlives the page. */
  readonly lasts: boolean;
  read(): Promise<BenchContents>;
  /** The file or its handle before the record that names it. @throws {StorageFullError} */
  putFiles(
    files: readonly {
      readonly record: StoredBenchFile;
      readonly data: Blob | FileSystemFileHandle;
    }[],
  ): Promise<void>;
  /** The record alone. */
  updateFiles(records: readonly StoredBenchFile[]): Promise<void>;
  removeFiles(ids: readonly string[]): Promise<void>;
  getFile(id: string): Promise<Blob | FileSystemFileHandle | null>;
  putScores(scores: ReadonlyMap<string, StoredBenchScores>): Promise<void>;
  removeScores(keys: readonly string[]): Promise<void>;
  putSettings(settings: object): Promise<void>;
  /** Changes what was said of a case, which may be nothing yet, in one transaction. */
  changeRemarks(caseId: string, change: (now: unknown) => unknown): Promise<void>;
  putImport(id: string, value: object | null): Promise<void>;
  clear(): Promise<void>;
}

const FILE = 'file/';
const SCORES = 'scores/';
const IMPORT = 'import/';
const REMARKS = 'remarks/';
const SETTINGS = 'settings';

/** Where the scores of a method's output for a case are kept. */
export const scoreKey = (caseId: string, method: string): string =>
  JSON.stringify([caseId, method]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isFile(value: unknown): value is StoredBenchFile {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.path === 'string' &&
    typeof value.bytes === 'number' &&
    typeof value.modified === 'number'
  );
}

function isScores(value: unknown): value is StoredBenchScores {
  return isObject(value) && typeof value.stamp === 'string' && isObject(value.values);
}

async function writing(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!isQuotaError(error)) throw error;
    throw new StorageFullError('The storage of this browser is full.', { cause: error });
  }
}

function open(records: KeyValueStore, files: KeyValueStore, lasts: boolean): BenchStorage {
  const putAll = (entries: ReadonlyArray<readonly [string, unknown]>) =>
    writing(() => records.change(entries, []));
  return {
    lasts,
    async read() {
      const entries = await records.entries();
      const under = <T>(prefix: string, is: (value: unknown) => value is T): Array<[string, T]> =>
        entries.flatMap(
          ([key, value]): Array<[string, T]> =>
            key.startsWith(prefix) && is(value) ? [[key.slice(prefix.length), value]] : [],
        );
      return {
        files: under(FILE, isFile).map(([, file]) => file),
        scores: new Map(under(SCORES, isScores)),
        settings: new Map(entries).get(SETTINGS) ?? null,
        remarks: new Map(under(REMARKS, isObject)),
        imports: new Map(under(IMPORT, isObject)),
      };
    },
    async putFiles(added) {
      await writing(() =>
        files.change(
          added.map(({ record, data }) => [record.id, data]),
          [],
        ),
      );
      await putAll(added.map(({ record }) => [FILE + record.id, record]));
    },
    updateFiles: (changed) => putAll(changed.map((record) => [FILE + record.id, record])),
    async removeFiles(ids) {
      await records.change(
        [],
        ids.map((id) => FILE + id),
      );
      await files.change([], ids);
    },
    async getFile(id) {
      const data = await files.get(id).catch(() => undefined);
      if (data instanceof Blob) return data;
      // Named by its method: where the browser has no such class there is no such handle.
      return isObject(data) && 'getFile' in data ? (data as unknown as FileSystemFileHandle) : null;
    },
    putScores: (scores) => putAll([...scores].map(([key, value]) => [SCORES + key, value])),
    removeScores: (keys) =>
      records.change(
        [],
        keys.map((key) => SCORES + key),
      ),
    putSettings: (settings) => putAll([[SETTINGS, settings]]),
    changeRemarks: (caseId, change) => writing(() => records.update(REMARKS + caseId, change)),
    putImport: (id, value) =>
      value === null ? records.change([], [IMPORT + id]) : putAll([[IMPORT + id, value]]),
    async clear() {
      await records.clear();
      await files.clear();
    },
  };
}

/** Opens what the bench kept; in memory where the browser keeps nothing. */
export async function openBenchStorage(databasePrefix = 'loupe'): Promise<BenchStorage> {
  try {
    const records = indexedDbStore(`${databasePrefix}-bench`);
    const files = indexedDbStore(`${databasePrefix}-bench-files`);
    await records.get(SETTINGS);
    await files.get(SETTINGS);
    return open(records, files, true);
  } catch {
    return open(memoryStore(), memoryStore(), false);
  }
}
