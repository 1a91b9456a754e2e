import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { applyClassical, CLASSICAL_METHODS } from '../../src/core/methods/classical.ts';
import { Failure } from '../../src/engine/failure.ts';
import { Filters } from '../../src/engine/filters.ts';
import { ModelRegistry } from '../../src/engine/modelRegistry.ts';
import { networkSettings } from '../../src/engine/networkJobs.ts';
import { distance, type ParityTask } from '../../src/engine/parity.ts';
import { parityFeeds } from '../../src/engine/parityFeeds.ts';
import { metricBackends } from '../../src/engine/pixelMeter.ts';
import { providerFor } from '../../src/engine/provider.ts';
import { tileBudget, tilesFor, tilingWarning } from '../../src/engine/tilePlan.ts';
import { trialPicture } from '../../src/engine/trialPicture.ts';
import { Trials, type TrialWorker } from '../../src/engine/trials.ts';
import { packTile } from '../../src/models/pack.ts';
import { PLAIN } from '../../src/models/tensor.ts';
import type { EngineInfo, ModelEntry } from '../../src/protocol/engine.ts';
import type { ModelContract, ModelFacts } from '../../src/protocol/models.ts';

const MIB = 2 ** 20;

const facts: ModelFacts = {
  ...{ opset: 17, producer: null, parameters: 1, macs720p: 1, macsComplete: true },
  ...{ precision: 'float32', operators: [], missingOnWebGpu: [], globalOperators: ['Softmax'] },
  ...{ inputs: [], outputs: [] },
  // A thousand bytes a pixel.
  peakActivationBytes720p: 1280 * 720 * 1000,
};
const contract: ModelContract = {
  input: { ...PLAIN, name: 'x', fixedSize: null, sizeMultiple: 16, minSize: 32 },
  thumbnail: null,
  mask: null,
  output: { ...PLAIN, kind: 'image', name: 'y', scale: 1 },
  tile: { size: 1024, overlap: 64, whole: false },
};
const entry: ModelEntry = {
  ...{ id: 'user-1', title: 'Net', bytes: 1, sha256: 'a', default: false, task: 'restoration' },
  ...{ licence: '', parameters: 1, macs720p: 1, training: '', scores: {}, card: null, fp16: null },
  ...{ source: { kind: 'user', fileName: 'net.onnx' }, contract, facts },
};
const whole = { ...entry, contract: { ...contract, tile: { ...contract.tile, whole: true } } };

describe('providerFor', () => {
  const webgpu = { provider: 'webgpu', reason: 'There is one.', adapter: 'GPU' } as const;
  const software = { provider: 'wasm', reason: 'A software one.', adapter: 'CPU' } as const;
  const doubt = { ...facts, doubtfulOnWebGpu: ['6 to 16 channels by 3×3'] };
  const doubtful = { ...entry, facts: doubt };
  const half = { ...entry, facts: { ...facts, precision: 'float16' } };

  it.each([
    ['the engine’s own choice', webgpu, entry, null, false, 'webgpu', 'There is one.'],
    ['a verdict', webgpu, entry, 'wasm', true, 'wasm', 'A check found'],
    ['a good verdict on a slow adapter', software, entry, 'webgpu', false, 'wasm', 'software'],
    ['doubt before a verdict', webgpu, doubtful, null, true, 'wasm', 'until a check finds'],
    ['doubt after a good one', webgpu, doubtful, 'webgpu', true, 'webgpu', 'There is one.'],
    ['float16 on an adapter with it', webgpu, half, null, true, 'webgpu', 'There is one.'],
    ['float16 on an adapter without', webgpu, half, null, false, 'wasm', 'shader-f16'],
    [
      'an operator that is missing',
      webgpu,
      { ...entry, facts: { ...facts, missingOnWebGpu: ['Det'] } },
      null,
      true,
      'wasm',
      'Det',
    ],
    [
      '8-bit weights',
      webgpu,
      { ...entry, facts: { ...facts, precision: 'int8 (QDQ)' } },
      null,
      true,
      'wasm',
      '8-bit',
    ],
  ] as const)('%s', (_, info, model, tied, hasHalf, provider, reason) => {
    const decision = providerFor(info, model, tied, hasHalf);
    expect(decision.provider).toBe(provider);
    expect(decision.reason).toContain(reason);
    expect(decision.reason).toMatch(/\.$/);
  });
});

