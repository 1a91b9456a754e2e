import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import { LPIPS_CONTRACT } from '../../src/core/metrics/learned.ts';
import { measureLearned } from '../../src/engine/learnedMetric.ts';
import { type LpipsModel, lpipsFromCheckpoints } from '../../src/models/lpips/fromCheckpoints.ts';
import { createMetricSession, type MetricSession } from '../../src/models/metricSession.ts';
import { writeOnnx } from '../../src/models/onnx/model.ts';
import { blobAccess, type RandomAccess } from '../../src/models/pytorch/randomAccess.ts';

interface Expected {
  readonly pictures: {
    readonly width: number;
    readonly height: number;
    readonly cases: readonly {
      readonly mask: readonly [number, number, number, number] | null;
      readonly width: number;
      readonly height: number;
      readonly lpips: number | null;
    }[];
  };
}

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'lpips');
const fixture = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const expected: Expected = JSON.parse(new TextDecoder().decode(fixture('expected.json')));
const { width, height, cases } = expected.pictures;

const access = (name: string): RandomAccess => blobAccess(new Blob([fixture(name)]));

function build(a: string, b: string) {
  return lpipsFromCheckpoints(access(a), access(b), [a, b]);
}

async function model(a: string, b: string): Promise<LpipsModel> {
  const result = await build(a, b);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The output (0) or the ground truth (1) of the fixture. */
function picture(index: number): Rgba8 {
  const rgb = fixture('pictures.rgb').subarray(index * width * height * 3);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return { width, height, data };
}

function boxMask(box: readonly [number, number, number, number]): BinaryMask {
  const [x, y, w, h] = box;
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [column, row] = [i % width, Math.floor(i / width)];
    return column >= x && column < x + w && row >= y && row < y + h ? 1 : 0;
  });
  return { width, height, data };
}

const [output, groundTruth] = [picture(0), picture(1)];
let session: MetricSession;

function lpipsOf(session: MetricSession, measured: Rgba8, truth: Rgba8, mask: BinaryMask | null) {
  const metric = { name: 'LPIPS', contract: LPIPS_CONTRACT, session };
  return measureLearned(metric, [
    { pixels: measured, mask },
    { pixels: truth, mask },
  ]);
}

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  const { onnx } = await model('alexnet-legacy.pth', 'heads-legacy.pth');
  session = await createMetricSession(ort, onnx, LPIPS_CONTRACT.inputs, null);
}, 60_000);

afterAll(() => session.release());

describe('LPIPS in Node', () => {
  it.each(cases)('is PyTorch’s on a crop of $width×$height: $lpips', async ({ mask, lpips }) => {
    const value = await lpipsOf(session, output, groundTruth, mask && boxMask(mask));
    if (lpips === null || value === null) expect(value).toBe(lpips);
    else expect(Math.abs(value - lpips)).toBeLessThan(1e-5);
  });

  it('is 0 between a picture and itself, and the same both ways', async () => {
    expect(await lpipsOf(session, output, output, null)).toBe(0);
    const there = await lpipsOf(session, output, groundTruth, null);
    const back = await lpipsOf(session, groundTruth, output, null);
    expect(there).toBeCloseTo(back ?? Number.NaN, 7);
  });

  it('is 0 between black pictures, whose features may all be zero', async () => {
    const data = new Uint8ClampedArray(31 * 31 * 4);
    const black = { width: 31, height: 31, data };
    expect(await lpipsOf(session, black, black, null)).toBe(0);
  });

  it('has no value for an empty mask', async () => {
    const empty = { width, height, data: new Uint8Array(width * height) };
    expect(await lpipsOf(session, output, groundTruth, empty)).toBeNull();
  });
});

