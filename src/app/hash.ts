import { hexOf } from '../core/bytes.ts';

/** Hex SHA-256 of a file's bytes. */
export async function sha256Of(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return hexOf(new Uint8Array(digest));
}
