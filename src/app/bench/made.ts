import type { DecodedPixels } from '../../protocol/codec.ts';
import type { Result } from '../../protocol/result.ts';
import type { StoredBenchFile } from '../../storage/benchStorage.ts';
import { StorageFullError } from '../../storage/quota.ts';
import { sentenceOf } from '../sentences.ts';
import type { BenchContext } from './context.ts';
import { openFile } from './files.ts';

/** Why something could not be made of a case, a finished sentence; the others go on. */
export class CaseFailure extends Error {}

/** @throws {CaseFailure} */
export function valueOrFail<T>(result: Result<T>, name: string): T {
  if (!result.ok) throw new CaseFailure(sentenceOf(result.error, name));
  return result.value;
}

/** The pixels of a file of the set. @throws {CaseFailure} */
export async function decodeFile(context: BenchContext, id: string): Promise<DecodedPixels> {
  const file = await openFile(context, id);
  const decoded = file.ok
    ? await context.pool.call((api) => api.decodePixels(file.value, id))
    : file;
  return valueOrFail(decoded, id);
}

/** Keeps a PNG that was made here as a file of the set; where there is no room, while the page is open. */
export async function keepMade(
  context: BenchContext,
  path: string,
  png: Blob,
  { width, height }: { readonly width: number; readonly height: number },
  origin: Pick<StoredBenchFile, 'made'> | Pick<StoredBenchFile, 'automatic'>,
): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const data = new File([png], name, { type: 'image/png' });
  const record: StoredBenchFile = {
    id: path,
    path,
    bytes: data.size,
    modified: data.lastModified,
    kept: 'copied',
    size: [width, height],
    trouble: null,
    ...origin,
  };
  let memory = !context.storage.lasts;
  try {
    await context.storage.putFiles([{ record, data }]);
  } catch (error) {
    if (!(error instanceof StorageFullError)) throw error;
    memory = true;
  }
  context.files.set(path, { record, data: memory ? data : null, memory });
}
