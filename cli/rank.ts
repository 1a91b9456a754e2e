import { CHALLENGES } from '../src/core/challenges/challenges.ts';
import { rankTeams } from '../src/core/challenges/rank.ts';
import {
  CHALLENGE_IDS,
  type Challenge,
  type ColumnRule,
  type Judgement,
  type TeamValues,
} from '../src/core/challenges/types.ts';
import { listNames } from '../src/core/dataset/pairing.ts';
import { numberIn, readTable, type Table, writeTable } from '../src/core/text/csv.ts';
import { fixed } from '../src/core/text/decimals.ts';
import { pathOf, readArguments, required } from './arguments.ts';
import { BadInput } from './exit.ts';
import { readText } from './files.ts';

const APPENDED = ['Score', 'Final', 'Eligible', 'Rank'];

function challengeNamed(name: string): Challenge {
  const id = CHALLENGE_IDS.find((known) => known === name);
  if (id) return CHALLENGES[id];
  throw new BadInput(`There is no challenge “${name}”; choose ${CHALLENGE_IDS.join(', ')}.`);
}

/** @throws {BadInput} where the columns are not those of the challenge */
function checkColumns({ header }: Table, challenge: Challenge, file: string): void {
  const [first, ...columns] = header;
  if (first !== 'Team') {
    throw new BadInput(`The first column of ${file} must be Team, not “${first}”.`);
  }
  const { required: needed, alternatives, optional } = challenge;
  const allowed = [...needed, ...alternatives.flat(), ...optional];
  const unknown = columns.filter((column) => !allowed.includes(column));
  if (unknown.length > 0) {
    throw new BadInput(
      `Unknown column in ${file}: ${listNames(unknown)}; ${challenge.id} has ${allowed.join(', ')}.`,
    );
  }
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new BadInput(`${file} lacks the column ${listNames(missing)}.`);
  const isWhole = (set: readonly string[]) => set.every((column) => columns.includes(column));
  if (alternatives.length > 0 && !alternatives.some(isWhole)) {
    const sets = alternatives.map((set) => set.join(', ')).join(' or else ');
    throw new BadInput(`${file} lacks columns: ${challenge.id} needs ${sets}.`);
  }
}

/** What is wrong with a value, as the end of a sentence; null where nothing is. */
function complaint(value: number, { least, most, whole }: ColumnRule): string | null {
  if (least !== undefined && value < least) return `less than ${least}`;
  if (most !== undefined && value > most) return `more than ${most}`;
  return whole && !Number.isInteger(value) ? 'not a whole number' : null;
}

function teamsOf({ header, rows }: Table, challenge: Challenge, file: string): TeamValues[] {
  return rows.map((cells) => {
    const team = cells[0] ?? '';
    const values: Record<string, number | null> = {};
    header.slice(1).forEach((column, index) => {
      const value = numberIn(cells[index + 1] ?? '', column, team, file);
      const wrong = value === null ? null : complaint(value, challenge.rules[column] ?? {});
      if (wrong) throw new BadInput(`${column} of ${team} in ${file} is ${value}, ${wrong}.`);
      values[column] = value;
    });
    return values;
  });
}

const cell = (value: number | null) => (value === null ? '' : fixed(value, 4));

function yesOrNo({ eligible }: Judgement): string {
  if (eligible === null) return '';
  return eligible ? 'yes' : 'no';
}

/**
 * `score -- rank`: a table of teams to standard output, with their scores and places.
 * @returns nothing to say: what it has to tell is data
 * @throws {BadInput}
 */
export async function rank(args: readonly string[]): Promise<readonly string[]> {
  const given = readArguments(args, { values: ['challenge'], flags: ['as-printed'] });
  const challenge = challengeNamed(required(given, 'challenge'));
  const [path, ...others] = given.positionals;
  if (path === undefined || others.length > 0) {
    throw new BadInput('Name one table: rank --challenge NAME TABLE.csv.');
  }
  const asPrinted = given.flags.has('as-printed');
  if (asPrinted && challenge.printedDefinition === null) {
    throw new BadInput(`--as-printed changes nothing in ${challenge.id}; it is for raim2024.`);
  }
  const file = pathOf(path);
  const table = readTable(await readText(file), file);
  checkColumns(table, challenge, file);
  const judgements = challenge.judge(teamsOf(table, challenge, file), { asPrinted });
  const ranks = rankTeams(judgements);
  const lines = table.rows.map((cells, index) => {
    const judgement = judgements[index];
    if (!judgement) throw new Error(`team ${index} was not judged`);
    const { score, final } = judgement;
    return [...cells, cell(score), cell(final), yesOrNo(judgement), String(ranks[index] ?? '')];
  });
  process.stdout.write(writeTable([[...table.header, ...APPENDED], ...lines]));
  return [];
}
