import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeSamples } from '../../src/codecs/png/encode.ts';
import { makeRandom } from '../../src/core/stats/random.ts';

/** A generated data set on disk: inputs, ground truths, masks and outputs of some methods. */
export interface SetOptions {
  readonly cases: number;
  /** By method: how far its outputs are from the ground truth, in grey levels. */
  readonly methods: Readonly<Record<string, number>>;
  readonly size?: readonly [width: number, height: number];
  /** Paths below the set's folder that are not written. */
  readonly leaveOut?: readonly string[];
  /** Where given, nothing but these paths is written. */
  readonly only?: readonly string[];
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** A soft gradient that differs from case to case, with some noise. */
function level(seed: number, x: number, y: number, channel: number): number {
  return 90 + 60 * Math.sin(seed + x / 9 + channel) + 40 * Math.cos(seed * 2 + y / 7);
}

function png(
  [width, height]: readonly [number, number],
  channels: 1 | 3,
  at: (x: number, y: number, channel: number) => number,
): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i += 1) {
    const pixel = Math.floor(i / channels);
    data[i] = clamp(at(pixel % width, Math.floor(pixel / width), i % channels));
  }
  return encodeSamples({ width, height, channels, data }, null);
}

/** Names of the cases: "001", "002" … */
export const stemsOf = (cases: number) =>
  Array.from({ length: cases }, (_, i) => String(i + 1).padStart(3, '0'));

/** One picture of a method: the ground truth of the case, `distance` off. */
export function outputPng(
  seed: number,
  distance: number,
  size: readonly [number, number] = [48, 36],
): Promise<Uint8Array> {
  const random = makeRandom(`${seed}/${distance}`);
  return png(size, 3, (x, y, c) => level(seed, x, y, c) + distance * (random.next() * 2 - 1));
}

/**
 * Writes a set into a new folder of the system's temporary files, the same for the same options.
 * @returns the folder, called `set`
 */
export async function writeSet({
  cases,
  methods,
  size = [48, 36],
  leaveOut = [],
  only,
}: SetOptions): Promise<string> {
  const root = join(mkdtempSync(join(tmpdir(), 'loupe-bench-')), 'set');
  const write = async (path: string, bytes: Promise<Uint8Array>) => {
    if (leaveOut.includes(path) || only?.includes(path) === false) return;
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, await bytes);
  };
  const [width, height] = size;
  for (const [index, stem] of stemsOf(cases).entries()) {
    const seed = index + 1;
    await write(`gt/${stem}.png`, outputPng(seed, 0, size));
    await write(
      `input/${stem}.png`,
      png(size, 3, (x, y, c) => level(seed, x, y, c) * 0.25),
    );
    const inside = (x: number, y: number) =>
      Math.hypot(x - width / 2, y - height / 2) < Math.min(width, height) / 3;
    await write(
      `mask_personmask/${stem}.png`,
      png(size, 1, (x, y) => (inside(x, y) ? 255 : 0)),
    );
    for (const [method, distance] of Object.entries(methods)) {
      await write(`${method}/${stem}.png`, outputPng(seed, distance * (1 + (index % 5) / 4), size));
    }
  }
  return root;
}
