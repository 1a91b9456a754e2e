import { type FileKind, fileKey, kindOf } from './keys.ts';
import type { KeyValueStore } from './keyValue.ts';
import { isQuotaError, StorageFullError } from './quota.ts';
import type { StoredCase, StoredPicture } from './records.ts';

interface LedgerEntry {
  readonly bytes: number;
  /** Milliseconds since 1970 of the last write or read. */
  readonly usedAt: number;
}

/** A file of the last minute may belong to a case that is about to be written: it stays. In ms. */
const FRESH = 60_000;

interface FileStoreParts {
  readonly files: KeyValueStore;
  /** Sizes and times of use, so that neither counting nor evicting has to open a file. */
  readonly ledger: KeyValueStore;
  readonly now: () => number;
  /** Deletes what is kept only to be put back; false where there is none. */
  readonly giveWay: () => Promise<boolean>;
  /** The cases that are open: nothing they show is evicted. */
  readonly openCases: () => Promise<readonly StoredCase[]>;
  /** SHA-256 of every picture that is remembered as made from one of these. */
  readonly madeFrom: (pictures: ReadonlySet<string>) => Promise<readonly string[]>;
}

function isLedgerEntry(value: unknown): value is LedgerEntry {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'usedAt' in value;
}

/** What an edited mask goes back to stays with it. */
const withOriginal = (picture: StoredPicture | null): readonly (StoredPicture | null)[] =>
  picture?.origin?.kind === 'edited' ? [picture, picture.origin.original] : [picture];

/** SHA-256 of every picture an open case shows; whatever was drawn from them has it in its key. */
function shownBy(cases: readonly StoredCase[]): string[] {
  return cases
    .flatMap((entry) => [
      entry.input,
      entry.gt,
      ...withOriginal(entry.mask),
      ...entry.outputs.flatMap(({ picture, mix }) => [picture, mix?.plain ?? null]),
      ...Object.values(entry.regionMasks).flatMap(withOriginal),
    ])
    .flatMap((picture) => (picture === null ? [] : [picture.sha256]));
}

/** What the user brought besides pictures: it stays until it is removed. */
const BROUGHT: readonly FileKind[] = ['network', 'weights', 'model'];

/**
 * Keys that may be dropped, first one first: what can be made again before pictures, the least
 * recently used before others. Nothing of an open case is among them, and no model, network or
 * weights: what was there stays.
 */
async function evictionOrder(
  parts: FileStoreParts,
): Promise<Array<{ key: string; bytes: number }>> {
  const shown = shownBy(await parts.openCases());
  const newest = parts.now() - FRESH;
  const mayGo = (key: string, entry: LedgerEntry): boolean =>
    !BROUGHT.some((kind) => kind === kindOf(key)) &&
    entry.usedAt <= newest &&
    !shown.some((sha256) => key.includes(`/${sha256}`));
  const rank = (key: string): number => (kindOf(key) === 'picture' ? 1 : 0);
  return (await parts.ledger.entries())
    .flatMap(([key, value]) =>
      isLedgerEntry(value) && mayGo(key, value) ? [{ key, ...value }] : [],
    )
    .sort((a, b) => rank(a.key) - rank(b.key) || a.usedAt - b.usedAt);
}

/** Files by content address, with the least recently used of what can be made again giving way. */
export class FileStore {
  private readonly parts: FileStoreParts;
  /** Files that did not fit: they live as long as the page. */
  private readonly unsaved = new Map<string, Blob>();

  constructor(parts: FileStoreParts) {
    this.parts = parts;
  }

  /**
   * Keeps a file. Where nothing more fits it is held in memory until the page closes, and the
   * promise rejects with `StorageFullError`.
   */
  async put(kind: FileKind, id: string, file: Blob): Promise<void> {
    const { files, ledger, now } = this.parts;
    const key = fileKey(kind, id);
    const entry: LedgerEntry = { bytes: file.size, usedAt: now() };
    const there = await files.get(key).catch(() => undefined);
    const known = there instanceof Blob && there.size === file.size;
    try {
      await this.withRoom(file.size, async () => {
        // The ledger first: a file that is not counted could never be evicted.
        await ledger.set(key, entry);
        if (!known) await files.set(key, file);
      });
      this.unsaved.delete(key);
    } catch (error) {
      if (error instanceof StorageFullError) {
        this.unsaved.set(key, file);
        await ledger.change([], [key]).catch(() => undefined);
      }
      throw error;
    }
  }

