import type { RandomAccess } from '../../pytorch/randomAccess.ts';
import { MAX_BYTES_READ, MAX_FIELDS, MAX_NAME_BYTES } from './limits.ts';
import { damaged, OnnxRefusal } from './refusal.ts';

/*
 * Protocol buffers read in place. The libraries for it (protobufjs, onnx-proto on top of it) want a
 * whole message as one array and build an object for everything in it: a model of two gigabytes would
 * lie in memory twice before its first node is seen, and a hostile one decides how much is allocated.
 * Here a message is its list of fields with their places in the file; weights are stepped over, never
 * read, and every read, field and length is bounded. Source: the encoding page of the Protocol Buffers
 * documentation.
 */

/** A part of the file: from `start` up to `end`, exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One field of a message; its bytes lie in [start, end). */
export interface Field extends Range {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 a length and bytes, 5 four bytes. */
  readonly wire: 0 | 1 | 2 | 5;
  /** Of a varint, as a signed 64-bit integer; beyond 2^53 the nearest number there is. 0 otherwise. */
  readonly value: number;
}

const PAGE = 8 * 1024;
const PAGES_KEPT = 128;
/** Tag and length, or tag and value: two varints of at most ten bytes. */
const LONGEST_HEADER = 20;

/**
 * A varint in `bytes`. 64-bit integers come in two halves, since a bit operation of JavaScript has 32.
 * @returns null where it does not end
 */
function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    const bits = byte & 127;
    if (i < 4) low |= bits << (7 * i);
    else if (i === 4) {
      low |= bits << 28;
      high = bits >> 4;
    } else if (i < 9) high |= bits << (7 * i - 32);
    else high |= bits << 31;
    if (byte < 128) return { value: high * 2 ** 32 + (low >>> 0), next: at + i + 1 };
  }
  return null;
}

/** One file, read in pages of which the last few are kept. */
export class WireReader {
  readonly size: number;
  readonly #file: RandomAccess;
  readonly #pages = new Map<number, Uint8Array<ArrayBuffer>>();
  #bytesRead = 0;
  #fields = 0;

  constructor(file: RandomAccess) {
    this.#file = file;
    this.size = file.size;
  }

  /** Bytes fetched from the file so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /**
   * The fields of the message in `range`, in their order.
   * @param what names the message in the sentence of a refusal
   * @throws {OnnxRefusal} where it is not one or the file has too many fields
   */
  async fields(range: Range, what: string): Promise<Field[]> {
    const found: Field[] = [];
    for (let at = range.start; at < range.end; ) {
      this.#fields += 1;
      if (this.#fields > MAX_FIELDS) throw tooMuch();
      const header = await this.bytes(
        { start: at, end: Math.min(at + LONGEST_HEADER, range.end) },
        what,
      );
      const field = parseField(header, at);
      if (!field || field.end > range.end) throw damaged(what);
      found.push(field);
      at = field.end;
    }
    return found;
  }

  /**
   * A copy or view of the bytes in `range`.
   * @throws {OnnxRefusal} where the file ends earlier or too much was read
   */
  async bytes({ start, end }: Range, what: string): Promise<Uint8Array<ArrayBuffer>> {
    if (start < 0 || end < start || end > this.size) throw damaged(what);
    const first = Math.floor(start / PAGE);
    const page = await this.#page(first, what);
    if (end <= (first + 1) * PAGE) return page.subarray(start - first * PAGE, end - first * PAGE);
    const whole = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const index = Math.floor(at / PAGE);
      const piece = (await this.#page(index, what)).subarray(at - index * PAGE, end - index * PAGE);
      whole.set(piece, at - start);
      at += piece.length;
    }
    return whole;
  }

  /** @throws {OnnxRefusal} where it is longer than a name may be or not UTF-8 */
  async name(range: Range, what: string): Promise<string> {
    const text = await this.text(range, MAX_NAME_BYTES, what);
    if (text === null) throw damaged(what);
    return text;
  }

  /** UTF-8 text; null where it is longer than `longest` bytes or not UTF-8. */
  async text(range: Range, longest: number, what: string): Promise<string | null> {
    if (range.end - range.start > longest) return null;
    const bytes = await this.bytes(range, what);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }

  /** The integers of a repeated field, packed or one of many. At most `most` of them. */
  async integers(field: Field, most: number, what: string): Promise<number[]> {
    if (field.wire === 0) return [field.value];
    if (field.wire !== 2 || field.end - field.start > 10 * most) throw damaged(what);
    const bytes = await this.bytes(field, what);
    const values: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const read = readVarint(bytes, at);
      if (!read || values.length === most) throw damaged(what);
      values.push(read.value);
      at = read.next;
    }
    return values;
  }

  async #page(index: number, what: string): Promise<Uint8Array<ArrayBuffer>> {
    const kept = this.#pages.get(index);
    if (kept) return kept;
    const length = Math.min(PAGE, this.size - index * PAGE);
    this.#bytesRead += length;
    if (this.#bytesRead > MAX_BYTES_READ) throw tooMuch();
    const page = await this.#file.read(index * PAGE, length);
    // A disk that gives less than it promised: the file was changed or removed meanwhile.
    if (page.length !== length) throw damaged(what);
    const oldest = this.#pages.keys().next();
    if (this.#pages.size >= PAGES_KEPT && !oldest.done) this.#pages.delete(oldest.value);
    this.#pages.set(index, page);
    return page;
  }
}

function tooMuch(): OnnxRefusal {
  return new OnnxRefusal(
    'has far more parts than a network for pictures: Loupe stopped reading it. Simplify it (onnxsim) or export it anew.',
  );
}

function parseField(header: Uint8Array, at: number): Field | null {
  const tag = readVarint(header, 0);
  if (!tag || tag.value < 8 || tag.value >= 2 ** 32) return null;
  const number = Math.floor(tag.value / 8);
  const start = at + tag.next;
  const wire = tag.value % 8;
  if (wire === 1 || wire === 5) {
    return { number, wire, value: 0, start, end: start + (wire === 1 ? 8 : 4) };
  }
  const second = wire === 0 || wire === 2 ? readVarint(header, tag.next) : null;
  if (!second) return null;
  if (wire === 0) {
    return { number, wire, value: second.value, start, end: at + second.next };
  }
  // Groups (3 and 4) are older than ONNX; a negative length is one beyond 2^63.
  if (wire !== 2 || second.value < 0) return null;
  return { number, wire, value: 0, start: at + second.next, end: at + second.next + second.value };
}
