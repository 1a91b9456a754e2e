import { join } from 'node:path';
import { imageId, isPicturePath } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { BadInput } from './exit.ts';
import { filesBelow } from './files.ts';
import type { LearnedTool } from './learned.ts';

/** The untouched input of every image, by ID; empty where no metric compares with it. */
export type InputFiles = ReadonlyMap<string, string>;

/**
 * Finds the inputs that metrics of identity compare the outputs with.
 * @param ids of all images of the set
 * @throws {BadInput} where the folder is not named, or lacks an image or has it twice
 */
export async function findInputs(
  folder: string | null,
  learned: readonly LearnedTool[],
  ids: readonly string[],
): Promise<InputFiles> {
  const asking = learned.find(({ contract }) => contract.kind === 'identity');
  if (!asking) return new Map();
  if (folder === null) {
    throw new BadInput(`${asking.id} compares with the inputs: name their folder with --input.`);
  }
  const paths = (await filesBelow(folder, 'folder of inputs')).filter(isPicturePath);
  const found = ids.map((id) => [id, paths.filter((path) => imageId(path) === id)] as const);
  const missing = found.filter(([, own]) => own.length === 0).map(([id]) => id);
  if (missing.length > 0) throw new BadInput(`Inputs are missing for ${listNames(missing)}.`);
  const twice = found.find(([, own]) => own.length > 1);
  if (twice) throw new BadInput(`Input ${twice[0]} is there twice (${listNames(twice[1])}).`);
  return new Map(found.map(([id, [path = '']]) => [id, join(folder, path)]));
}