describe('how a picture is cut', () => {
  const memory = null;
  const wasm = { provider: 'wasm', softwareAdapter: false, bindingBytes: null, memory } as const;
  const gpu = (mebibytes: number, softwareAdapter = false) =>
    ({ provider: 'webgpu', softwareAdapter, bindingBytes: mebibytes * MIB, memory }) as const;
  const costing = (change: Partial<ModelFacts>) => ({ ...entry, facts: { ...facts, ...change } });
  const tiled = (change: Partial<ModelContract['tile']>) => ({
    ...entry,
    contract: { ...contract, tile: { ...contract.tile, ...change } },
  });

  it('on WASM a run is no larger than one tile, of whatever shape', () => {
    const budget = tileBudget(entry, wasm);
    expect(budget).toEqual({ size: 1024, overlap: 64, margin: 16, wholePixels: 2 ** 20 });
    expect(tilesFor(contract, budget, 1456, 720)).toHaveLength(1);
    expect(tilesFor(contract, budget, 1600, 1000)).toHaveLength(2);
    // A software adapter is slower still.
    expect(tileBudget(entry, gpu(512, true))).toEqual(budget);
  });

  it('on a graphics card it is as large as memory and limits let it be', () => {
    const fits = Math.floor(2 ** 30 / 1000);
    expect(tileBudget(entry, gpu(512))).toMatchObject({ size: 1024, wholePixels: fits });
    expect(tilesFor(contract, tileBudget(entry, gpu(512)), 1360, 780)).toHaveLength(1);
    // Two bindings of 64 MiB hold 134,217 pixels of a thousand bytes.
    expect(tileBudget(entry, gpu(64))).toMatchObject({ size: 352, wholePixels: 134_217 });
    // A hundred bytes a pixel: ten million pixels at once, and tiles of 3264 of what is larger.
    const light = costing({ peakActivationBytes720p: 1280 * 720 * 100 });
    expect(tileBudget(light, gpu(2048))).toMatchObject({ size: 3264, wholePixels: 10_737_418 });
    expect(tilesFor(contract, tileBudget(light, gpu(2048)), 3600, 2900)).toHaveLength(1);
    expect(tilesFor(contract, tileBudget(light, gpu(2048)), 6000, 4000)).toHaveLength(4);
  });

  it('a phone with little memory takes less at once', () => {
    const whole = (memory: number | null) =>
      tileBudget(entry, { ...gpu(2048), memory }).wholePixels;
    expect([whole(8), whole(4), whole(2)]).toEqual([
      Math.floor(2 ** 30 / 1000),
      Math.floor(2 ** 29 / 1000),
      Math.floor(2 ** 28 / 1000),
    ]);
    expect(whole(null)).toBe(whole(8));
  });

  it('each tensor that a picture goes in or comes out by fits one binding', () => {
    const four = { ...contract.output, scale: 4 } as ModelContract['output'];
    const upscaler = { ...entry, contract: { ...contract, output: four } };
    const light = { peakActivationBytes720p: 1280 * 720 * 204 };
    const facts4 = { ...upscaler, facts: { ...facts, ...light } };
    // float32 × 3 channels × 16 pixels of the output for one of the input.
    expect(tileBudget(facts4, gpu(128)).wholePixels).toBe(Math.floor((128 * MIB) / 192));
  });

  it('a costly network gets smaller runs, so that Cancel is answered in time', () => {
    const costly = { macs720p: 120e9, peakActivationBytes720p: 1280 * 720 * 10 };
    // 40·10⁹ of 130,208 a pixel: 554².
    expect(tileBudget(costing(costly), wasm)).toMatchObject({ size: 544, wholePixels: 307_200 });
    expect(tileBudget(costing(costly), gpu(2048)).wholePixels).toBe(3_072_000);
    expect(tileBudget(costing({ ...costly, macs720p: 9e12 }), wasm).size).toBe(256);
    // Not where that would change what comes out.
    const global = { ...costing(costly), contract: whole.contract };
    expect(tileBudget(global, wasm).wholePixels).toBe(Math.floor((1.5 * 2 ** 30) / 10));
  });

  it('is what the network’s maker chose, or less where there is no room', () => {
    const stated = tiled({ size: 512, stated: true });
    expect(tileBudget(stated, gpu(512))).toMatchObject({ size: 512, wholePixels: 512 ** 2 });
    const huge = costing({ peakActivationBytes720p: 1280 * 720 * 1e6 });
    expect(tileBudget(huge, wasm)).toMatchObject({ size: 32, overlap: 16 });
  });

  it('whole pictures need shapes that were followed to the end', () => {
    const light = { macsComplete: false, peakActivationBytes720p: 1280 * 720 };
    const cut = { size: 1024, wholePixels: null };
    expect(tileBudget(costing(light), gpu(512))).toMatchObject(cut);
    const fixedSize = [256, 256] as const;
    const only = { ...entry, contract: { ...contract, input: { ...contract.input, fixedSize } } };
    expect(tileBudget(only, gpu(512))).toMatchObject({ size: 1024, wholePixels: null });
  });

  it('leaves built-in networks as they were, whatever is known of them', () => {
    const builtIn = { ...entry, source: { kind: 'built-in', url: 'x' } } as const;
    const budget = { size: 1024, overlap: 64, margin: 0, wholePixels: null };
    expect(tileBudget(builtIn, gpu(1))).toEqual(budget);
  });

  it('prefers the whole picture where tiles would change the result', () => {
    const budget = tileBudget(whole, wasm);
    expect(budget.wholePixels).toBe(Math.floor((1.5 * 2 ** 30) / 1000));
    expect(tilesFor(contract, budget, 1600, 1000)).toHaveLength(1);
    expect(tilesFor(contract, budget, 1700, 1000).length).toBeGreaterThan(1);
    expect(tilingWarning(whole, 1)).toBeNull();
    expect(tilingWarning(entry, 4)).toBeNull();
    expect(tilingWarning(whole, 4)).toContain('(Softmax)');
  });
});

