import { CheckpointError } from './checkpointError.ts';
import { EndOfBytes, makeCursor } from './cursor.ts';
import { readPickle } from './pickle.ts';
import type { PickleNames, PickleValue, StorageRef } from './pickleValue.ts';
import { type RandomAccess, readExactly } from './randomAccess.ts';
import { type LocateStorage, valueBytes } from './storage.ts';
import { TORCH_NAMES } from './torchNames.ts';
import { LARGEST_PICKLE } from './zipCheckpoint.ts';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
const FIRST_PIECE = 64 * 1024;
/** Bytes of the number of values that stands before each storage. */
const COUNT_BYTES = 8;

interface Head {
  readonly root: PickleValue;
  readonly keys: readonly PickleValue[];
  readonly storages: ReadonlyMap<string, StorageRef>;
  /** Offset of the first storage. */
  readonly end: number;
}

/** The five pickles a file begins with: magic number, protocol, system, the weights, storage keys. */
function readHead(bytes: Uint8Array<ArrayBuffer>): Head {
  const storages = new Map<string, StorageRef>();
  const names: PickleNames = {
    ...TORCH_NAMES,
    persistent(id) {
      const storage = TORCH_NAMES.persistent(id);
      storages.set(storage.key, storage);
      return storage;
    },
  };
  const cursor = makeCursor(bytes);
  const next = () => readPickle(cursor, names);
  if (next() !== MAGIC || next() !== PROTOCOL) {
    throw new CheckpointError('it is a pickle, but not a PyTorch checkpoint');
  }
  const system = next();
  if (!(system instanceof Map) || system.get('little_endian') !== true) {
    throw new CheckpointError('it was written on a big-endian machine, which is not supported');
  }
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) throw new CheckpointError('its list of storages is damaged');
  return { root, keys, storages, end: cursor.position };
}

/** Reads the head from a piece of the file, and from larger pieces as long as the bytes end in it. */
async function findHead(file: RandomAccess): Promise<Head> {
  for (let piece = FIRST_PIECE; ; piece *= 4) {
    const bytes = await readExactly(file, 0, Math.min(piece, file.size));
    try {
      return readHead(bytes);
    } catch (caught) {
      if (!(caught instanceof EndOfBytes) || piece >= file.size) throw caught;
      if (piece >= LARGEST_PICKLE) throw new CheckpointError('its pickle is too large');
    }
  }
}

/**
 * The format of `torch.save` before PyTorch 1.6 (and of the published LPIPS heads): five pickles, then
 * every storage as an 8-byte count and its values, in the order of the last pickle. The storages are
 * stepped over, not read.
 */
export async function openLegacyCheckpoint(
  file: RandomAccess,
): Promise<{ readonly root: PickleValue; readonly locate: LocateStorage }> {
  const { root, keys, storages, end } = await findHead(file);
  const places = new Map<string, { offset: number; size: number }>();
  let at = end;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage) throw new CheckpointError('its list of storages is damaged');
    const count = await readExactly(file, at, COUNT_BYTES);
    if (makeCursor(count).length64() !== storage.length) {
      throw new CheckpointError('the length of a storage is not the one its pickle states');
    }
    const place = { offset: at + COUNT_BYTES, size: storage.length * valueBytes(storage) };
    places.set(storage.key, place);
    at = place.offset + place.size;
  }
  return {
    root,
    async locate({ key }) {
      const place = places.get(key);
      if (!place) throw new CheckpointError('it lacks the values of a tensor');
      return place;
    },
  };
}
