import { BadInput, EXIT, NoGpu, reasonOf, say } from './exit.ts';
import { HELP } from './help.ts';

/** Gives lines for the terminal, to be shown once everything has worked. */
type Command = (args: readonly string[]) => Promise<readonly string[]>;

/** Commands by their words; loaded when called, since each brings its own libraries. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  score: async () => (await import('./score.ts')).score,
  'score merge': async () => (await import('./merge.ts')).merge,
  'score rank': async () => (await import('./rank.ts')).rank,
  restore: async () => (await import('./restore.ts')).restore,
  mask: async () => (await import('./mask.ts')).mask,
  simulate: async () => (await import('./simulate.ts')).simulate,
};

/** The command and the arguments that are left: its longest name wins. */
function splitCommand(args: readonly string[]): { name: string; rest: readonly string[] } {
  const two = args.slice(0, 2).join(' ');
  if (args.length > 1 && Object.hasOwn(COMMANDS, two)) return { name: two, rest: args.slice(2) };
  return { name: args[0] ?? '', rest: args.slice(1) };
}

function exitCodeOf(caught: unknown): number {
  if (caught instanceof BadInput || caught instanceof NoGpu) {
    // One line, whatever the message was made of.
    say(caught.message.replace(/\s*\n\s*/g, ' '));
    return caught instanceof NoGpu ? EXIT.noGpu : EXIT.badInput;
  }
  const details = caught instanceof Error ? (caught.stack ?? '') : '';
  say(`This is an error in Loupe itself: ${reasonOf(caught)}\n${details}`);
  return EXIT.ourBug;
}

/**
 * Runs a command line.
 * @param args without `node` and the script, e.g. `['score', '--gt', 'gt', …]`
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { name, rest } = splitCommand(args);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const help = HELP[name];
  if (rest.includes('--help') || name === '--help') {
    process.stdout.write(help ?? Object.values(HELP).join('\n'));
    return EXIT.ok;
  }
  try {
    if (!load)
      throw new BadInput(`There is no command “${name}”; choose score, restore, mask or simulate.`);
    const command = await load();
    for (const line of await command(rest)) say(line);
    return EXIT.ok;
  } catch (caught) {
    return exitCodeOf(caught);
  }
}
