import { sourceOf } from './keys.ts';
import type { KeyValueStore } from './keyValue.ts';
import { readMadePicture } from './records.ts';

const sizeOf = (key: string, value: unknown): number => key.length + JSON.stringify(value).length;

/** Small records by key; what they take is counted once and then kept up to date. */
export class ResultStore {
  readonly #store: KeyValueStore;
  /** Of this tab's writes since the first count; what another tab writes is counted at the next start. */
  #bytes: Promise<number> | null = null;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  get(key: string): Promise<unknown> {
    return this.#store.get(key);
  }

  /** SHA-256 of every picture that is remembered as made from one of these: outputs, mixtures, masks. */
  async madeFrom(pictures: ReadonlySet<string>): Promise<readonly string[]> {
    const all = pictures.size === 0 ? [] : await this.#store.entries();
    return all.flatMap(([key, value]) => {
      const source = sourceOf(key);
      if (source === null || !pictures.has(source)) return [];
      return readMadePicture(value)?.picture.sha256 ?? [];
    });
  }

  async put(key: string, value: object): Promise<void> {
    const counted = this.#bytes;
    const before = counted === null ? undefined : await this.#store.get(key);
    await this.#store.set(key, value);
    if (counted === null || counted !== this.#bytes) {
      // Counted while it was written: with or without it, nobody knows.
      this.#bytes = null;
      return;
    }
    const old = before === undefined ? 0 : sizeOf(key, before);
    this.#bytes = counted.then((bytes) => bytes + sizeOf(key, value) - old);
  }

  /** Bytes of all records as JSON. */
  bytes(): Promise<number> {
    this.#bytes ??= this.#store
      .entries()
      .then((all) => all.reduce((sum, [key, value]) => sum + sizeOf(key, value), 0));
    return this.#bytes;
  }

  async clear(): Promise<void> {
    await this.#store.clear();
    this.#bytes = null;
  }
}
