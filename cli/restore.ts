import { join } from 'node:path';
import { encodePng } from '../src/codecs/png/encode.ts';
import { isPictureName, stemOf } from '../src/core/dataset/ids.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { makeCpuTiles } from '../src/engine/cpuTiles.ts';
import { Failure } from '../src/engine/failure.ts';
import { givesImage } from '../src/engine/imageContract.ts';
import { restorePicture } from '../src/engine/restore.ts';
import { tileBudget, tilesFor } from '../src/engine/tilePlan.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, reasonOf, showProgress } from './exit.ts';
import { filesBelow, writeTogether } from './files.ts';
import { type OpenModel, openListedModel, openModelFile } from './models.ts';
import { readDecoded, readPicture } from './pictures.ts';

const OPTIONS = { values: ['input', 'out', 'model'], flags: [] };

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

function openModel(wanted: string | undefined): Promise<OpenModel> {
  if (wanted === undefined) return openListedModel(null);
  return wanted.toLowerCase().endsWith('.onnx')
    ? openModelFile(pathOf(wanted))
    : openListedModel(wanted);
}

/** The restored picture as a PNG with the input's colour profile: its code values are kept. */
async function restoreFile(file: string, name: string, { entry, session }: OpenModel) {
  const { pixels: picture, profile } = await readDecoded(file);
  const { contract, title } = entry;
  if (!givesImage(contract)) throw new BadInput(`${title} gives no picture.`);
  const budget = tileBudget(entry, 'wasm', null);
  const task = {
    fileName: name,
    title,
    tiles: tilesFor(contract, budget, picture.width, picture.height),
    makeRunner: () => makeCpuTiles(session, contract, { picture, mask: null }),
    onProgress: () => undefined,
  };
  try {
    const { pixels } = await restorePicture(task, { checkpoint: async () => undefined });
    return await encodePng(pixels, profile?.icc ?? null);
  } catch (caught) {
    if (!(caught instanceof Failure)) throw caught;
    // The engine's sentence is for the page; its cause is the reason.
    const reason = caught.cause === undefined ? 'it gives no numbers' : reasonOf(caught.cause);
    throw new BadInput(`${entry.title} could not restore ${name}: ${reason}.`, caught);
  }
}

/**
 * `restore`: every picture of a folder through a network.
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
  const model = await openModel(given.values.get('model'));
  try {
    let done = 0;
    for (const [stem, name] of byStem) {
      const png = await restoreFile(join(input, name), name, model);
      await writeTogether(out, { [`${stem}.png`]: png });
      done += 1;
      showProgress(done, byStem.size);
    }
  } finally {
    await model.session.release();
  }
  const lines = others.length === 0 ? [] : [`Left out, no PNG, JPEG or BMP: ${listNames(others)}.`];
  return [...lines, `${byStem.size} pictures restored with ${model.entry.title}.`];
}
