import { hexOf } from '../core/bytes.ts';

/** A random id, unique over tabs. `crypto.randomUUID` is missing on plain http, this is not. */
export function newId(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(12)));
}
