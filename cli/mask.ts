import { join } from 'node:path';
import { encodeSamples } from '../src/codecs/png/encode.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { MASK_THRESHOLD } from '../src/core/image/mask.ts';
import type { Gray8, Rgba8 } from '../src/core/image/types.ts';
import { counted } from '../src/core/text/counted.ts';
import { findPerson, refineMask } from '../src/engine/personMask.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { BadInput, reasonOf, showProgress } from './exit.ts';
import { writeTogether } from './files.ts';
import { keepApart, readInputs, tryPictures } from './folder.ts';
import { type OpenMask, openMaskNetwork } from './maskNetwork.ts';
import { readPicture } from './pictures.ts';

const OPTIONS = { values: ['input', 'out'], flags: [] };

/** The soft mask of a picture, at its size. @throws {BadInput} where the network fails */
async function maskOf({ entry, session }: OpenMask, name: string, picture: Rgba8): Promise<Gray8> {
  try {
    return await refineMask(null, await findPerson(session, entry, picture), picture, entry);
  } catch (caught) {
    throw new BadInput(`${entry.title} failed on ${name}: ${reasonOf(caught)}.`, caught);
  }
}

/**
 * `mask`: soft person masks of every picture of a folder.
 * @returns lines for the terminal
 * @throws {BadInput}
 */
export async function mask(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, OPTIONS);
  refusePositionals(given);
  const input = pathOf(required(given, 'input'));
  const out = pathOf(required(given, 'out'));
  await keepApart([out], [input]);
  const { byStem, leftOut } = await readInputs(input);
  await tryPictures(input, byStem.values());
  const network = await openMaskNetwork();
  const empty: string[] = [];
  try {
    let done = 0;
    for (const [stem, name] of byStem) {
      const found = await maskOf(network, name, await readPicture(join(input, name)));
      if (!found.data.some((level) => level >= MASK_THRESHOLD)) empty.push(name);
      const png = await encodeSamples({ ...found, channels: 1 }, null);
      await writeTogether(out, { [`${stem}.png`]: png });
      done += 1;
      showProgress(done, byStem.size);
    }
  } finally {
    await network.session.release();
  }
  const nobody = empty.length === 0 ? [] : [`Nobody was found in ${listNames(empty)}.`];
  return [
    ...nobody,
    ...leftOut,
    `${counted(byStem.size, 'mask')} made with ${network.entry.title}.`,
  ];
}
