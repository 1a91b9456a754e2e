import { join } from 'node:path';
import { encodePng } from '../src/codecs/png/encode.ts';
import { isPictureName, stemOf } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, showProgress } from './exit.ts';
import { filesBelow, writeTogether } from './files.ts';
import { type Method, openMethod } from './methods.ts';
import { readDecoded, readPicture } from './pictures.ts';

const OPTIONS = { values: ['input', 'out', 'model', 'contract', 'method'], flags: [] };

interface Inputs {
  /** File names by the stem that their results will have. */
  readonly byStem: ReadonlyMap<string, string>;
  readonly others: readonly string[];
}

/** The pictures directly in the folder. */
async function readInputs(folder: string): Promise<Inputs> {
  const files = await filesBelow(folder, 'folder of inputs');
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
  return { byStem, others };
}

/** The restored picture as a PNG with the input's colour profile: its code values are kept. */
async function restoreFile(file: string, name: string, method: Method) {
  const { pixels: picture, profile } = await readDecoded(file);
  const { pixels, warnings } = await method.apply(name, picture);
  return { png: await encodePng(pixels, profile?.icc ?? null), warnings };
}

/**
 * `restore`: every picture of a folder through a network or another method.
 * @returns lines for the terminal
 * @throws {BadInput}
 */
export async function restore(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const input = pathOf(required(given, 'input'));
  const out = pathOf(required(given, 'out'));
  const { byStem, others } = await readInputs(input);
  // A damaged file must be known before the first result is written, not after an hour.
  for (const name of byStem.values()) await readPicture(join(input, name));
  const method = await openMethod(given.values);
  const notes = new Set(method.notes);
  try {
    let done = 0;
    for (const [stem, name] of byStem) {
      const { png, warnings } = await restoreFile(join(input, name), name, method);
      for (const warning of warnings) notes.add(warning);
      await writeTogether(out, { [`${stem}.png`]: png });
      done += 1;
      showProgress(done, byStem.size);
    }
  } finally {
    await method.close();
  }
  const left = others.length === 0 ? [] : [`Left out, no PNG, JPEG or BMP: ${listNames(others)}.`];
  return [...notes, ...left, `${byStem.size} pictures restored with ${method.title}.`];
}
