import { isPictureName, stemOf } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { BadInput } from './exit.ts';
import { filesBelow } from './files.ts';

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
