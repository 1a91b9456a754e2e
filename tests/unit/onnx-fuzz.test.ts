import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectOnnx } from '../../src/models/onnx/inspect/inspectOnnx.ts';
import type { RandomAccess } from '../../src/models/pytorch/randomAccess.ts';

const MODELS = ['curve', 'upscale2', 'quantised'].map(
  (name) => new Uint8Array(readFileSync(`tests/fixtures/onnx/${name}.onnx`)),
);
/** A file is never read more often than this, however broken it is. */
const READS = 20;
const LONGEST_MS = 10_000;

function counted(bytes: Uint8Array<ArrayBuffer>): { file: RandomAccess; read: () => number } {
  let read = 0;
  const file: RandomAccess = {
    size: bytes.length,
    read(offset, length) {
      read += length;
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
  };
  return { file, read: () => read };
}

/** Inspects, and fails where anything but an answer or a refusal comes, or it takes too long. */
async function answers(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { file, read } = counted(bytes);
  const started = performance.now();
  const found = await inspectOnnx({ name: 'fuzz.onnx', file, externalData: [] });
  expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  expect(read()).toBeLessThanOrEqual(READS * Math.max(bytes.length, 8192));
  if (!found.ok) expect(found.error.message).toMatch(/^fuzz\.onnx .*\.$/);
}

/** A place in a file, evenly spread: doubles of fast-check crowd at 0. */
const place = fc.integer({ min: 0, max: 999_999 }).map((n) => n / 1_000_000);

const anyModel = fc.constantFrom(...MODELS);

describe('broken models', () => {
  it('cut anywhere, are refused', async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, place, async (bytes, at) => {
        const cut = bytes.slice(0, Math.floor(bytes.length * at));
        await answers(cut);
        const found = await inspectOnnx({ name: 'cut.onnx', ...counted(cut), externalData: [] });
        expect(found.ok).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('with bytes changed, are taken or refused in a sentence', async () => {
    const change = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(
        anyModel,
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (bytes, changes) => {
          const broken = bytes.slice();
          for (const [at, byte] of changes) broken[Math.floor(at * broken.length)] = byte;
          await answers(broken);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of random bytes behind a true beginning, are refused in a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (noise) => {
        // ir_version 8, then a graph of exactly the noise.
        const length = [(noise.length % 128) + 128, noise.length >> 7];
        await answers(new Uint8Array([8, 8, 58, ...length, ...noise]));
      }),
      { numRuns: 300 },
    );
  });
});
