import { join } from 'node:path';
import { encodePng } from '../src/codecs/png/encode.ts';
import { counted } from '../src/core/text/counted.ts';
import { pathOf, readArguments, refusePositionals, required } from './arguments.ts';
import { showProgress } from './exit.ts';
import { writeTogether } from './files.ts';
import { keepApart, readInputs, tryPictures } from './folder.ts';
import { type Method, openMethod } from './methods.ts';
import { readDecoded } from './pictures.ts';

const OPTIONS = { values: ['input', 'out', 'model', 'contract', 'method'], flags: [] };

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
  await keepApart([out], [input]);
  const { byStem, leftOut } = await readInputs(input);
  await tryPictures(input, byStem.values());
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
  return [
    ...notes,
    ...leftOut,
    `${counted(byStem.size, 'picture')} restored with ${method.title}.`,
  ];
}
