import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadOrtInNode } from '../../cli/ort.ts';
import { resample } from '../../src/core/image/resample.ts';
import type { BinaryMask, Rgba8 } from '../../src/core/image/types.ts';
import type { MetricContract } from '../../src/core/metrics/learned.ts';
import { Failure } from '../../src/engine/failure.ts';
import { measureLearned } from '../../src/engine/learnedMetric.ts';
import { MetricNetworks } from '../../src/engine/networks.ts';
import { createMetricSession } from '../../src/models/metricSession.ts';
import { packTile } from '../../src/models/pack.ts';
import type { LearnedJob, LearnedPicture, MetricNetwork } from '../../src/protocol/learned.ts';
import {
  distanceFrom,
  fixtureMask,
  fixturePicture,
  type OnnxFixture,
} from '../helpers/onnxFixtures.ts';

const FOLDER = 'tests/fixtures/onnx/';
const { models }: { models: Readonly<Record<string, OnnxFixture>> } = JSON.parse(
  readFileSync(`${FOLDER}expected.json`, 'utf8'),
);
const blobOf = (name: string) => new Blob([new Uint8Array(readFileSync(FOLDER + name))]);
const networks = new MetricNetworks(loadOrtInNode);
const control = { checkpoint: async () => undefined };

function fixtureOf(name: string): OnnxFixture {
  const fixture = models[name];
  if (!fixture) throw new Error(`no fixture ${name}`);
  return fixture;
}

const open = (name: string, file = blobOf(`${name}.onnx`)) =>
  networks.openMetric({ file, name: `${name}.onnx` });

async function measure(
  { onnx, sha256, contract }: MetricNetwork,
  ...pictures: LearnedPicture[]
): Promise<number | null> {
  const network = { file: new Blob([onnx]), sha256, name: 'metric.onnx', contract };
  const job: LearnedJob = { jobId: '1', fileName: 'a.png', pictures, network };
  return (await networks.learned(job, control)).value;
}

const seen = (pixels: Rgba8, mask: BinaryMask | null = null): LearnedPicture => ({ pixels, mask });

/** The fixtures' reference: 3/4 of the picture's values, which bytes can only come near to. */
function dimmed(picture: Rgba8): Rgba8 {
  const data = picture.data.map((level, i) => (i % 4 === 3 ? 255 : Math.round(level * 0.75)));
  return { ...picture, data };
}

const METRICS = Object.entries(models).filter(([, { contract }]) => contract.task === 'metric');

describe('networks of metrics', { timeout: 60_000 }, () => {
  it.each(METRICS)('%s gives on WASM what PyTorch gives', async (name, fixture) => {
    const { contract, onnx } = await open(name);
    const session = await createMetricSession(await loadOrtInNode(), onnx, contract.inputs, null);
    for (const one of fixture.cases ?? []) {
      const { width, height } = one;
      const picture = packTile(fixturePicture(width, height), { x: 0, y: 0, width, height });
      const [mean = 0] = contract.normalisation.mean;
      const [std = 1] = contract.normalisation.std;
      const values = picture.map((value) => (value - mean) / std);
      const dims = [1, 3, height, width];
      const tensors = [values, values.map((value) => value * 0.75)];
      const inputs = Object.fromEntries(
        contract.inputs.map((input, i) => [input, { values: tensors[i] ?? values, dims }]),
      );
      const answer = await session.run(inputs);
      expect(answer.dims).toEqual(one.dims);
      expect(distanceFrom(one, answer.values)).toBeLessThan(fixture.tolerance);
    }
    await session.release();
  });

  it.each(['metric-pair', 'metric-single'])('%s has its value of whole pictures', async (name) => {
    const network = await open(name);
    const fixture = fixtureOf(name);
    for (const one of fixture.cases ?? []) {
      const picture = fixturePicture(one.width, one.height);
      const pair = [seen(picture), seen(dimmed(picture))];
      const value = await measure(network, ...pair.slice(0, network.contract.inputs.length));
      const wanted = one.values[0] ?? Number.NaN;
      // The reference is rounded to bytes.
      expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(Math.abs(wanted) * 0.02);
    }
    const small = seen(fixturePicture(7, 40));
    expect(await measure(network, ...[small, small].slice(0, network.contract.inputs.length))).toBe(
      null,
    );
  });

  it('average a map over the person alone, in a box around them', async () => {
    const network = await open('metric-map');
    const [width, height] = [61, 45];
    const mask = fixtureMask(width, height);
    const picture = fixturePicture(width, height);
    const reference = dimmed(picture);
    // The fixture's map is the mean absolute difference of the channels.
    let sum = 0;
    let count = 0;
    mask.data.forEach((inside, i) => {
      if (inside === 0) return;
      count += 1;
      for (let c = 0; c < 3; c += 1) {
        const apart = (picture.data[i * 4 + c] ?? 0) - (reference.data[i * 4 + c] ?? 0);
        sum += Math.abs(apart) / 3 / 255;
      }
    });
    const value = await measure(network, seen(picture, mask), seen(reference, mask));
    expect(value).toBeCloseTo(sum / count, 6);
    const empty = { width, height, data: new Uint8Array(width * height) };
    expect(await measure(network, seen(picture, empty), seen(reference, empty))).toBeNull();
  });

  it('compare embeddings by their angle, of pictures of any size', async () => {
    const network = await open('metric-identity');
    const picture = fixturePicture(32, 32);
    expect(await measure(network, seen(picture), seen(picture))).toBeCloseTo(1, 6);
    const other = await measure(network, seen(picture), seen(fixturePicture(50, 41)));
    expect(other).toBeGreaterThan(-1);
    expect(other).toBeLessThan(1);
  });

  it('cut what is over at the right and the bottom', async () => {
    const network = await open('metric-single');
    const contract = { ...network.contract, sizeMultiple: 8 };
    const wide = fixturePicture(47, 42);
    const cut = await measure({ ...network, contract }, seen(wide));
    const data = new Uint8ClampedArray(40 * 40 * 4);
    for (let y = 0; y < 40; y += 1) data.set(wide.data.subarray(y * 188, y * 188 + 160), y * 160);
    expect(cut).toBe(await measure(network, seen({ width: 40, height: 40, data })));
  });
});

