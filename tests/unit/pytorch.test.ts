import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, openCheckpoint } from '../../src/models/pytorch/checkpoint.ts';
import { CheckpointError } from '../../src/models/pytorch/checkpointError.ts';
import { blobAccess, type RandomAccess } from '../../src/models/pytorch/randomAccess.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'lpips');
const FORMATS = ['kinds.pth', 'kinds-legacy.pth', 'kinds-protocol5.pth'];

function fixture(name: string): Bytes {
  return new Uint8Array(readFileSync(join(FIXTURES, name)));
}

interface Expected {
  readonly kinds: Record<string, { shape: number[]; values: string[] }>;
  readonly full_alexnet: { readonly bytes: number; readonly storages: number[] };
}

const expected: Expected = JSON.parse(new TextDecoder().decode(fixture('expected.json')));

const open = (bytes: Bytes) => openCheckpoint(blobAccess(new Blob([bytes])));

async function readEverything(checkpoint: Checkpoint): Promise<void> {
  for (const name of checkpoint.shapes.keys()) {
    if (name !== 'whole') await checkpoint.read(name);
  }
}

/** The bytes with one text (in Latin-1) replaced by another of the same length, wherever it stands. */
function patched(name: string, text: string, by: string): Bytes {
  const before = readFileSync(join(FIXTURES, name), 'latin1');
  const after = before.replaceAll(text, by);
  expect(after).not.toBe(before);
  expect(after).toHaveLength(before.length);
  return new Uint8Array(Buffer.from(after, 'latin1'));
}

describe('tensors are read as PyTorch reads them', () => {
  it.each(FORMATS)('%s', async (name) => {
    const checkpoint = await open(fixture(name));
    expect([...checkpoint.shapes.keys()].filter((key) => key !== 'whole')).toEqual(
      Object.keys(expected.kinds),
    );
    for (const [key, { shape, values }] of Object.entries(expected.kinds)) {
      const tensor = await checkpoint.read(key);
      const wanted = values.map((value) => Number(value.replace('inf', 'Infinity')));
      expect(tensor.shape, key).toEqual(shape);
      expect(Array.from(tensor.values), key).toEqual(wanted);
    }
  });

  it('of a file written by Python 2', async () => {
    const tensor = await (await open(fixture('python2-legacy.pth'))).read('features.0.bias');
    expect(tensor).toEqual({ shape: [2], values: Float32Array.of(1.5, -2) });
  });

  it('but whole numbers, which weights are not', async () => {
    const checkpoint = await open(fixture('kinds.pth'));
    expect(checkpoint.shapes.get('whole')).toEqual([3]);
    await expect(checkpoint.read('whole')).rejects.toThrow('LongStorage');
    await expect(checkpoint.read('none')).rejects.toThrow('no tensor none');
  });
});

/** torchvision's 244 MB file in the old format: its true head, and zeros for all values. */
function fullAlexnet(reads: number[]): RandomAccess {
  const head = fixture('alexnet-full-legacy.head');
  const counts = new Map<number, number>();
  let at = head.length;
  for (const length of expected.full_alexnet.storages) {
    counts.set(at, length);
    at += 8 + 4 * length;
  }
  expect(at).toBe(expected.full_alexnet.bytes);
  return {
    size: at,
    async read(offset, length) {
      reads.push(length);
      const bytes = new Uint8Array(length);
      if (offset < head.length) bytes.set(head.subarray(offset, offset + length));
      const count = counts.get(offset);
      if (count !== undefined) new DataView(bytes.buffer).setUint32(0, count, true);
      return bytes;
    },
  };
}

describe('only what is asked for is read', () => {
  it('ten of 244 MB of AlexNet', async () => {
    const reads: number[] = [];
    const checkpoint = await openCheckpoint(fullAlexnet(reads));
    expect(checkpoint.shapes.size).toBe(16);
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(100_000);
    const names = [...checkpoint.shapes.keys()].filter((name) => name.startsWith('features.'));
    expect(names).toHaveLength(10);
    for (const name of names) await checkpoint.read(name);
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(10e6);
    expect(Math.max(...reads)).toBeLessThan(4e6);
  });
});

