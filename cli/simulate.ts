import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { encodePng } from '../src/codecs/png/encode.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { greyFromRgba, resizeNearest } from '../src/core/image/mask.ts';
import type { Gray8, Rgba8 } from '../src/core/image/types.ts';
import {
  maskCentre,
  simulateWeakFlash,
  type WeakFlash,
  weakFlashFromSeed,
} from '../src/core/methods/weakFlash.ts';
import { counted } from '../src/core/text/counted.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, showProgress } from './exit.ts';
import { readBytes, writeTogether } from './files.ts';
import { keepApart, readInputs, tryPictures } from './folder.ts';
import { readDecoded, readPicture } from './pictures.ts';

const OPTIONS = { values: ['input', 'out', 'seed', 'mask'], flags: [] };
const LARGEST_SEED = 2 ** 32 - 1;

/** @throws {BadInput} where it is no whole number in [0, 2^32) */
function readSeed(given: string | undefined): number {
  const seed = Number(given ?? 0);
  if (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED) return seed;
  throw new BadInput(`The seed must be a whole number from 0 to ${LARGEST_SEED}, not “${given}”.`);
}

/** One picture's own seed: it does not hang on which others are in the folder. */
function seedOf(seed: number, stem: string): number {
  return createHash('sha256').update(`${seed} ${stem}`).digest().readUInt32LE();
}

/** The masks of these pictures by stem, each read once. @throws {BadInput} */
async function masksFor(
  folder: string | null,
  pictures: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  if (folder === null) return new Map();
  const { byStem } = await readInputs(folder, 'mask folder');
  const masks = new Map([...byStem].filter(([stem]) => pictures.has(stem)));
  await tryPictures(folder, masks.values());
  return masks;
}

/** The person mask of a picture at its size; null where the folder has none. */
async function personOf(
  folder: string | null,
  masks: ReadonlyMap<string, string>,
  stem: string,
  { width, height }: Rgba8,
): Promise<Gray8 | null> {
  const name = masks.get(stem);
  if (folder === null || name === undefined) return null;
  return resizeNearest(greyFromRgba(await readPicture(join(folder, name))), width, height);
}

/**
 * `simulate`: every picture of a folder as a weak flash in a dim room would show it, beside a copy of
 * the picture as its ground truth.
 * @returns lines for the terminal
 * @throws {BadInput}
 */
export async function simulate(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const input = pathOf(required(given, 'input'));
  const out = pathOf(required(given, 'out'));
  const seed = readSeed(given.values.get('seed'));
  const asked = given.values.get('mask');
  const folder = asked === undefined ? null : pathOf(asked);
  const [darkFolder, truthFolder] = [join(out, 'input'), join(out, 'gt')];
  const sources = folder === null ? [input] : [input, folder];
  await keepApart([out, darkFolder, truthFolder], sources);
  const { byStem, leftOut } = await readInputs(input);
  const masks = await masksFor(folder, byStem);
  await tryPictures(input, byStem.values());
  const drawn: Record<string, WeakFlash> = {};
  const without: string[] = [];
  for (const [stem, name] of byStem) {
    const { pixels, profile } = await readDecoded(join(input, name));
    const person = await personOf(folder, masks, stem, pixels);
    if (folder !== null && person === null) without.push(name);
    const params = weakFlashFromSeed(seedOf(seed, stem), person && maskCentre(person));
    const dark = await encodePng(simulateWeakFlash(pixels, person, params), profile?.icc ?? null);
    await writeTogether(darkFolder, { [`${stem}.png`]: dark });
    await writeTogether(truthFolder, { [name]: await readBytes(join(input, name)) });
    drawn[stem] = params;
    showProgress(Object.keys(drawn).length, byStem.size);
  }
  const list = `${JSON.stringify({ seed, pictures: drawn }, null, 2)}\n`;
  await writeTogether(out, { 'simulated.json': list });
  const unmasked = without.length === 0 ? [] : [`Without a mask: ${listNames(without)}.`];
  return [...unmasked, ...leftOut, `${counted(byStem.size, 'pair')} made from the seed ${seed}.`];
}