describe('the network is built from the two files', () => {
  it('with the same bytes whatever their format and order', async () => {
    const first = await model('alexnet.pth', 'heads.pth');
    const second = await model('heads-legacy.pth', 'alexnet-legacy.pth');
    expect(Buffer.compare(second.onnx, first.onnx)).toBe(0);
    expect(second.sha256).toBe(first.sha256);
    expect(second.alexnet).toEqual({ name: 'alexnet-legacy.pth', sha256: first.alexnet.sha256 });
    expect(second.heads).toEqual({ name: 'heads-legacy.pth', sha256: first.heads.sha256 });
    expect(first.publishedHeads).toBe(false);
    expect(first.onnx.length).toBeLessThan(10e6);
  });

  it('through a file handle of Node', async () => {
    const handle = await open(join(FIXTURES, 'alexnet.pth'));
    const file: RandomAccess = {
      size: (await handle.stat()).size,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      },
    };
    const result = await lpipsFromCheckpoints(file, access('heads.pth'), ['a.pth', 'b.pth']);
    await handle.close();
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.sha256).toBe((await model('alexnet.pth', 'heads.pth')).sha256);
  });

  it.each([
    [
      'alexnet.pth',
      'alexnet-legacy.pth',
      /^alexnet.pth and alexnet-legacy.pth are both torchvision/,
    ],
    [
      'heads.pth',
      'heads-legacy.pth',
      /^heads.pth and heads-legacy.pth are both LPIPS’ linear heads/,
    ],
    [
      'kinds.pth',
      'heads.pth',
      /^kinds.pth cannot be used: it is a PyTorch checkpoint, but neither/,
    ],
    [
      'alexnet.pth',
      'vgg.pth',
      /^vgg.pth cannot be used: .* features.0.weight is 64×3×3×3 instead of/,
    ],
    ['python2-legacy.pth', 'heads.pth', /^python2-legacy.pth cannot be used: .* neither/],
    ['hostile.pth', 'heads.pth', /^hostile.pth cannot be used: it names “posix.system”/],
    ['make.py', 'heads.pth', /^make.py cannot be used: it is not a PyTorch checkpoint/],
  ])('or a sentence says why not: %s and %s', async (a, b, message) => {
    const result = await build(a, b);
    if (result.ok) throw new Error('it was built');
    expect(result.error.kind).toBe('model-load');
    expect(result.error.message).toMatch(message);
    expect(result.error.message).toMatch(/ Add torchvision’s .* as they were downloaded\.$/);
  });

  it('or says that tensors are missing or the download is unfinished', async () => {
    const text = readFileSync(join(FIXTURES, 'heads.pth'), 'latin1').replaceAll('lin3', 'lin9');
    const lacking = blobAccess(new Blob([Buffer.from(text, 'latin1')]));
    const cut = blobAccess(new Blob([fixture('alexnet-legacy.pth').slice(0, 30_000)]));
    const names = ['a.pth', 'b.pth'] as const;
    expect(await lpipsFromCheckpoints(access('alexnet.pth'), lacking, names)).toMatchObject({
      error: { message: expect.stringContaining('lin3.model.1.weight is missing') },
    });
    expect(await lpipsFromCheckpoints(cut, access('heads.pth'), names)).toMatchObject({
      error: { message: expect.stringContaining('a.pth cannot be used: it is cut short') },
    });
  });
});

describe('a metric’s session', () => {
  const port = { name: 'picture', shape: [1, 3, 'height', 'width'] };
  const graph = {
    name: 'test',
    nodes: [{ operator: 'Add', inputs: ['picture', 'half'], outputs: ['sum'] }],
    constants: [{ name: 'half', shape: [], values: Float32Array.of(0.5) }],
    inputs: [port],
    outputs: [{ ...port, name: 'sum' }],
    metadata: {},
  };

  it('gives a map where the network gives one', async () => {
    const adding = await createMetricSession(ort, writeOnnx(graph), ['picture'], null);
    const planes = Float32Array.from({ length: 3 * 4 * 5 }, (_, i) => i);
    const { dims, values } = await adding.run({ picture: { values: planes, dims: [1, 3, 4, 5] } });
    await adding.release();
    expect(dims).toEqual([1, 3, 4, 5]);
    expect(Array.from(values)).toEqual(Array.from(planes, (value) => value + 0.5));
  });

  it('refuses a network with other inputs and a file that is none', async () => {
    await expect(
      createMetricSession(ort, writeOnnx(graph), LPIPS_CONTRACT.inputs, null),
    ).rejects.toThrow(
      'it takes picture and gives sum; it must take output, reference and give one value',
    );
    await expect(
      createMetricSession(ort, Uint8Array.of(1, 2, 3), LPIPS_CONTRACT.inputs, null),
    ).rejects.toThrow();
  });

  it('is no LPIPS where the network gives no single finite number', async () => {
    const values = Float32Array.of(Number.NaN);
    const constants = [{ name: 'half', shape: [], values }];
    const inputs = LPIPS_CONTRACT.inputs.map((name) => ({ ...port, name }));
    const nodes = [
      { operator: 'Add', inputs: [...LPIPS_CONTRACT.inputs], outputs: ['both'] },
      { operator: 'Add', inputs: ['both', 'half'], outputs: ['sum'] },
    ];
    const maps = await createMetricSession(
      ort,
      writeOnnx({ ...graph, inputs, constants, nodes }),
      LPIPS_CONTRACT.inputs,
      null,
    );
    const measuring = lpipsOf(maps, output, groundTruth, null);
    await expect(measuring).rejects.toThrow(`gave ${3 * width * height} values instead of one`);
    await maps.release();
    await expect(lpipsOf(maps, output, groundTruth, null)).rejects.toMatchObject({
      kind: 'model-run',
    });
  });
});