describe('a network of a metric that is wrong', { timeout: 60_000 }, () => {
  /** What a metric says where its network gives this. */
  async function said(contract: Partial<MetricContract>, dims: number[], values: number[]) {
    const base = (await open('metric-pair')).contract;
    const answer = { dims, values: Float32Array.from(values) };
    const session = { run: async () => answer, release: async () => undefined };
    const metric = { name: 'odd.onnx', contract: { ...base, ...contract }, session };
    const picture = seen(fixturePicture(16, 8));
    const kind = metric.contract.kind;
    const pictures = kind === 'no-reference' ? [picture] : [picture, picture];
    return measureLearned(metric, pictures);
  }

  it.each([
    [{}, [2], [1, 2], 'odd.onnx gave 2 values instead of one for 16×8 pixels.'],
    [{}, [1], [Number.NaN], 'odd.onnx gave no finite number for 16×8 pixels.'],
    [{ output: 'map' }, [1, 1, 2, 2], [1, 2, 3, 4], 'of the shape 1×1×2×2 instead of 1×1×8×16'],
    [{ output: 'embedding', kind: 'identity' }, [2, 1], [1, 2], 'of the shape 2×1 instead of 1×n'],
    [{ output: 'embedding', kind: 'identity' }, [1, 2], [0, 0], 'no finite number'],
  ] as const)('is named with what it gave: %j %j', async (contract, dims, values, complaint) => {
    const measuring = said(contract, [...dims], [...values]);
    await expect(measuring).rejects.toThrow(complaint);
    await expect(measuring).rejects.toMatchObject({ kind: 'model-run' });
  });

  it('is let go between steps where the user cancels', async () => {
    const { contract } = await open('metric-identity');
    const steps: string[] = [];
    const session = {
      run: async () => {
        steps.push('run');
        return { dims: [1, 2], values: Float32Array.of(1, 2) };
      },
      release: async () => undefined,
    };
    const cancelled = {
      async checkpoint() {
        steps.push('checkpoint');
        if (steps.length > 2) throw new Failure('cancelled', 'Cancelled.');
      },
    };
    const picture = seen(fixturePicture(16, 16));
    const measuring = measureLearned(
      { name: 'a.onnx', contract, session },
      [picture, picture],
      cancelled,
    );
    await expect(measuring).rejects.toMatchObject({ kind: 'cancelled' });
    expect(steps).toEqual(['checkpoint', 'run', 'checkpoint']);
  });

  it('is not taken in', async () => {
    await expect(open('curve')).rejects.toMatchObject({
      kind: 'model-load',
      message: expect.stringMatching(/^curve\.onnx cannot be used as a metric: it says nothing/),
    });
    await expect(open('x', new Blob(['x']))).rejects.toThrow(/^x\.onnx is not an ONNX model/);
  });

  it('says so where the stored file is damaged', async () => {
    const network = await open('metric-single');
    const damaged = { ...network, sha256: '0'.repeat(64) };
    await expect(measure(damaged, seen(fixturePicture(9, 9)))).rejects.toThrow('is damaged');
  });
});

describe('resampling', () => {
  const [width, height] = [9, 7];
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const [x, y, c] = [(i >> 2) % width, Math.floor((i >> 2) / width), i % 4];
    return c === 3 ? 255 : ((x * 37 + y * 53 + c * 91) * 7) % 256;
  });
  const picture = { width, height, data };

  it.each([
    ['bilinear', 4, 5, 32.42039, [0.097549, 0.356373, 0.615196, 0.616765, 0.47402]],
    ['bilinear', 13, 10, 214.64302, [0, 0.565173, 0.497059, 0.121493, 0.402941]],
    ['bicubic', 4, 5, 32.97149, [0.074782, 0.355252, 0.611629, 0.592774, 0.447582]],
    ['bicubic', 13, 10, 213.21992, [-0.037628, 0.532301, 0.437817, -0.006271, 0.381365]],
  ] as const)('%s to %i×%i is PyTorch’s', (method, w, h, total, samples) => {
    const planes = resample(picture, w, h, method);
    const step = Math.floor(planes.length / 7);
    samples.forEach((sample, i) => {
      expect(planes[i * step]).toBeCloseTo(sample, 5);
    });
    expect(planes.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 3);
  });

  it.each(['bilinear', 'bicubic', 'area'] as const)('%s leaves the same size alone', (method) => {
    const same = resample(picture, width, height, method);
    const plain = packTile(picture, { x: 0, y: 0, width, height });
    plain.forEach((value, i) => {
      expect(same[i]).toBeCloseTo(value, 6);
    });
  });
});
