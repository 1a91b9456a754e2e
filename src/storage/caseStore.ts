import type { FileStore } from './files.ts';
import type { KeyValueStore } from './keyValue.ts';
import { isStoredCase, type StoredCase } from './records.ts';
import { CASE_PREFIX, REMARKS_PREFIX, REMOVED_PREFIX } from './schema.ts';

/** Cases, and those that something was taken out of. */
export interface CaseStore {
  putCase(entry: StoredCase): Promise<void>;
  /** The record alone: its files stay until they are released. */
  deleteCase(id: string): Promise<void>;
  /** Changes what was said of a case, which may be nothing yet, in one transaction. */
  changeRemarks(id: string, change: (now: unknown) => unknown): Promise<void>;
  /** What was said of cases is forgotten. */
  deleteRemarks(ids: readonly string[]): Promise<void>;
  /** Notes a case as it was before something was taken out of it, so that its files can be released. */
  setAside(id: string, before: StoredCase): Promise<void>;
  /** Forgets that a case was set aside: its files are shown again. */
  takeBack(id: string): Promise<void>;
  /** The ids under which something is set aside. */
  setAsideIds(): Promise<readonly string[]>;
  /** Deletes the files of what was set aside under these ids that nothing shows. */
  release(ids: readonly string[]): Promise<void>;
}

/** Where records and files are kept. */
export interface StoreParts {
  readonly workspace: KeyValueStore;
  readonly files: FileStore;
  /** Writes a record, making room for it. */
  readonly keep: (key: string, value: unknown) => Promise<void>;
  /** The same with what is there already. */
  readonly update: (key: string, change: (now: unknown) => unknown) => Promise<void>;
}

/** Deletes the files of what was set aside (under these ids, or all) that nothing shows; false where nothing was. */
export async function release(
  workspace: KeyValueStore,
  files: FileStore,
  ids?: readonly string[],
): Promise<boolean> {
  const keys = ids && new Set(ids.map((id) => REMOVED_PREFIX + id));
  const isMeant = (key: string) =>
    keys === undefined ? key.startsWith(REMOVED_PREFIX) : keys.has(key);
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
  const before = removed.flatMap(([, value]) => (isStoredCase(value) ? [value] : []));
  await files.removeShownBy(before, left);
  return true;
}

/** See `CaseStore`. */
export function caseStore({ workspace, files, keep, update }: StoreParts): CaseStore {
  return {
    putCase: (entry) => keep(CASE_PREFIX + entry.id, entry),
    deleteCase: (id) => workspace.change([], [CASE_PREFIX + id]),
    changeRemarks: (id, change) => update(REMARKS_PREFIX + id, change),
    deleteRemarks: (ids) =>
      workspace.change(
        [],
        ids.map((id) => REMARKS_PREFIX + id),
      ),
    setAside: (id, before) => keep(REMOVED_PREFIX + id, before),
    takeBack: (id) => workspace.change([], [REMOVED_PREFIX + id]),
    async setAsideIds() {
      const keys = (await workspace.entries()).map(([key]) => key);
      return keys.flatMap((key) =>
        key.startsWith(REMOVED_PREFIX) ? [key.slice(REMOVED_PREFIX.length)] : [],
      );
    },
    async release(ids) {
      await release(workspace, files, ids);
    },
  };
}
