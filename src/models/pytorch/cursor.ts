import { CheckpointError } from './checkpointError.ts';

/** Raised where more bytes are needed than there are: a larger piece of the file may hold them. */
export class EndOfBytes extends CheckpointError {
  constructor() {
    super('it is cut short: the download may not have finished');
    this.name = 'EndOfBytes';
  }
}

/** Reads little-endian values one after another; every method throws `EndOfBytes` at the end. */
export interface Cursor {
  readonly position: number;
  byte(): number;
  uint16(): number;
  int32(): number;
  uint32(): number;
  /** An unsigned 64-bit length. */
  length64(): number;
  /** A big-endian float64, pickle's only number of that order. */
  float64BigEndian(): number;
  take(length: number): Uint8Array<ArrayBuffer>;
  /** Latin-1 text up to a line feed, which is read but not given. */
  line(): string;
}

/** A cursor over `bytes`, starting at `start`. */
export function makeCursor(bytes: Uint8Array<ArrayBuffer>, start = 0): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = start;
  const advance = (length: number) => {
    const at = position;
    if (length > bytes.length - at) throw new EndOfBytes();
    position += length;
    return at;
  };
  return {
    get position() {
      return position;
    },
    byte: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2), true),
    int32: () => view.getInt32(advance(4), true),
    uint32: () => view.getUint32(advance(4), true),
    length64: () => Number(view.getBigUint64(advance(8), true)),
    float64BigEndian: () => view.getFloat64(advance(8)),
    take(length) {
      const at = advance(length);
      return bytes.subarray(at, at + length);
    },
    line() {
      const end = bytes.indexOf(10, position);
      if (end < 0) throw new EndOfBytes();
      const text = String.fromCharCode(...bytes.subarray(position, Math.min(end, position + 256)));
      position = end + 1;
      return text;
    },
  };
}
