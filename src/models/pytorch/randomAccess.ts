import { CheckpointError } from './checkpointError.ts';

/**
 * A file that is read in pieces, so that a checkpoint of hundreds of megabytes is never held at once.
 * In Node, over a `FileHandle` from `node:fs/promises`:
 * `{ size: (await handle.stat()).size, read: async (at, n) => { const b = new Uint8Array(n);
 * const { bytesRead } = await handle.read(b, 0, n, at); return b.subarray(0, bytesRead); } }`.
 */
export interface RandomAccess {
  /** Bytes in the file. */
  readonly size: number;
  /** The bytes from `offset`, `length` of them or fewer where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Pieces of a browser's `File` or any `Blob`. */
export function blobAccess(blob: Blob): RandomAccess {
  return {
    size: blob.size,
    read: async (offset, length) =>
      new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/**
 * Exactly `length` bytes.
 * @throws {CheckpointError} where the file ends earlier
 */
export async function readExactly(
  file: RandomAccess,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const inside = offset >= 0 && length >= 0 && offset + length <= file.size;
  const bytes = inside ? await file.read(offset, length) : null;
  if (bytes?.length !== length) {
    throw new CheckpointError('it is cut short: the download may not have finished');
  }
  return bytes;
}
