import { type Bytes, hexOf } from '../core/bytes.ts';

/** Hex SHA-256 of some bytes. */
export async function sha256Hex(bytes: Bytes): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