describe('what an output is kept under', () => {
  const info: EngineInfo = {
    ...{ provider: 'wasm', reason: 'There is no adapter.', adapter: null, softwareAdapter: false },
    ...{ threads: 1, metricsBackend: 'reference', metricBackends: metricBackends(null) },
  };
  const settings = (mask: ModelContract['mask']) => {
    const registry = new ModelRegistry([]);
    const model = { ...entry, contract: { ...contract, mask }, facts, provider: null };
    registry.open(model, { name: 'net.onnx', file: new Blob([]), externalData: [] });
    return networkSettings({ info, gpu: null }, registry, entry.id, 'of the mask');
  };

  it('is its model’s contract, how it is cut, and the mask where that is seen', () => {
    expect(settings({ kind: 'channel' })).toMatchObject({ mask: 'of the mask', provider: 'wasm' });
    expect(settings(null)).toMatchObject({ tileSize: 1024, wholePixels: 2 ** 20, contract });
    expect(settings(null)).not.toHaveProperty('mask');
    // Ones in the mask's place: another mask changes nothing.
    expect(settings({ kind: 'channel', ones: true })).not.toHaveProperty('mask');
  });
});

describe('what a parity check is fed with', () => {
  const picture = trialPicture(24, 20);
  const values = (own: ModelContract) => {
    const { picture: fed } = parityFeeds(own, { picture, mask: null });
    return 'cpu' in fed ? fed.cpu : new Float32Array();
  };
  const two = { ...contract, input: { ...contract.input, sizeMultiple: 4, minSize: 4, copies: 2 } };
  const pixels = 24 * 20;

  it('shows a network of two pictures two different ones', () => {
    const fed = values(two as ModelContract);
    expect(fed).toHaveLength(6 * pixels);
    expect(fed.subarray(0, 3 * pixels)).toEqual(
      packTile(picture, { x: 0, y: 0, width: 24, height: 20 }),
    );
    for (const channel of [0, 1, 2]) {
      const start = channel * pixels;
      const turned = fed.slice(start, start + pixels).reverse();
      expect(fed.slice(start + 3 * pixels, start + 4 * pixels)).toEqual(turned);
    }
  });

  it('in whatever order they lie, and leaves the mask behind them', () => {
    const input = { ...two.input, layout: 'NHWC', channels: 'BGR' };
    const fed = values({ ...two, input, mask: { kind: 'channel' } } as ModelContract);
    const last = 7 * (pixels - 1);
    expect(fed.slice(3, 7)).toEqual(Float32Array.of(...fed.slice(last, last + 3), 1));
    expect(fed[0]).toBeCloseTo((picture.data[2] ?? 0) / 255, 6);
  });
});

