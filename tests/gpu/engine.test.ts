import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { makeEngine } from '../../src/engine/engine.ts';
import { readManifest } from '../../src/models/manifest.ts';
import { loadOrt } from '../../src/models/ort.ts';
import { packTile } from '../../src/models/pack.ts';
import { createSession } from '../../src/models/session.ts';
import { WHOLE } from '../../src/models/tiling.ts';
import type {
  EngineApi,
  ModelEntry,
  Progress,
  ProviderChoice,
  RestoreOutcome,
} from '../../src/protocol/engine.ts';
import type { Result } from '../../src/protocol/result.ts';
import { makePicture, openDevice } from './helpers.ts';

const context = await openDevice();
/** A network on a software adapter, on a machine that does other things as well. In ms. */
const SLOW = 480_000;
const MANIFEST = new URL('/models/manifest.json', location.href).href;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

const list: { models: Listed[] } = await (await fetch(MANIFEST)).json();
const shipped = list.models.find((model) => model.default) ?? {};

function shippedModel(): ModelEntry {
  const [entry] = unwrap(readManifest(list, MANIFEST));
  if (!entry) throw new Error('the model list is empty');
  return entry;
}

type Listed = Record<string, unknown>;

/** Address of a model list with one changed copy of the shipped model. */
function manifestWith(change: Listed): string {
  const file = new URL(String(shipped.file), MANIFEST).href;
  // The half-precision twin's address would be sought beside this list.
  const models = [{ ...shipped, fp16: undefined, file, ...change }];
  const list = JSON.stringify({ version: 1, models });
  return URL.createObjectURL(new Blob([list], { type: 'application/json' }));
}

/** A dim, softly lit scene with some texture: closer to a portrait than noise would be. */
function scene(width: number, height: number): Rgba8 {
  return makePicture(width, height, (x, y) => {
    const light = 12 + 60 * Math.exp(-((x - width / 2) ** 2 + (y - height / 2) ** 2) / 900);
    const texture = 4 * Math.sin(x / 3) * Math.cos(y / 5);
    return [light + texture, light * 0.8 + texture, light * 0.6 + texture];
  });
}

function largestDifference(a: Rgba8, b: Rgba8): number {
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? 0))), 0);
}

const model = shippedModel();
const method = { kind: 'model', modelId: model.id } as const;
const { input: port, thumbnail: small } = model.contract;

async function startEngine(choice: ProviderChoice, manifest = MANIFEST): Promise<EngineApi> {
  const engine = makeEngine();
  unwrap(await engine.start(choice, manifest));
  return engine;
}

async function restore(
  engine: EngineApi,
  pixels: Rgba8,
  onProgress: (progress: Progress) => void = () => {},
): Promise<RestoreOutcome> {
  const job = { jobId: 'job', fileName: 'scene.png', method, pixels };
  return unwrap(await engine.restore(job, onProgress));
}

describe('the shipped model', () => {
  it('gives the same on WASM and on WebGPU, to 1e-3', { timeout: SLOW }, async () => {
    const address = new URL(String(shipped.file), MANIFEST);
    const onnx = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const bytes = { onnx, externalData: [] };
    const [width, height] = [64, 48];
    const tile = { x: 0, y: 0, width, height };
    const picture = { cpu: packTile(scene(width, height), tile) };
    const [rows, columns] = small?.size ?? [0, 0];
    const cell = { ...tile, width: columns, height: rows };
    const thumbnail = small ? { cpu: packTile(scene(columns, rows), cell) } : null;
    const feeds = { picture, width, height, thumbnail, region: WHOLE, mask: null };
    const { contract } = model;
    const { device } = context;
    const wasm = await createSession(await loadOrt('wasm', 1), bytes, contract, { device: null });
    const onCpu = await wasm.run(feeds);
    const webgpu = await createSession(await loadOrt('webgpu', 1), bytes, contract, { device });
    const onGpu = await webgpu.run(feeds);
    if (!('cpu' in onCpu.output) || !('gpu' in onGpu.output)) throw new Error('wrong location');

    const { readBuffer } = await import('../../src/gpu/buffers.ts');
    const read = await readBuffer(context.device, onGpu.output.gpu, onCpu.output.cpu.byteLength);
    const expected = onCpu.output.cpu;
    const difference = new Float32Array(read).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))),
      0,
    );
    expect(difference).toBeLessThan(1e-3);
    expect(Math.max(...expected)).toBeGreaterThan(0.1);
    onGpu.release();
    await webgpu.release();
    await wasm.release();
  });
});

