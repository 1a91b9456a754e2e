import { CheckpointError } from './checkpointError.ts';
import { makeCursor } from './cursor.ts';
import { readPickle } from './pickle.ts';
import type { PickleValue } from './pickleValue.ts';
import { type RandomAccess, readExactly } from './randomAccess.ts';
import type { LocateStorage } from './storage.ts';
import { TORCH_NAMES } from './torchNames.ts';
import { readZipDirectory, zipDataOffset } from './zip.ts';

/** Bytes of `data.pkl` that are read at most; AlexNet's has two thousand. */
export const LARGEST_PICKLE = 16 * 1024 * 1024;

const PICKLE = /(^|\/)data\.pkl$/;

/**
 * The format of `torch.save` since PyTorch 1.6: a zip archive with the pickle in `NAME/data.pkl` and
 * the values of each storage in `NAME/data/KEY`.
 */
export async function openZipCheckpoint(
  file: RandomAccess,
): Promise<{ readonly root: PickleValue; readonly locate: LocateStorage }> {
  const entries = await readZipDirectory(file);
  const path = [...entries.keys()].find((name) => PICKLE.test(name));
  const pickle = path === undefined ? undefined : entries.get(path);
  if (path === undefined || !pickle) {
    throw new CheckpointError('it is a zip archive, but not one that PyTorch wrote');
  }
  if (pickle.size > LARGEST_PICKLE) throw new CheckpointError('its pickle is too large');
  const folder = path.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order && order.size <= 16) {
    const bytes = await readExactly(file, await zipDataOffset(file, order), order.size);
    if (new TextDecoder().decode(bytes) !== 'little') {
      throw new CheckpointError('it was written on a big-endian machine, which is not supported');
    }
  }
  const bytes = await readExactly(file, await zipDataOffset(file, pickle), pickle.size);
  return {
    root: readPickle(makeCursor(bytes), TORCH_NAMES),
    async locate({ key }) {
      const entry = entries.get(`${folder}data/${key}`);
      if (!entry) throw new CheckpointError('it lacks the values of a tensor');
      return { offset: await zipDataOffset(file, entry), size: entry.size };
    },
  };
}
