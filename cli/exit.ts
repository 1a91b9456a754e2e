export { BadInput } from '../src/core/badInput.ts';

/** How a command ends; scripts rely on these numbers. */
export const EXIT = { ok: 0, ourBug: 1, badInput: 2, noGpu: 3 } as const;

/** A GPU was asked for and there is none. */
export class NoGpu extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoGpu';
  }
}

/** A line for the person at the terminal: standard output is for data. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Counts on one line of a terminal; a log file gets nothing of it. */
export function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
}

/** The reason in a caught value, for the middle of a sentence. */
export function reasonOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}
