import type { BenchSource } from '../../app/bench/model.ts';
import { filesOfDrop, isClutter } from '../intake/dropped-files.ts';
import { givesHandles, isFileHandle, isFolderHandle } from './handles.ts';

/** Says how many files have been found so far: a folder of thousands takes its time. */
export type OnFound = (files: number) => void;

/** Files of a folder are asked for so many at a time. */
const AT_ONCE = 32;

const byPath = new Intl.Collator('en', { numeric: true });

/**
 * Files of a picker or a drop without handles; a file from a folder knows its path. In the order of the
 * paths: browsers give folders in whatever order the disk has them, and methods stand in the order in
 * which they come.
 */
export function sourcesOfFiles(files: Iterable<File>): BenchSource[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !path.split('/').some(isClutter))
    .sort((a, b) => byPath.compare(a.path, b.path));
}

/**
 * Everything below a folder, with handles, in the order of the names. What cannot be read any more
 * is left out.
 */
export async function sourcesOfFolder(
  folder: FileSystemDirectoryHandle,
  onFound: OnFound = () => {},
): Promise<BenchSource[]> {
  const sources: BenchSource[] = [];
  const visit = async (own: FileSystemDirectoryHandle, path: string): Promise<void> => {
    const children: FileSystemHandle[] = [];
    for await (const child of own.values()) {
      if (!isClutter(child.name)) children.push(child);
    }
    children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    const files = children.filter(isFileHandle);
    for (let start = 0; start < files.length; start += AT_ONCE) {
      const some = files.slice(start, start + AT_ONCE);
      const read = await Promise.all(some.map((handle) => sourceOfHandle(handle, path)));
      sources.push(...read.filter((source) => source !== null));
      onFound(sources.length);
    }
    for (const child of children.filter(isFolderHandle))
      await visit(child, `${path}${child.name}/`);
  };
  await visit(folder, `${folder.name}/`);
  return sources;
}

async function sourceOfHandle(
  handle: FileSystemFileHandle,
  folder: string,
): Promise<BenchSource | null> {
  try {
    return { path: `${folder}${handle.name}`, file: await handle.getFile(), handle };
  } catch {
    return null;
  }
}

/**
 * The files of a drop, those in dropped folders too.
 * @param transfer must be read while its event is being handled
 */
export function sourcesOfDrop(transfer: DataTransfer, onFound?: OnFound): Promise<BenchSource[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const [first] = items;
  if (!first || !givesHandles(first)) return filesOfDrop(transfer).then(sourcesOfFiles);
  const dropped = items.map((item) => ({
    file: item.getAsFile(),
    handle: givesHandles(item) ? item.getAsFileSystemHandle().catch(() => null) : null,
  }));
  return Promise.all(
    dropped.map(async ({ file, handle: asked }) => {
      const handle = await asked;
      if (handle && isFolderHandle(handle)) return sourcesOfFolder(handle, onFound);
      if (handle && isFileHandle(handle)) {
        const source = await sourceOfHandle(handle, '');
        return source ? [source] : [];
      }
      return file ? sourcesOfFiles([file]) : [];
    }),
  ).then((all) => all.flat());
}

/** Where a file goes: into the set, or to what else the page understands. */
export type Destination = 'set' | 'table' | 'workspace' | 'method';

const METHOD_FILE = /\.(onnx|cube|pth|data|bin|weights)$/i;

/**
 * By name. Inside folders everything belongs to the set: a data set's own notes and tables are not
 * meant to be imported.
 */
export function destinationOf(path: string): Destination {
  if (path.includes('/')) return 'set';
  if (/\.loupe$/i.test(path)) return 'workspace';
  if (/\.(csv|tsv|json)$/i.test(path)) return 'table';
  return METHOD_FILE.test(path) ? 'method' : 'set';
}
