import type { Rgba8 } from '../core/image/types.ts';
import type { GpuPicture } from '../gpu/rows.ts';

/** Restored pictures that wait for their names; an older one that nobody named gives way. */
const MOST_UNNAMED = 2;

/** Where named pictures go. */
export type Adopt = (address: string, picture: GpuPicture) => void;

/**
 * Restored pictures that are still on the device: metrics read them there instead of having them
 * uploaded again. A picture's address is the hash of its file, which exists only after encoding; until
 * then it goes by a handle.
 */
export class DeviceOutputs {
  readonly #adopt: Adopt;
  readonly #unnamed = new Map<string, GpuPicture>();
  #count = 0;

  constructor(adopt: Adopt) {
    this.#adopt = adopt;
  }

  /** Takes the buffer over; its handle. */
  keep({ width, height }: Pick<Rgba8, 'width' | 'height'>, buffer: GPUBuffer): string {
    this.#count += 1;
    const handle = `output-${this.#count}`;
    this.#unnamed.set(handle, { width, height, buffer });
    for (const [oldest, picture] of this.#unnamed) {
      if (this.#unnamed.size <= MOST_UNNAMED) break;
      this.#unnamed.delete(oldest);
      picture.buffer.destroy();
    }
    return handle;
  }

  /** Hands the picture to the cache of the metrics; ignored where it is gone. */
  name(handle: string, address: string): void {
    const picture = this.#unnamed.get(handle);
    if (!picture) return;
    this.#unnamed.delete(handle);
    this.#adopt(address, picture);
  }
}
