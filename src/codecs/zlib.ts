import { type Bytes, concatBytes } from '../core/bytes.ts';

/** RFC 1950 streams by the platform's own zlib, which browsers and Node share. */

export async function deflate(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @throws RangeError when more than `limit` bytes come out, TypeError when the stream is damaged */
export async function inflate(bytes: Bytes, limit: number): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(parts);
    parts.push(value);
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError(`More than ${limit} bytes come out of the compressed stream.`);
    }
  }
}
