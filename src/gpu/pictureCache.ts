import type { Rgba8 } from '../core/image/types.ts';
import { uploadPicture } from './buffers.ts';
import type { GpuPicture } from './rows.ts';

interface Entry {
  readonly picture: GpuPicture;
  users: number;
}

/** A picture that stays on the GPU until it is released. */
export interface HeldPicture {
  readonly picture: GpuPicture;
  release(): void;
}

/**
 * Pictures that are used again and again, kept on the GPU by their content: the least recently used
 * go when the budget is exceeded, but never one that is in use.
 */
export class PictureCache {
  readonly #device: GPUDevice;
  readonly #budget: number;
  /** In order of use, the oldest first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** `budget` in bytes; pictures in use may exceed it for as long as they are. */
  constructor(device: GPUDevice, budget: number) {
    this.#device = device;
    this.#budget = budget;
  }

  /** Bytes of the pictures on the GPU. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The picture on the GPU, uploaded if it is not there yet; null where it alone exceeds the budget
   * or the largest buffer. `key` is the picture's content, for instance a hash of its pixels.
   */
  hold(key: string, picture: Rgba8): HeldPicture | null {
    const known = this.#entries.get(key);
    if (known === undefined && !this.#fits(picture)) return null;
    return this.#use(key, known ?? this.#upload(picture));
  }

  /** The picture where it is on the GPU already; null elsewhere. */
  find(key: string): HeldPicture | null {
    const known = this.#entries.get(key);
    return known === undefined ? null : this.#use(key, known);
  }

  /** Takes over a picture that was made on the GPU; frees it where one of this content is there. */
  adopt(key: string, picture: GpuPicture): void {
    if (this.#entries.has(key)) {
      picture.buffer.destroy();
      return;
    }
    this.#bytes += picture.buffer.size;
    this.#entries.set(key, { picture, users: 0 });
    this.#evict();
  }

  /** Frees everything that is not in use. */
  clear(): void {
    this.#evictDownTo(0);
  }

  #use(key: string, entry: Entry): HeldPicture {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    this.#evict();
    let held = true;
    return {
      picture: entry.picture,
      release: () => {
        if (held) entry.users -= 1;
        held = false;
        this.#evict();
      },
    };
  }

  #fits({ data }: Rgba8): boolean {
    return data.byteLength <= Math.min(this.#budget, this.#device.limits.maxBufferSize);
  }

  #upload(picture: Rgba8): Entry {
    const buffer = uploadPicture(this.#device, 'kept picture', picture);
    this.#bytes += buffer.size;
    return { picture: { width: picture.width, height: picture.height, buffer }, users: 0 };
  }

  #evict(): void {
    this.#evictDownTo(this.#budget);
  }

  #evictDownTo(bytes: number): void {
    for (const [key, { picture, users }] of this.#entries) {
      if (this.#bytes <= bytes) return;
      if (users > 0) continue;
      this.#entries.delete(key);
      this.#bytes -= picture.buffer.size;
      picture.buffer.destroy();
    }
  }
}
