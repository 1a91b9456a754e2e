import type { SetCase } from '../../core/dataset/survey.ts';
import type { Result } from '../../protocol/result.ts';
import type { StoredBenchFile } from '../../storage/benchStorage.ts';
import { DECODER_VERSION } from '../resultKeys.ts';
import type { BenchContext, BenchFile } from './context.ts';
import type { BenchFileView, BenchSource } from './model.ts';

/** Files are told apart by their paths: dropped again, a file takes the place of the one before. */
export const idOf = ({ path }: Pick<BenchSource, 'path'>): string => path;

/** The same file in another state has another mark. */
const markOf = ({ record }: BenchFile): string =>
  `${record.path}|${record.bytes}|${record.modified}`;

const markIn =
  (files: BenchContext['files']) =>
  (id: string | null | undefined): string | null => {
    const file = id === null || id === undefined ? undefined : files.get(id);
    return file === undefined ? null : markOf(file);
  };

/** An output and its ground truth as they are now, whatever stands beside them. */
export function pairMarkOf(
  { files }: Pick<BenchContext, 'files'>,
  entry: SetCase,
  method: string,
): string {
  return JSON.stringify([entry.outputs[method], entry.gt].map(markIn(files)));
}

/** Everything that an output's numbers hang on besides the metrics' versions. */
export function stampOf(
  { files }: Pick<BenchContext, 'files'>,
  entry: SetCase,
  method: string,
): string {
  const mark = markIn(files);
  return JSON.stringify([
    mark(entry.outputs[method]),
    mark(entry.gt),
    mark(entry.mask),
    DECODER_VERSION,
  ]);
}

/** Whether a mask was found by a network here. */
export function isAutomatic({ files }: Pick<BenchContext, 'files'>, id: string | null): boolean {
  return id !== null && files.get(id)?.record.automatic !== undefined;
}

/** What the page shows of a file. */
export function fileView({ record, memory }: BenchFile): BenchFileView {
  const { id, path, bytes, kept, size, automatic } = record;
  const view = { id, path, bytes, kept: memory ? ('memory' as const) : kept, size };
  return automatic === undefined ? view : { ...view, automatic: true };
}

const gone = (path: string, why: string): Result<never> => ({
  ok: false,
  error: { kind: 'damaged-file', message: `“${path}” ${why}` },
});

/** Whether the browser lets Loupe read the handle without a click. */
async function isAllowed(handle: FileSystemFileHandle): Promise<boolean> {
  const asking = handle as FileSystemFileHandle & {
    queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  };
  return (await asking.queryPermission?.({ mode: 'read' })) !== 'prompt';
}

/** Whether some file can only be read after a click of the user. */
export async function needsPermission({ files, storage }: BenchContext): Promise<boolean> {
  const held = [...files.values()].find(({ record, data }) => {
    return record.kept === 'handle' && data === null;
  });
  if (held === undefined) return false;
  const stored = await storage.getFile(held.record.id);
  return stored !== null && !(stored instanceof Blob) && !(await isAllowed(stored));
}

/** Asks for the right to read every directory again; only from a click. True where all may be read. */
export async function askPermission({ files, storage }: BenchContext): Promise<boolean> {
  for (const { record, data } of files.values()) {
    if (record.kept !== 'handle' || data !== null) continue;
    const stored = await storage.getFile(record.id);
    if (stored === null || stored instanceof Blob) continue;
    const asking = stored as FileSystemFileHandle & {
      requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
    };
    // Browsers ask once for the whole directory; the other handles of it are then granted.
    if ((await asking.requestPermission?.({ mode: 'read' })) === 'denied') return false;
  }
  return true;
}

/** A file's bytes, from where they are kept. */
export async function openFile(
  { files, storage }: Pick<BenchContext, 'files' | 'storage'>,
  id: string,
): Promise<Result<Blob>> {
  const known = files.get(id);
  if (known === undefined) return gone(id, 'is not in the set any more.');
  const { record, data } = known;
  if (data !== null) return { ok: true, value: data };
  const stored = await storage.getFile(id);
  if (stored === null) return gone(record.path, 'is no longer stored. Drop it again.');
  if (stored instanceof Blob) return { ok: true, value: stored };
  try {
    const file = await stored.getFile();
    if (file.size !== record.bytes || file.lastModified !== record.modified) {
      return gone(record.path, 'has changed on disk since it was added. Drop its folder again.');
    }
    return { ok: true, value: file };
  } catch {
    return gone(
      record.path,
      'cannot be read any more: it was moved, or access to its folder ended. Drop its folder again.',
    );
  }
}

/** The record of a source that is taken in. */
export function recordOf(source: BenchSource, kept: StoredBenchFile['kept']): StoredBenchFile {
  const { path, file } = source;
  return {
    id: idOf(source),
    path,
    bytes: file.size,
    modified: file.lastModified,
    kept,
    size: null,
    trouble: null,
  };
}
