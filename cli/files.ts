import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Bytes } from '../src/core/bytes.ts';
import { BadInput, reasonOf } from './exit.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file of that name is in the way',
};

/** Why the file system refused, in words. */
export function refusal(caught: unknown): string {
  const code = caught instanceof Error && 'code' in caught ? String(caught.code) : '';
  return REASONS[code] ?? reasonOf(caught);
}

/**
 * All files below a folder, relative to it, with "/".
 * @param what the folder is, e.g. "ground-truth folder"
 * @throws {BadInput} where it cannot be read
 */
export async function filesBelow(folder: string, what: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
      .map((path) => path.replaceAll(sep, '/'))
      .toSorted();
  } catch (caught) {
    throw new BadInput(`The ${what} ${folder} cannot be read: ${refusal(caught)}.`, caught);
  }
}

/** @throws {BadInput} where the file cannot be read */
export async function readBytes(file: string): Promise<Bytes> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (caught) {
    throw new BadInput(`The file ${file} cannot be read: ${refusal(caught)}.`, caught);
  }
}

/** @throws {BadInput} where the file cannot be read as text */
export async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(file));
}

/** Creates a folder with its parents; returns the topmost one that was not there. */
async function createFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true });
  } catch (caught) {
    throw new BadInput(`The folder ${folder} cannot be created: ${refusal(caught)}.`, caught);
  }
}

/**
 * Writes files that belong together: all are written beside their places first and only then renamed,
 * so that nobody ever sees half a file. Where one cannot be written, none is.
 * @param files content by name
 * @throws {BadInput} where the folder cannot be written to
 */
export async function writeTogether(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const created = await createFolder(folder);
  const staged: { from: string; to: string }[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const from = join(folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
      staged.push({ from, to: join(folder, name) });
      await writeFile(from, content);
    }
    for (const { from, to } of staged) await rename(from, to);
  } catch (caught) {
    for (const { from } of staged) await rm(from, { force: true });
    if (created !== undefined) await removeEmpty(folder, created);
    throw new BadInput(`The folder ${folder} cannot be written to: ${refusal(caught)}.`, caught);
  }
}

/** Removes a folder and its parents up to `top`, as far as they are empty. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; ; at = dirname(at)) {
    const removed = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!removed || at === top) return;
  }
}

/** A file's name for messages: the last folder tells `gt/001.png` from `output/001.png`. */
export function shortName(file: string): string {
  return join(basename(dirname(file)), basename(file));
}