describe('distance', () => {
  const run = (...values: number[]) => ({
    values: Float32Array.from(values),
    dims: [values.length],
  });

  it('is in steps of 8 bits, and infinite where only one run gives a number', () => {
    expect(distance(contract, run(0, 0.5), run(0, 0.4)).largest).toBeCloseTo(25.5, 4);
    expect(distance(contract, run(0, 0.5), run(0, 0.4)).mean).toBeCloseTo(12.75, 4);
    const bytes = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } as const;
    const output = { ...contract.output, normalisation: bytes };
    expect(distance({ output }, run(10), run(12)).largest).toBeCloseTo(2, 4);
    expect(distance(contract, run(Number.NaN), run(1)).largest).toBe(Number.POSITIVE_INFINITY);
    expect(distance(contract, run(Number.NaN), run(Number.NaN)).largest).toBe(0);
  });
});

describe('Trials', () => {
  /** A worker that answers when told to; `death` ends it. */
  function makeWorker() {
    const seen: { terminated: number; died: (reason: string) => void } = {
      terminated: 0,
      died: () => undefined,
    };
    const worker: TrialWorker = {
      run: () => new Promise(() => undefined),
      compare: () => new Promise(() => undefined),
      onDeath: (listener) => {
        seen.died = listener;
      },
      terminate: () => {
        seen.terminated += 1;
      },
    };
    return { worker, seen };
  }
  const files = { name: 'net.onnx', file: new Blob([]), externalData: [] };
  const silent = () => undefined;

  it.each<[string, string, (trials: Trials, died: (reason: string) => void) => void]>([
    ['takes too long', 'more than 0.05 seconds', silent],
    ['makes its worker die', 'it ran out of memory', (_, died) => died('it ran out of memory')],
    ['is cancelled', 'Cancelled', (trials) => trials.cancel('job')],
  ])('ends its worker where a model %s', async (_, sentence, act) => {
    const { worker, seen } = makeWorker();
    const trials = new Trials(() => worker, 50);
    const running = trials.run('job', files, null, silent);
    await Promise.resolve();
    act(trials, seen.died);
    const result = await running;
    if (result.ok) throw new Error('it was taken in');
    expect(result.error.message).toContain(sentence);
    expect(seen.terminated).toBe(1);
  });

  const info = { adapter: 'A card' } as EngineInfo;
  const job = { jobId: 'job', modelId: entry.id, crop: null, mask: null };
  const task: ParityTask = { entry, files, job, info };

  it.each<[string, string, (died: (reason: string) => void) => void]>([
    ['takes too long', 'Net was not compared to the end: it took more than 0.05 seconds', silent],
    ['makes its worker die', 'to the end: it ran out', (died) => died('it ran out of memory')],
  ])('a comparison that %s is over, and need not be tried again', async (_, sentence, act) => {
    const { worker, seen } = makeWorker();
    const running = new Trials(() => worker, 50).compare(task, silent);
    await Promise.resolve();
    act(seen.died);
    const outcome = { verdict: 'not-applicable', largest: null, mean: null, adapter: 'A card' };
    expect(await running).toMatchObject({
      ok: true,
      value: { ...outcome, sentence: expect.stringContaining(sentence) },
    });
    expect(seen.terminated).toBe(1);
  });

  it('a worker that compared makes the next comparison too', async () => {
    const { worker, seen } = makeWorker();
    let opened = 0;
    const agree = {
      verdict: 'agree',
      largest: 0,
      mean: 0,
      sentence: 'Yes.',
      adapter: 'A',
    } as const;
    const comparing: TrialWorker = {
      ...worker,
      compare: async () => ({ ok: true, value: agree }),
    };
    const trials = new Trials(() => {
      opened += 1;
      return comparing;
    }, 50);
    for (const jobId of ['a', 'b']) {
      const run = trials.compare({ ...task, job: { ...job, jobId } }, silent);
      expect(await run).toEqual({ ok: true, value: agree });
    }
    expect([opened, seen.terminated]).toEqual([1, 0]);
    seen.died('it ran out of memory');
    expect(seen.terminated).toBe(1);
  });

  it('a comparison that is cancelled ends at once, and says nothing of the network', async () => {
    const { worker, seen } = makeWorker();
    const trials = new Trials(() => worker, 50_000);
    const running = trials.compare(task, silent);
    trials.cancel('job');
    expect(await running).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(seen.terminated).toBe(1);
  });
});

