import {
  BlobReader,
  configure,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import type { ArchiveEntry } from '../../protocol/archive.ts';
import { DecodeError } from '../decodeError.ts';
import { isClutter, safePath } from './paths.ts';

// Archives are read in a worker of ours; more workers would need a laxer policy.
configure({ useWebWorkers: false });

/** What an archive may hold, so that a small file cannot fill the disk. */
export const ARCHIVE_LIMITS = {
  entries: 20_000,
  /** Bytes of one file, unpacked. */
  entryBytes: 512 * 2 ** 20,
  /** Bytes of all files, unpacked. */
  totalBytes: 16 * 2 ** 30,
  /** Pictures and tables shrink to a hundredth at best; a bomb shrinks to a thousandth. */
  ratio: 500,
  /** Files below this may shrink to anything. */
  freeBytes: 2 ** 20,
} as const;

export interface OpenArchive {
  readonly entries: readonly ArchiveEntry[];
  readonly remarks: readonly string[];
  /** @throws {DecodeError} where the file is damaged, or longer than the archive says */
  read(path: string): Promise<Blob>;
  close(): Promise<void>;
}

const gigabytes = (bytes: number) => `${Math.round(bytes / 2 ** 30)} GB`;

function tooMuch(name: string, what: string): DecodeError {
  return new DecodeError(
    'too-large',
    `“${name}” is not opened: ${what}. Unpack it yourself and drop the folder.`,
  );
}

/** @throws {DecodeError} for an archive bomb */
function requireModest(name: string, entries: readonly FileEntry[]): void {
  if (entries.length > ARCHIVE_LIMITS.entries) {
    throw tooMuch(name, `it holds ${entries.length} files, more than ${ARCHIVE_LIMITS.entries}`);
  }
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total > ARCHIVE_LIMITS.totalBytes) {
    throw tooMuch(
      name,
      `its files come to ${gigabytes(total)}, more than ${gigabytes(ARCHIVE_LIMITS.totalBytes)}`,
    );
  }
  const bomb = entries.find(
    ({ uncompressedSize, compressedSize }) =>
      uncompressedSize > ARCHIVE_LIMITS.entryBytes ||
      (uncompressedSize > ARCHIVE_LIMITS.freeBytes &&
        uncompressedSize > compressedSize * ARCHIVE_LIMITS.ratio),
  );
  if (bomb) {
    throw tooMuch(
      name,
      `“${bomb.filename}” in it would unpack to ${bomb.uncompressedSize} bytes from ${bomb.compressedSize}`,
    );
  }
}

function contents(found: readonly FileEntry[]) {
  const byPath = new Map<string, FileEntry>();
  const left = { encrypted: [] as string[], outside: [] as string[], twice: [] as string[] };
  for (const entry of found) {
    const path = safePath(entry.filename);
    if (path === null) left.outside.push(entry.filename);
    else if (isClutter(path)) continue;
    else if (entry.encrypted) left.encrypted.push(path);
    else if (byPath.has(path)) left.twice.push(path);
    else byPath.set(path, entry);
  }
  return { byPath, left };
}

const named = (names: readonly string[]) =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;

function remarksOf(name: string, left: ReturnType<typeof contents>['left']): string[] {
  const remarks: string[] = [];
  if (left.encrypted.length > 0) {
    remarks.push(
      `Left out of “${name}”, since they are encrypted: ${named(left.encrypted)}. Unpack them with their password and drop the folder.`,
    );
  }
  if (left.outside.length > 0) {
    remarks.push(
      `Left out of “${name}”, since their paths lead outside it: ${named(left.outside)}.`,
    );
  }
  if (left.twice.length > 0) {
    remarks.push(`“${name}” holds these paths twice, the first is used: ${named(left.twice)}.`);
  }
  return remarks;
}

function damaged(name: string, caught: unknown): DecodeError {
  const detail = caught instanceof Error ? caught.message : String(caught);
  return new DecodeError(
    'damaged-file',
    `“${name}” cannot be read as a zip archive (${detail}): it may be damaged or only partly downloaded. Get it again, or unpack it and drop the folder.`,
  );
}

/** Collects what is unpacked and gives up where it is more than the archive said. */
function bounded(bytes: number): { readonly sink: WritableStream<Uint8Array>; result(): Blob } {
  const chunks: BlobPart[] = [];
  let length = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      length += chunk.length;
      if (length > bytes) throw new Error('it holds more than its table of contents says');
      chunks.push(chunk.slice());
    },
  });
  return { sink, result: () => new Blob(chunks) };
}

/**
 * Opens a zip archive by its table of contents; files are unpacked one at a time, when they are asked
 * for. What is encrypted, or leads outside, is left out and said.
 * @throws {DecodeError} `damaged-file`; `too-large` for an archive bomb
 */
export async function openArchive(file: Blob, name: string): Promise<OpenArchive> {
  // One bad name must not cost the user the other files: `safePath` judges them one by one.
  const reader = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' });
  let files: FileEntry[];
  try {
    files = (await reader.getEntries()).filter((entry): entry is FileEntry => !entry.directory);
  } catch (caught) {
    throw damaged(name, caught);
  }
  requireModest(name, files);
  const { byPath, left } = contents(files);
  return {
    entries: [...byPath].map(([path, { uncompressedSize }]) => ({ path, bytes: uncompressedSize })),
    remarks: remarksOf(name, left),
    async read(path) {
      const entry = byPath.get(path);
      if (!entry) throw new DecodeError('damaged-file', `There is no “${path}” in “${name}”.`);
      const { sink, result } = bounded(entry.uncompressedSize);
      try {
        await entry.getData(sink, { checkSignature: true });
      } catch (caught) {
        throw damaged(`${path} in ${name}`, caught);
      }
      return result();
    },
    close: () => reader.close(),
  };
}
