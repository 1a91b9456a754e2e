import type { LoupeError } from '../protocol/result.ts';

/** The error's sentence with the file's name in it: a worker that died does not know what it worked on. */
export function sentenceOf(error: LoupeError, fileName: string): string {
  return error.message.includes(fileName) ? error.message : `“${fileName}”: ${error.message}`;
}
