import { viewOf } from '../../core/bytes.ts';
import { CheckpointError } from './checkpointError.ts';
import { type RandomAccess, readExactly } from './randomAccess.ts';

/** Where a stored (uncompressed) file of an archive lies. */
export interface ZipEntry {
  /** Offset of its local header; its bytes come after that. */
  readonly header: number;
  /** Bytes. */
  readonly size: number;
  readonly compressed: boolean;
}

const END_RECORD = 0x06054b50;
const END_RECORD_LENGTH = 22;
const END64_LOCATOR = 0x07064b50;
const END64_LOCATOR_LENGTH = 20;
const END64_RECORD = 0x06064b50;
const END64_RECORD_LENGTH = 56;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_LENGTH = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;
const ZIP64_FIELD = 0x0001;
const UNKNOWN32 = 0xffffffff;

/** Bytes of directory that are read at most: some hundred thousand files. */
const LARGEST_DIRECTORY = 32 * 1024 * 1024;

const damaged = () =>
  new CheckpointError('its zip archive is damaged: the download may not have finished');

interface Directory {
  readonly offset: number;
  readonly size: number;
}

async function directory64(file: RandomAccess, locatorAt: number): Promise<Directory | null> {
  if (locatorAt < 0) return null;
  const locator = viewOf(await readExactly(file, locatorAt, END64_LOCATOR_LENGTH));
  if (locator.getUint32(0, true) !== END64_LOCATOR) return null;
  const at = Number(locator.getBigUint64(8, true));
  const record = viewOf(await readExactly(file, at, END64_RECORD_LENGTH));
  if (record.getUint32(0, true) !== END64_RECORD) throw damaged();
  return {
    size: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
  };
}

async function findDirectory(file: RandomAccess): Promise<Directory> {
  const tailLength = Math.min(file.size, END_RECORD_LENGTH + LONGEST_COMMENT);
  const tailAt = file.size - tailLength;
  const tail = viewOf(await readExactly(file, tailAt, tailLength));
  let at = tailLength - END_RECORD_LENGTH;
  while (at >= 0 && tail.getUint32(at, true) !== END_RECORD) at--;
  if (at < 0) throw damaged();
  const large = await directory64(file, tailAt + at - END64_LOCATOR_LENGTH);
  return large ?? { size: tail.getUint32(at + 12, true), offset: tail.getUint32(at + 16, true) };
}

/** The 64-bit numbers that stand in for 32-bit ones that are all ones, in their order. */
function zip64Numbers(extra: DataView): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== ZIP64_FIELD) continue;
    const length = Math.min(extra.getUint16(at + 2, true), extra.byteLength - at - 4);
    return Array.from({ length: length >> 3 }, (_, i) =>
      Number(extra.getBigUint64(at + 4 + 8 * i, true)),
    );
  }
  return [];
}

function readEntry(directory: Uint8Array<ArrayBuffer>, at: number) {
  const view = viewOf(directory);
  const nameAt = at + DIRECTORY_ENTRY_LENGTH;
  if (nameAt > directory.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
  const extraAt = nameAt + view.getUint16(at + 28, true);
  const commentAt = extraAt + view.getUint16(at + 30, true);
  if (commentAt > directory.length) throw damaged();
  const wide = zip64Numbers(viewOf(directory.subarray(extraAt, commentAt)));
  const number32 = (offset: number) => {
    const value = view.getUint32(at + offset, true);
    return value === UNKNOWN32 ? (wide.shift() ?? value) : value;
  };
  const size = number32(24);
  number32(20); // the size before compression comes first among the 64-bit numbers, this one second
  const entry: ZipEntry = {
    size,
    header: number32(42),
    compressed: view.getUint16(at + 10, true) !== 0,
  };
  const name = new TextDecoder().decode(directory.subarray(nameAt, extraAt));
  return { name, entry, next: commentAt + view.getUint16(at + 32, true) };
}

/**
 * The files in a zip archive by name; zip64 too.
 * Source: PKWARE's APPNOTE, sections 4.3 and 4.5.3.
 * @throws {CheckpointError} where the archive is damaged
 */
export async function readZipDirectory(file: RandomAccess): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, size } = await findDirectory(file);
  if (size > LARGEST_DIRECTORY) throw damaged();
  const directory = await readExactly(file, offset, size);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at < directory.length; ) {
    const { name, entry, next } = readEntry(directory, at);
    entries.set(name, entry);
    at = next;
  }
  return entries;
}

/**
 * Offset of an entry's first byte.
 * @throws {CheckpointError} where the entry is compressed (PyTorch never does) or is not there
 */
export async function zipDataOffset(file: RandomAccess, entry: ZipEntry): Promise<number> {
  if (entry.compressed) {
    throw new CheckpointError('its zip archive is compressed; use the file as PyTorch wrote it');
  }
  const header = viewOf(await readExactly(file, entry.header, LOCAL_HEADER_LENGTH));
  if (header.getUint32(0, true) !== LOCAL_HEADER) throw damaged();
  const names = header.getUint16(26, true) + header.getUint16(28, true);
  return entry.header + LOCAL_HEADER_LENGTH + names;
}
