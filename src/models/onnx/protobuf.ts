import { type Bytes, concatBytes } from '../../core/bytes.ts';

/*
 * Writing protocol buffers: every function gives the bytes of one field, and a message is its fields
 * one after another. Source: the encoding page of the Protocol Buffers documentation.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Seven bits a byte, lowest first. @param value a whole number from 0 to 2^53 - 1 */
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

const tag = (field: number, wire: number) => varint(field * 8 + wire);

/** An integer, enumeration or boolean field. */
export function integerField(field: number, value: number): Bytes {
  return concatBytes([tag(field, VARINT), varint(value)]);
}

/** A repeated integer field, packed. */
export function integersField(field: number, values: readonly number[]): Bytes {
  return bytesField(field, concatBytes(values.map(varint)));
}

export function bytesField(field: number, bytes: Uint8Array): Bytes {
  return concatBytes([tag(field, LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

export function textField(field: number, text: string): Bytes {
  return bytesField(field, new TextEncoder().encode(text));
}

/** A field that is a message of its own. */
export function messageField(field: number, fields: readonly Uint8Array[]): Bytes {
  return bytesField(field, concatBytes(fields));
}
