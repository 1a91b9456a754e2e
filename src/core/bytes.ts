/** Bytes that own, or are a part of, an ordinary (not shared) buffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A reader of numbers over exactly these bytes; reading past the end throws a RangeError. */
export function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `length` bytes from `at` as Latin-1 text; shorter where the bytes end. */
export function textAt(bytes: Bytes, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** True where the bytes at `at` are these characters (Latin-1). */
export function hasText(bytes: Bytes, at: number, text: string): boolean {
  return textAt(bytes, at, text.length) === text;
}

/** `parts` one after another. */
export function concatBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Two lower-case hexadecimal digits a byte. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
