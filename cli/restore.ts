import { join } from 'node:path';
import { encodePng } from '../src/codecs/png/encode.ts';
import { isPictureName, stemOf } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { makeCpuTiles } from '../src/engine/cpuTiles.ts';
import { Failure } from '../src/engine/failure.ts';
import { restorePicture } from '../src/engine/restore.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, EXIT, reasonOf, say } from './exit.ts';
import { filesBelow, writeTogether } from './files.ts';
import { type OpenModel, openListedModel, openModelFile } from './models.ts';
import { readPicture } from './pictures.ts';

const OPTIONS = { values: ['input', 'out', 'model'], flags: [] };

/** Pictures directly in the folder, by the stem that their result will have. */
async function readInputs(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await filesBelow(folder, 'folder of inputs');
  const visible = files.filter((name) => !name.includes('/') && !name.startsWith('.'));
  const names = visible.filter(isPictureName);
  const others = visible.filter((name) => !isPictureName(name));
  if (others.length > 0) say(`Left out, neither PNG, JPEG nor BMP: ${listNames(others)}.`);
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
  return byStem;
}

function openModel(wanted: string | undefined): Promise<OpenModel> {
  if (wanted === undefined) return openListedModel(null);
  return wanted.toLowerCase().endsWith('.onnx')
    ? openModelFile(pathOf(wanted))
    : openListedModel(wanted);
}

async function restoreFile(file: string, name: string, { entry, session }: OpenModel) {
  const task = {
    fileName: name,
    picture: await readPicture(file),
    entry,
    session,
    makeRunner: makeCpuTiles,
    onProgress: () => undefined,
  };
  try {
    return (await restorePicture(task, { checkpoint: async () => undefined })).pixels;
  } catch (caught) {
    if (!(caught instanceof Failure)) throw caught;
    // The engine's sentence is for the page; its cause is the reason.
    const reason = caught.cause === undefined ? 'it gives no numbers' : reasonOf(caught.cause);
    throw new BadInput(`${entry.title} could not restore ${name}: ${reason}.`, caught);
  }
}

/**
 * `restore`: every picture of a folder through a network.
 * @returns the exit code
 * @throws {BadInput}
 */
export async function restore(args: readonly string[]): Promise<number> {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const input = pathOf(required(given, 'input'));
  const out = pathOf(required(given, 'out'));
  const inputs = await readInputs(input);
  // A damaged file must be known before the first result is written, not after an hour.
  for (const name of inputs.values()) await readPicture(join(input, name));
  const model = await openModel(given.values.get('model'));
  try {
    let done = 0;
    for (const [stem, name] of inputs) {
      const pixels = await restoreFile(join(input, name), name, model);
      await writeTogether(out, { [`${stem}.png`]: await encodePng(pixels, null) });
      done += 1;
      say(`${name} restored with ${model.entry.title} (${done} of ${inputs.size}).`);
    }
  } finally {
    await model.session.release();
  }
  return EXIT.ok;
}
