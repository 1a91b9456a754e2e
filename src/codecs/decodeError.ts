import type { ErrorKind } from '../protocol/result.ts';

/** Stops decoding; `decodeFile` turns it into a `Result`. The message is a finished sentence. */
export class DecodeError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string) {
    super(message);
    this.name = 'DecodeError';
    this.kind = kind;
  }
}

export function emptyFile(name: string): DecodeError {
  return new DecodeError(
    'empty-file',
    `“${name}” is empty (0 bytes). Copy it again from where it came from.`,
  );
}

export function notAnImage(name: string): DecodeError {
  return new DecodeError(
    'not-an-image',
    `“${name}” is not an image that can be read. Choose a PNG, JPEG, BMP, WebP or AVIF picture.`,
  );
}

/** @param what is wrong, as the end of a sentence: "its end is missing" */
export function damagedFile(name: string, what: string): DecodeError {
  return new DecodeError(
    'damaged-file',
    `“${name}” is damaged: ${what}. Copy or export the picture again.`,
  );
}

/** @param what the file is: "a GIF picture" */
export function unsupported(name: string, what: string, remedy: string): DecodeError {
  return new DecodeError(
    'unsupported-format',
    `“${name}” is ${what}, which is not supported. ${remedy}`,
  );
}
