import type { ErrorKind, LoupeError, Result } from '../protocol/result.ts';

/** An error whose message is already the sentence for the screen. */
export class Failure extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Failure';
    this.kind = kind;
  }
}

/** What a caught value says, without an end. */
export function reasonOf(caught: unknown): string {
  const reason = caught instanceof Error ? caught.message : String(caught);
  return reason.trim().replace(/\.$/, '');
}

/** What a caught value tells the user; anything unforeseen is ours to answer for. */
export function toError(caught: unknown): LoupeError {
  if (caught instanceof Failure) return { kind: caught.kind, message: caught.message };
  const detail = caught instanceof Error ? caught.message : String(caught);
  return {
    kind: 'internal',
    message: `Something went wrong inside Loupe: ${detail}. Reload the page and try again.`,
  };
}

/** Runs a job and turns what it throws into a value that survives the worker boundary. */
export async function settle<T>(job: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await job() };
  } catch (caught) {
    return { ok: false, error: toError(caught) };
  }
}