describe('Filters without a device', () => {
  const picture: Rgba8 = trialPicture(40, 30);
  const job = { jobId: 'f', fileName: 'a.png', pixels: picture };

  it('run classical methods, under a key that says which', async () => {
    const filters = new Filters(null, null);
    const ref = { kind: 'classical', id: 'auto-gamma' } as const;
    const { pixels, settings } = await filters.restore(
      ref,
      { ...job, method: ref },
      () => undefined,
    );
    const { plan, version } = CLASSICAL_METHODS['auto-gamma'];
    expect(pixels).toEqual(applyClassical(picture, plan(picture)));
    expect(settings).toEqual({
      ...{ modelId: 'auto-gamma', modelSha256: '', provider: 'wasm' },
      ...{ tileSize: 0, tileOverlap: 0, pipelineVersion: version },
    });
  });

  it('open LUT files under the hash of their bytes, and name the line that is wrong', async () => {
    const filters = new Filters(null, null);
    const points = Array.from({ length: 8 }, (_, i) => `${i & 1} ${(i >> 1) & 1} ${i >> 2}`);
    const file = new Blob([`TITLE "Same"\nLUT_3D_SIZE 2\n${points.join('\n')}\n`]);
    const entry = await filters.openLut(file, 'same.cube');
    expect(entry).toMatchObject({ title: 'Same', size: 2, id: `lut-${entry.sha256.slice(0, 12)}` });
    const ref = { kind: 'lut', lutId: entry.id } as const;
    const { pixels } = await filters.restore(ref, { ...job, method: ref }, () => undefined);
    expect(pixels).toEqual(picture);
    filters.closeLut(entry.id);
    expect(() => filters.settingsFor(ref)).toThrow(Failure);
    await expect(filters.openLut(new Blob(['LUT_3D_SIZE two']), 'bad.cube')).rejects.toThrow(
      /^bad\.cube .*Line 1/,
    );
  });
});