describe('hostile files are refused and nothing in them is run', () => {
  it.each(['hostile.pth', 'hostile-legacy.pth'])('%s names os.system', async (name) => {
    await expect(open(fixture(name))).rejects.toThrow(
      'it names “posix.system”, which a file of weights has no use for; nothing of it was run',
    );
  });

  it.each(['huge.pth', 'huge-legacy.pth'])('%s claims 2^40 values', async (name) => {
    const checkpoint = await open(fixture(name));
    await expect(checkpoint.read('features.0.weight')).rejects.toThrow(
      'a tensor of shape 1048576×1048576 is larger than Loupe reads',
    );
  });

  it('a pickle that never ends', async () => {
    const bytes = new Uint8Array(3_000_000).fill(0x28);
    bytes.set([0x80, 2]);
    await expect(open(bytes)).rejects.toThrow('more than 2000000 instructions');
  });

  it('a text that claims gigabytes in a file of megabytes', async () => {
    const bytes = new Uint8Array(20_000_000);
    bytes.set([0x80, 2, 0x58, 255, 255, 255, 255]);
    await expect(open(bytes)).rejects.toThrow('its pickle is too large');
  });

  it('a tensor that reaches beyond its values', async () => {
    // (storage of 24 values, offset 4): the length in `_rebuild_tensor_v2`'s shape becomes 60.
    const bytes = patched('kinds-legacy.pth', 'QK\x04K\x06\x85', 'QK\x04K\x3c\x85');
    await expect(open(bytes).then(readEverything)).rejects.toThrow('reaches beyond its values');
  });

  it('one instruction that weights do not need', async () => {
    const bytes = Uint8Array.of(0x80, 2, 0x69, 0x2e);
    await expect(open(bytes)).rejects.toThrow('the instruction 0x69');
  });

  it.each(['kinds.pth', 'kinds-legacy.pth', 'python2-legacy.pth'])(
    '%s with bytes changed at random is read or refused with a reason',
    async (name) => {
      const whole = fixture(name);
      const changes = fc.array(
        fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 0x28, 0x52, 0x51, 0x71, 127, 255)),
        { minLength: 1, maxLength: 4 },
      );
      await fc.assert(
        fc.asyncProperty(changes, async (list) => {
          const bytes = whole.slice();
          for (const [at, value] of list) bytes[at] = value;
          const failure = await open(bytes)
            .then(readEverything)
            .catch((caught: unknown) => caught);
          if (failure !== undefined) expect(failure).toBeInstanceOf(CheckpointError);
        }),
        { numRuns: 200 },
      );
    },
  );
});

describe('damaged and foreign files', () => {
  it.each(['kinds.pth', 'heads-legacy.pth', 'python2-legacy.pth'])(
    '%s cut short anywhere is refused',
    async (name) => {
      const whole = fixture(name);
      const step = Math.ceil(whole.length / 1000);
      for (let length = 0; length < whole.length; length += step) {
        const reading = open(whole.slice(0, length)).then(readEverything);
        await expect(reading, `${length} bytes`).rejects.toBeInstanceOf(CheckpointError);
      }
    },
  );

  const text = (content: string) => new TextEncoder().encode(content);

  it.each<[string, () => Bytes, string]>([
    ['an empty file', () => new Uint8Array(), 'not a PyTorch checkpoint'],
    ['a web page', () => text('<!doctype html>'), 'the page about the file'],
    ['another pickle', () => Uint8Array.of(0x80, 2, 0x4b, 1, 0x2e), 'a pickle, but not'],
    [
      'another zip',
      () => patched('kinds.pth', 'data.pkl', 'data.txt'),
      'not one that PyTorch wrote',
    ],
    ['a damaged zip', () => text('PK and nothing else'), 'its zip archive is damaged'],
    ['a list of tensors', () => fixture('list.pth'), 'no dictionary of tensors'],
    [
      'an unknown kind',
      () => patched('kinds.pth', 'HalfStorage', 'HulfStorage'),
      'of the kind Hulf',
    ],
    ['big-endian numbers', () => patched('kinds.pth', 'little', 'abigbi'), 'big-endian'],
    [
      'big-endian numbers in the old format',
      () => patched('kinds-legacy.pth', 'endianq\x02\x88', 'endianq\x02\x89'),
      'big-endian',
    ],
    [
      'views of storages',
      () => patched('python2-legacy.pth', 'NtQ', '\x88tQ'),
      'its storages are views of others',
    ],
    [
      'a storage of another length than stated',
      () => patched('python2-legacy.pth', '\x8a\x01\x02N', '\x8a\x01\x03N'),
      'the length of a storage',
    ],
    [
      'a storage that is not there',
      () => patched('kinds.pth', 'data/3', 'data/x'),
      'lacks the values',
    ],
  ])('%s', async (_what, bytes, message) => {
    await expect(Promise.resolve(bytes()).then(open).then(readEverything)).rejects.toThrow(message);
  });

  it('a zip that was packed again with compression', async () => {
    const bytes = fixture('kinds.pth');
    const directory = Buffer.from(bytes).indexOf('PK\x01\x02');
    bytes[directory + 10] = 8;
    await expect(open(bytes)).rejects.toThrow('its zip archive is compressed');
  });
});
