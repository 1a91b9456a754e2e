import { pathOf, readArguments, required } from './arguments.ts';
import { BadInput } from './exit.ts';
import { writeScores } from './score.ts';
import { joinShards, readShards } from './shard.ts';
import { readSupplied } from './supplied.ts';

/**
 * `score -- merge`: joins the parts of a set to the files of the whole.
 * @returns lines for the terminal
 * @throws {BadInput}
 */
export async function merge(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, { values: ['out', 'metrics'], flags: [] });
  const out = pathOf(required(given, 'out'));
  if (given.positionals.length === 0) {
    throw new BadInput('Name the folders that hold the parts: merge DIR… --out DIR.');
  }
  const folders = [...new Set(given.positionals.map(pathOf))];
  const images = joinShards(await readShards(folders));
  const table = given.values.get('metrics');
  const supplied = await readSupplied(
    table === undefined ? null : pathOf(table),
    images.map(({ id }) => id),
  );
  return [...supplied.remarks, ...(await writeScores(out, images.map(supplied.apply)))];
}