describe('the engine', () => {
  it('says what runs here', async () => {
    const engine = makeEngine();
    const { info, models } = unwrap(await engine.start('auto', MANIFEST));
    expect(info).toMatchObject({
      adapter: context.description,
      softwareAdapter: context.software,
      provider: context.software ? 'wasm' : 'webgpu',
      metricsBackend: 'wgsl',
    });
    expect(models[0]?.default).toBe(true);
  });

  it.each([
    [97, 61],
    [16, 5],
    [1, 1],
  ])('gives a result of exactly the size of a %i×%i input', async (width, height) => {
    const { pixels, tiles } = await restore(await startEngine('wasm'), scene(width, height));
    expect([pixels.width, pixels.height, pixels.data.length]).toEqual([
      width,
      height,
      width * height * 4,
    ]);
    expect(tiles).toBe(1);
  });

  it('restores in tiles on either provider with the same pixels', { timeout: SLOW }, async () => {
    const multiple = port.sizeMultiple;
    const tile = { size: Math.ceil(64 / multiple) * multiple, overlap: 16 };
    const manifest = manifestWith({ tile });
    const input = scene(100, 60);
    const steps: Progress[] = [];
    const onWasm = await restore(await startEngine('wasm', manifest), input, (step) =>
      steps.push(step),
    );
    const onWebGpu = await restore(await startEngine('webgpu', manifest), input);
    expect(onWasm.tiles).toBe(2);
    expect(onWebGpu.settings.provider).toBe('webgpu');
    expect(onWasm.settings.tileSize).toBe(tile.size);
    expect(largestDifference(onWasm.pixels, onWebGpu.pixels)).toBeLessThanOrEqual(1);
    const restoring = steps.filter(({ stage }) => stage === 'restoring');
    expect(restoring.map(({ done }) => done)).toEqual([0, 1, 2]);
    expect(restoring.at(-1)?.secondsLeft).toBe(0);
    expect(steps.some(({ stage }) => stage === 'loading-model')).toBe(true);
  });

  it('brightens a dark scene', async () => {
    const input = scene(96, 96);
    const { pixels } = await restore(await startEngine('wasm'), input);
    const mean = (picture: Rgba8) =>
      picture.data.reduce((sum, v) => sum + v, 0) / picture.data.length;
    expect(mean(pixels)).toBeGreaterThan(mean(input) * 1.2);
  });

  it('cancels between tiles and goes on with the next job', async () => {
    const multiple = port.sizeMultiple;
    const tile = { size: Math.ceil(64 / multiple) * multiple, overlap: 0 };
    const engine = await startEngine('wasm', manifestWith({ tile }));
    const job = {
      jobId: 'long',
      fileName: 'scene.png',
      method,
      pixels: scene(600, 600),
    };
    let done = 0;
    const outcome = await engine.restore(job, (step) => {
      if (step.stage === 'restoring') done = step.done;
      if (done === 2) void engine.cancel('long');
    });
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(done).toBeLessThan(6);
    await restore(engine, scene(32, 32));
  });

  it('measures on WGSL what the float64 reference measures', async () => {
    const [output, groundTruth] = [scene(70, 50), scene(70, 50)];
    output.data.forEach((value, i) => {
      if (i % 4 !== 3) output.data[i] = value + ((i * 7) % 11);
    });
    const engine = await startEngine('wasm');
    const job = { jobId: 'm', fileName: 'scene.png', output, groundTruth, mask: null };
    const { values, backend } = unwrap(await engine.measure(job));
    const expected = measureReference(output, groundTruth, null);
    expect(backend).toBe('wgsl');
    expect(values.psnr).toEqual(expected.psnr);
    expect(values.ssim?.global).toBeCloseTo(expected.ssim.global ?? Number.NaN, 6);
    expect(values.deltae?.global).toBeCloseTo(expected.deltae.global ?? Number.NaN, 6);
  });
});

describe('a lost device', () => {
  it('is said by the running job and by every later one', async () => {
    const devices: GPUDevice[] = [];
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, options) {
      const device = await request.call(this, options);
      devices.push(device);
      return device;
    };
    try {
      const engine = await startEngine('webgpu');
      const job = { jobId: 'a', fileName: 'a.png', method, pixels: scene(64, 48) };
      const outcome = engine.restore(job, ({ stage }) => {
        if (stage === 'restoring') for (const device of devices) device.destroy();
      });
      expect(await outcome).toMatchObject({ ok: false, error: { kind: 'device-lost' } });
      const [output, groundTruth] = [scene(8, 8), scene(8, 8)];
      const measuring = { jobId: 'b', fileName: 'a.png', output, groundTruth, mask: null };
      expect(await engine.measure(measuring)).toMatchObject({
        ok: false,
        error: { kind: 'device-lost' },
      });
    } finally {
      GPUAdapter.prototype.requestDevice = request;
    }
  });
});

describe('what can go wrong with a model', () => {
  const hash = async (bytes: Uint8Array<ArrayBuffer>) =>
    Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');

  async function failure(change: Listed) {
    const engine = await startEngine('wasm', manifestWith(change));
    const job = { jobId: 'x', fileName: 'scene.png', method, pixels: scene(32, 32) };
    const result = await engine.restore(job, () => {});
    if (result.ok) throw new Error('it ran');
    return result.error;
  }

  it('a file that is not there', async () => {
    const error = await failure({ file: new URL('/models/none.onnx', location.href).href });
    expect(error.kind).toBe('model-load');
    expect(error.message).toContain('none.onnx');
  });

  it('another file than the list describes', async () => {
    const error = await failure({ sha256: '0'.repeat(64) });
    expect(error).toMatchObject({ kind: 'model-load' });
    expect(error.message).toContain(model.title);
  });

  it('a file that is no network', async () => {
    const bytes = new TextEncoder().encode('not a network');
    const file = URL.createObjectURL(new Blob([bytes]));
    const error = await failure({ file, sha256: await hash(bytes), bytes: bytes.length });
    expect(error).toMatchObject({ kind: 'model-load' });
    expect(error.message).toContain(model.title);
  });

  it('inputs of another name', async () => {
    const error = await failure({ input: { ...Object(shipped.input), name: 'picture' } });
    expect(error.message).toContain('picture');
  });

  it('a model list that is not there', async () => {
    const engine = makeEngine();
    const missing = new URL('/models/none.json', location.href).href;
    expect(await engine.start('wasm', missing)).toMatchObject({
      ok: false,
      error: { kind: 'model-load' },
    });
    expect((await engine.start('wasm', MANIFEST)).ok).toBe(true);
  });
});
