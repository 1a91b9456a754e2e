import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPictureName, stemOf } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { BadInput } from './exit.ts';
import { filesBelow } from './files.ts';
import { readDecoded } from './pictures.ts';

/** The pictures directly in a folder. */
interface Inputs {
  /** File names by the stem that their results will have. */
  readonly byStem: ReadonlyMap<string, string>;
  /** A line for the terminal about files that are no pictures; none where there are none. */
  readonly leftOut: readonly string[];
}

/**
 * The pictures directly in the folder.
 * @param what the folder is, e.g. "folder of inputs"
 * @throws {BadInput} where there is none, or two have one stem
 */
export async function readInputs(folder: string, what = 'folder of inputs'): Promise<Inputs> {
  const files = await filesBelow(folder, what);
  const visible = files.filter((name) => !name.includes('/') && !name.startsWith('.'));
  const names = visible.filter(isPictureName);
  const others = visible.filter((name) => !isPictureName(name));
  if (names.length === 0) throw new BadInput(`There is no PNG, JPEG or BMP picture in ${folder}.`);
  const byStem = new Map<string, string>();
  for (const name of names) {
    const stem = stemOf(name);
    const other = byStem.get(stem);
    if (other !== undefined) {
      throw new BadInput(`${other} and ${name} would both be written to ${stem}.png.`);
    }
    byStem.set(stem, name);
  }
  const leftOut = `Left out, no PNG, JPEG or BMP: ${listNames(others)}.`;
  return { byStem, leftOut: others.length === 0 ? [] : [leftOut] };
}

/** Where a path leads once every link on it is followed; what does not exist yet lies in its parent. */
async function realPath(path: string): Promise<string> {
  const parent = dirname(path);
  const real = await realpath(path).catch(() => null);
  if (real !== null || parent === path) return real ?? path;
  return join(await realPath(parent), basename(path));
}

/**
 * Keeps originals from being overwritten by what is made of them.
 * @param written folders, absolute, whether they exist or not
 * @throws {BadInput} where one of them is a folder that is read, by whatever path
 */
export async function keepApart(
  written: readonly string[],
  read: readonly string[],
): Promise<void> {
  const sources = new Set(await Promise.all(read.map(realPath)));
  for (const folder of written) {
    if (!sources.has(await realPath(folder))) continue;
    throw new BadInput(
      `${folder} is read from, so nothing is written to it: its pictures could be lost. Name another folder with --out.`,
    );
  }
}

/**
 * Reads every picture once: a damaged one must be known before the first result is written, not after
 * an hour.
 * @throws {BadInput} where one cannot be read
 */
export async function tryPictures(folder: string, names: Iterable<string>): Promise<void> {
  for (const name of names) await readDecoded(join(folder, name));
}
