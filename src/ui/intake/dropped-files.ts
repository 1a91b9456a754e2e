/** The parts of the file-system entries API that reading a drop needs. */
export interface DroppedEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  readonly fullPath: string;
}

export interface DroppedFile extends DroppedEntry {
  file(found: (file: File) => void, failed: (error: DOMException) => void): void;
}

export interface DroppedFolder extends DroppedEntry {
  createReader(): {
    readEntries(
      found: (entries: DroppedEntry[]) => void,
      failed: (error: DOMException) => void,
    ): void;
  };
}

/** Whether a name is what file managers leave in folders and nobody means to open. */
export function isClutter(name: string): boolean {
  return /^(\..*|thumbs\.db|desktop\.ini|__macosx)$/i.test(name);
}

/**
 * The files of a drop, those in dropped folders too, in the order of their paths. A file from a
 * folder says so in `webkitRelativePath`, as files from a folder picker do.
 * @param transfer must be read while its event is being handled
 */
export function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries: DroppedEntry[] = [];
  const loose: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    if (file) loose.push(file);
  }
  return filesOfEntries(entries).then((files) => [...loose, ...files]);
}

/** All files below `entries`; what cannot be read any more is left out. */
export async function filesOfEntries(entries: readonly DroppedEntry[]): Promise<File[]> {
  const nested = await Promise.all(
    entries
      .filter((entry) => !isClutter(entry.name))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
      .map(filesOfEntry),
  );
  return nested.flat();
}

async function filesOfEntry(entry: DroppedEntry): Promise<File[]> {
  if (isFolder(entry)) return filesOfEntries(await entriesOfFolder(entry));
  const file = isFile(entry) ? await fileOfEntry(entry) : null;
  return file ? [file] : [];
}

function isFolder(entry: DroppedEntry): entry is DroppedFolder {
  return entry.isDirectory;
}

function isFile(entry: DroppedEntry): entry is DroppedFile {
  return entry.isFile;
}

function fileOfEntry(entry: DroppedFile): Promise<File | null> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve(withPath(file, entry.fullPath.replace(/^\//, ''))),
      () => resolve(null),
    );
  });
}

/** The browser leaves the path of dropped files empty, and its property cannot be assigned. */
function withPath(file: File, path: string): File {
  if (path.includes('/')) Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}

/** A reader gives a folder's entries in portions and ends with an empty one. */
async function entriesOfFolder(folder: DroppedFolder): Promise<DroppedEntry[]> {
  const reader = folder.createReader();
  const all: DroppedEntry[] = [];
  for (;;) {
    const portion = await new Promise<DroppedEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
