import { CheckpointError } from './checkpointError.ts';
import type { Machine } from './pickle.ts';
import type { PickleGlobal, PickleValue } from './pickleValue.ts';

/** Longest whole number in bytes; PyTorch's magic number has ten. */
const LONGEST_INTEGER = 16;

const damaged = (what: string) => new CheckpointError(`its pickle is damaged (${what})`);

/** Little-endian two's complement, as the instruction LONG1 stores it. */
function integer(bytes: Uint8Array): number | bigint {
  if (bytes.length > LONGEST_INTEGER) throw damaged('a number is too long');
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i);
  value = BigInt.asIntN(8 * bytes.length, value);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function asList(value: PickleValue): PickleValue[] {
  if (!Array.isArray(value)) throw damaged('a list was expected');
  return value;
}

function asMap(value: PickleValue): Map<PickleValue, PickleValue> {
  if (!(value instanceof Map)) throw damaged('a dictionary was expected');
  return value;
}

function asGlobal(value: PickleValue): PickleGlobal {
  const isGlobal = typeof value === 'object' && value !== null && 'kind' in value;
  if (!isGlobal || value.kind !== 'global') throw damaged('a name was expected');
  return value;
}

function setItems(map: Map<PickleValue, PickleValue>, items: readonly PickleValue[]): void {
  for (let i = 0; i < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]];
    if (key === undefined || value === undefined) throw damaged('a key without a value');
    map.set(key, value);
  }
}

function recall({ memo, push }: Machine, index: number): void {
  const value = memo.get(index);
  if (value === undefined) throw damaged('a reference to nothing');
  push(value);
}

/** REDUCE: a call in Python, a look into the allow-list here. */
function reduce({ names, pop, push }: Machine): void {
  const args = asList(pop());
  push(names.reduce(asGlobal(pop()), args));
}

function tuple(length: number) {
  return ({ pop, push }: Machine) => {
    const items = Array.from({ length }, pop);
    push(items.reverse());
  };
}

function stackGlobal({ names, pop, push }: Machine): void {
  const [name, module] = [pop(), pop()];
  if (typeof name !== 'string' || typeof module !== 'string') throw damaged('a name was expected');
  push(names.global(`${module}.${name}`));
}

const numbers: [number, (machine: Machine) => void][] = [
  [0x4a, ({ cursor, push }) => push(cursor.int32())], // BININT
  [0x4b, ({ cursor, push }) => push(cursor.byte())], // BININT1
  [0x4d, ({ cursor, push }) => push(cursor.uint16())], // BININT2
  [0x8a, ({ cursor, push }) => push(integer(cursor.take(cursor.byte())))], // LONG1
  [0x47, ({ cursor, push }) => push(cursor.float64BigEndian())], // BINFLOAT
  [0x4e, ({ push }) => push(null)], // NONE
  [0x88, ({ push }) => push(true)], // NEWTRUE
  [0x89, ({ push }) => push(false)], // NEWFALSE
];

const texts: [number, (machine: Machine) => void][] = [
  [0x55, ({ cursor, push }) => push(latin1(cursor.take(cursor.byte())))], // SHORT_BINSTRING
  [0x8c, ({ cursor, push }) => push(utf8(cursor.take(cursor.byte())))], // SHORT_BINUNICODE
  [0x58, ({ cursor, push }) => push(utf8(cursor.take(cursor.uint32())))], // BINUNICODE
];

const collections: [number, (machine: Machine) => void][] = [
  [0x5d, ({ push }) => push([])], // EMPTY_LIST
  [0x29, ({ push }) => push([])], // EMPTY_TUPLE
  [0x7d, ({ push }) => push(new Map())], // EMPTY_DICT
  [0x85, tuple(1)],
  [0x86, tuple(2)],
  [0x87, tuple(3)],
  [0x74, ({ popToMark, push }) => push(popToMark())], // TUPLE
  [
    0x61, // APPEND
    ({ pop, top }) => {
      const item = pop();
      asList(top()).push(item);
    },
  ],
  [
    0x65, // APPENDS
    ({ popToMark, top }) => {
      const items = popToMark();
      const list = asList(top());
      for (const item of items) list.push(item);
    },
  ],
  [
    0x73, // SETITEM
    ({ pop, top }) => {
      const [value, key] = [pop(), pop()];
      setItems(asMap(top()), [key, value]);
    },
  ],
  [
    0x75, // SETITEMS
    ({ popToMark, top }) => {
      const items = popToMark();
      setItems(asMap(top()), items);
    },
  ],
];

const control: [number, (machine: Machine) => void][] = [
  [0x80, ({ cursor }) => void cursor.byte()], // PROTO
  [0x95, ({ cursor }) => void cursor.length64()], // FRAME
  [0x28, ({ mark }) => mark()], // MARK
  [0x71, ({ cursor, memo, top }) => void memo.set(cursor.byte(), top())], // BINPUT
  [0x72, ({ cursor, memo, top }) => void memo.set(cursor.uint32(), top())], // LONG_BINPUT
  [0x94, ({ memo, top }) => void memo.set(memo.size, top())], // MEMOIZE
  [0x68, (machine) => recall(machine, machine.cursor.byte())], // BINGET
  [0x6a, (machine) => recall(machine, machine.cursor.uint32())], // LONG_BINGET
  [0x63, ({ cursor, names, push }) => push(names.global(`${cursor.line()}.${cursor.line()}`))], // GLOBAL
  [0x93, stackGlobal],
  [0x52, reduce],
  [0x51, ({ names, pop, push }) => push(names.persistent(pop()))], // BINPERSID
  // BUILD sets attributes of an object; weights have none that matter (an OrderedDict's `_metadata`).
  [0x62, ({ pop }) => void pop()],
];

/** The instructions by their code: those that pickles of weights have, of protocols 2 to 5. */
export const OPCODES: ReadonlyMap<number, (machine: Machine) => void> = new Map([
  ...numbers,
  ...texts,
  ...collections,
  ...control,
]);