  /** Null where it was never kept, was evicted, or cannot be read. */
  async get(kind: FileKind, id: string): Promise<Blob | null> {
    const { files, ledger, now } = this.parts;
    const key = fileKey(kind, id);
    const held = this.unsaved.get(key);
    if (held !== undefined) return held;
    const file = await files.get(key).catch(() => undefined);
    if (!(file instanceof Blob)) return null;
    // Only a hint for eviction: a full disk must not keep a file from being read.
    await ledger.set(key, { bytes: file.size, usedAt: now() }).catch(() => undefined);
    return file;
  }

  /** Forgets a file, e.g. one that turned out to be damaged. */
  async remove(kind: FileKind, id: string): Promise<void> {
    this.unsaved.delete(fileKey(kind, id));
    await this.drop([fileKey(kind, id)]);
  }

  /**
   * Runs a write; where the storage is full, makes room and tries again. Rejects with
   * `StorageFullError` where nothing is left that could give way.
   */
  async withRoom(bytes: number, write: () => Promise<void>): Promise<void> {
    // Twice the need at first, then all there is: browsers count freed space late.
    for (const wanted of [bytes * 2, Number.POSITIVE_INFINITY]) {
      try {
        return await write();
      } catch (error) {
        if (!isQuotaError(error)) throw error;
        if (!(await this.evict(wanted))) break;
      }
    }
    try {
      await write();
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      throw new StorageFullError('The storage of this browser is full.', { cause: error });
    }
  }

  async bytesByKind(): Promise<Record<FileKind, number>> {
    const sums = {
      picture: 0,
      output: 0,
      overlay: 0,
      thumbnail: 0,
      network: 0,
      weights: 0,
      model: 0,
    };
    for (const [key, value] of await this.parts.ledger.entries()) {
      const kind = kindOf(key);
      if (kind !== null && isLedgerEntry(value)) sums[kind] += value.bytes;
    }
    return sums;
  }

  async clear(): Promise<void> {
    this.unsaved.clear();
    await this.parts.files.clear();
    await this.parts.ledger.clear();
  }

  /**
   * Deletes the files that removed cases showed and that none of the others shows, and what was made
   * from them and gave way to something else since: superseded mixtures, outputs and masks.
   */
  async removeShownBy(
    removed: readonly StoredCase[],
    others: readonly StoredCase[],
  ): Promise<void> {
    const still = new Set(shownBy(others));
    const isFree = (sha256: string) => !still.has(sha256);
    const shown = shownBy(removed).filter(isFree);
    const made = await this.parts.madeFrom(new Set(shown));
    const gone = [...new Set([...shown, ...made.filter(isFree)])];
    const isGone = (key: string) => gone.some((sha256) => key.includes(`/${sha256}`));
    for (const key of [...this.unsaved.keys()].filter(isGone)) this.unsaved.delete(key);
    const kept = (await this.parts.ledger.entries()).map(([key]) => key);
    await this.drop(kept.filter(isGone));
  }

  private async drop(keys: readonly string[]): Promise<void> {
    await this.parts.files.change([], keys);
    await this.parts.ledger.change([], keys);
  }

  /** Drops at least `bytes`, or everything that may go; false where nothing could go. */
  private async evict(bytes: number): Promise<boolean> {
    if (await this.parts.giveWay()) return true;
    const keys: string[] = [];
    let freed = 0;
    for (const candidate of await evictionOrder(this.parts)) {
      if (freed >= bytes) break;
      keys.push(candidate.key);
      freed += candidate.bytes;
    }
    if (keys.length > 0) await this.drop(keys);
    return keys.length > 0;
  }
}
