import { pathOf, readArguments, required } from './arguments.ts';
import { BadInput } from './exit.ts';
import { writeScores } from './score.ts';
import { joinShards, readShards } from './shard.ts';

/**
 * `score -- merge`: joins the parts of a set to the files of the whole.
 * @returns lines for the terminal
 * @throws {BadInput}
 */
export async function merge(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, { values: ['out'], flags: [] });
  const out = pathOf(required(given, 'out'));
  if (given.positionals.length === 0) {
    throw new BadInput('Name the folders that hold the parts: merge DIR… --out DIR.');
  }
  const folders = [...new Set(given.positionals.map(pathOf))];
  return writeScores(out, joinShards(await readShards(folders)));
}
