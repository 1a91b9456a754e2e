import type { LoupeError, Result } from '../protocol/result.ts';
import { DecodeError } from './decodeError.ts';

/** An error that is not the file's fault. */
function unexpected(doing: string, error: unknown): LoupeError {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /alloc|array length|memory/i.test(reason)) {
    const remedy = 'Close other tabs or use a smaller picture.';
    return { kind: 'too-large', message: `${doing} needs more memory than there is. ${remedy}` };
  }
  return {
    kind: 'internal',
    message: `${doing} failed (${reason}). Reload the page and try again.`,
  };
}

/**
 * Runs a task; what it throws becomes an error value that can cross the worker's boundary.
 * @param doing the subject of the sentence on screen: "Reading “001.png”"
 */
export async function asResult<T>(doing: string, task: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    if (error instanceof DecodeError) {
      return { ok: false, error: { kind: error.kind, message: error.message } };
    }
    return { ok: false, error: unexpected(doing, error) };
  }
}
