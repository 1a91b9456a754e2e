/** Something in what the user gave is wrong. The message is a finished sentence. */
export class BadInput extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BadInput';
  }
}
