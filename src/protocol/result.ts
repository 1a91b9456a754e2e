/**
 * Errors cross worker boundaries as values: comlink drops an exception's class, cause and fields.
 * `message` is a finished sentence for the screen: it names the file, where there is one, and says
 * what to do. `kind` is for code that has to react.
 */
export type ErrorKind =
  | 'empty-file'
  | 'not-an-image'
  | 'damaged-file'
  | 'unsupported-format'
  | 'too-large'
  | 'size-mismatch'
  | 'model-load'
  /** A model asks for a file that was not given with it. */
  | 'missing-file'
  | 'model-run'
  | 'no-gpu'
  | 'device-lost'
  | 'worker-died'
  | 'cancelled'
  | 'internal';

export interface LoupeError {
  readonly kind: ErrorKind;
  readonly message: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: LoupeError };
