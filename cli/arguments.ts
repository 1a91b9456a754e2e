import { resolve } from 'node:path';
import { BadInput } from './exit.ts';

export interface OptionNames {
  /** Options that take a value. */
  readonly values: readonly string[];
  /** Options that take a value and may be given more than once. */
  readonly lists?: readonly string[];
  readonly flags: readonly string[];
}

export interface Arguments {
  readonly values: ReadonlyMap<string, string>;
  /** In the order they were given. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  readonly positionals: readonly string[];
}

const seeHelp = '--help lists the options';

/**
 * Reads `--name value`, `--name=value`, `--flag` and bare words.
 * @throws {BadInput} for an option that is unknown, given twice or without its value
 */
export function readArguments(args: readonly string[], names: OptionNames): Arguments {
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const flags = new Set<string>();
  const positionals: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('--')) {
      positionals.push(arg);
      continue;
    }
    const [name = '', inline] = splitOption(arg);
    if (names.flags.includes(name) && inline === undefined) {
      flags.add(name);
    } else if (names.values.includes(name) || names.lists?.includes(name)) {
      if (inline === undefined) i += 1;
      const value = inline ?? args[i];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
        throw new BadInput(`The option --${name} needs a value; ${seeHelp}.`);
      }
      if (names.lists?.includes(name)) {
        lists.set(name, [...(lists.get(name) ?? []), value]);
        continue;
      }
      if (values.has(name)) throw new BadInput(`The option --${name} is given twice.`);
      values.set(name, value);
    } else {
      throw new BadInput(`There is no option ${arg}; ${seeHelp}.`);
    }
  }
  return { values, lists, flags, positionals };
}

function splitOption(arg: string): [name: string, value?: string] {
  const equals = arg.indexOf('=');
  return equals < 0 ? [arg.slice(2)] : [arg.slice(2, equals), arg.slice(equals + 1)];
}

/** @throws {BadInput} where the option is missing */
export function required({ values }: Arguments, name: string): string {
  const value = values.get(name);
  if (value === undefined) throw new BadInput(`The option --${name} is missing; ${seeHelp}.`);
  return value;
}

/** @throws {BadInput} where there are words that belong to no option */
export function refusePositionals({ positionals }: Arguments): void {
  const [first] = positionals;
  if (first !== undefined) throw new BadInput(`“${first}” belongs to no option; ${seeHelp}.`);
}

/** The scripts of package.json that run a command. */
const NPM_SCRIPTS = ['score', 'restore', 'mask', 'simulate'];

/**
 * A path as the user meant it: npm runs scripts in the project's folder and keeps the folder in which
 * it was called in INIT_CWD.
 */
export function pathOf(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  const viaNpm = script !== undefined && NPM_SCRIPTS.includes(script);
  return resolve((viaNpm && called) || process.cwd(), path);
}
