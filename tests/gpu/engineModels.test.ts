import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { feedsFor } from '../../src/engine/feeds.ts';
import { runFeeds } from '../../src/engine/runFeeds.ts';
import { Trials } from '../../src/engine/trials.ts';
import { loadOrt } from '../../src/models/ort.ts';
import { packTile } from '../../src/models/pack.ts';
import { createSession } from '../../src/models/session.ts';
import type { EngineApi } from '../../src/protocol/engine.ts';
import { openTrial } from '../../src/workers/openTrial.ts';
import { makePicture, openDevice } from './helpers.ts';
import {
  bring,
  dark,
  fetched,
  filesOf,
  restore,
  SLOW,
  silent,
  startEngine,
  unwrap,
} from './userModels.ts';

/** One engine for each provider serves all tests: starting one costs more than most of them. */
const engines = { wasm: await startEngine('wasm'), webgpu: await startEngine('webgpu') };

function largestDifference(a: Rgba8, b: Rgba8): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? 0))), 0);
}

/** The picture that PyTorch’s values are of: tests/fixtures/onnx/pictures.py. */
const shade = (x: number, y: number, c: number): number =>
  (((x * 5 + y * 3 + c * 37) % 160) >> 1) + ((x * x * 13 + y * y * 7 + x * y * 3 + c * 11) % 31);

const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

describe('a user’s model', { timeout: SLOW }, () => {
  it.each([
    ['curve', 64, 48, 1],
    ['upscale2', 80, 70, 2],
    ['nhwc', 40, 30, 1],
    ['minus-one', 40, 30, 1],
    ['masked4', 40, 30, 1],
    ['masked2', 40, 30, 1],
    ['masked3', 40, 30, 1],
    ['external', 40, 30, 1],
    ['lut', 40, 30, 1],
    ['grid', 40, 30, 1],
  ])('gives the same on WebGPU and on WASM: %s', async (name, width, height, scale) => {
    const picture = dark(width, height);
    const { wasm, webgpu } = engines;
    const { id } = await bring(wasm, name);
    await bring(webgpu, name);
    const masked = name.startsWith('masked');
    const onWasm = await restore(wasm, id, picture, masked);
    const onWebGpu = await restore(webgpu, id, picture, masked);
    expect([onWasm.settings.provider, onWebGpu.settings.provider]).toEqual(['wasm', 'webgpu']);
    expect(onWebGpu.pixels.width).toBe(width * scale);
    expect(largestDifference(onWasm.pixels, onWebGpu.pixels)).toBeLessThanOrEqual(1);
    expect(onWasm.warnings).toEqual([]);
    expect(onWasm.settings.mask).toBe(masked ? 'of the mask' : undefined);
  });

  it('of Restormer’s shape runs, and gives what PyTorch gives to 1e-3, on WebGPU too', async () => {
    const [width, height] = [64, 48];
    const picture = makePicture(width, height, (x, y) => [
      shade(x, y, 0),
      shade(x, y, 1),
      shade(x, y, 2),
    ]);
    const wanted = new Float32Array(await (await fetched('restormer.f32')).arrayBuffer());
    const { id, contract } = await bring(engines.wasm, 'restormer');
    const { pixels, tiles } = await restore(engines.wasm, id, picture);
    expect(tiles).toBe(1);
    const bytes = packTile(pixels, { x: 0, y: 0, width, height });
    expect(apart(bytes, wanted)).toBeLessThan(0.5 / 255 + 1e-3);

    const { device } = await openDevice();
    const onnx = new Uint8Array(await (await fetched('restormer.onnx')).arrayBuffer());
    const ort = await loadOrt('webgpu', 1);
    const options = { device, fixedDimensions: { width, height } };
    const session = await createSession(ort, { onnx, externalData: [] }, contract, options);
    const feeds = feedsFor(contract, { picture, mask: null });
    const { values } = await runFeeds(session, contract, feeds, device);
    expect(values).toHaveLength(wanted.length);
    expect(apart(values, wanted)).toBeLessThan(1e-3);
    await session.release();
    device.destroy();
  });

  it.each(['illumination-fp16', 'quantised'])(
    'runs on WASM with a sentence where WebGPU cannot: %s',
    async (name) => {
      const engine = engines.webgpu;
      const { id } = await bring(engine, name);
      const { settings, providerReason } = await restore(engine, id, dark(40, 30));
      expect(settings.provider).toBe('wasm');
      expect(providerReason).toMatch(/so it runs on WASM\.$/);
    },
  );

  it('says what no picture can show, and what it was not given', async () => {
    const engine = engines.wasm;
    const { id } = await bring(engine, 'out-of-range');
    const { warnings } = await restore(engine, id, dark(40, 30));
    expect(warnings.join()).toContain('% of the values');
    const masked = await bring(engine, 'masked4');
    const without = await restore(engine, masked.id, dark(40, 30));
    expect(without.warnings.join()).toContain('person mask');
  });

  it('is forgotten when it is closed', async () => {
    const engine = engines.wasm;
    const { id } = await bring(engine, 'invariant');
    unwrap(await engine.closeModel(id));
    const settings = await engine.settingsFor({ kind: 'model', modelId: id });
    expect(settings).toMatchObject({ ok: false, error: { kind: 'model-load' } });
  });
});

describe('tiles', { timeout: SLOW }, () => {
  const tile = { size: 64, overlap: 24, whole: false };

  it('leave no seam in a translation-invariant network', async () => {
    const engine = engines.wasm;
    const picture = dark(150, 110);
    const { id } = await bring(engine, 'invariant');
    const whole = await restore(engine, id, picture);
    await bring(engine, 'invariant', { tile });
    const tiled = await restore(engine, id, picture);
    expect([whole.tiles, tiled.tiles]).toEqual([1, 12]);
    expect(largestDifference(whole.pixels, tiled.pixels)).toBeLessThanOrEqual(1);
  });

  it('are avoided for a network that looks at the whole picture, and said where they are not', async () => {
    const engine = engines.wasm;
    const picture = dark(150, 110);
    const { id, contract } = await bring(engine, 'global', { tile: { ...tile, whole: true } });
    expect(contract.tile.whole).toBe(true);
    expect((await restore(engine, id, picture)).tiles).toBe(1);
    const { input } = contract;
    const fixedSize = [64, 64] as const;
    await bring(engine, 'global', {
      input: { ...input, fixedSize },
      tile: { ...tile, whole: true },
    });
    const cut = await restore(engine, id, picture);
    expect(cut.tiles).toBe(12);
    expect(cut.warnings.join()).toContain('that changes the result');
  });
});

describe('the parity check', { timeout: SLOW }, () => {
  const parity = async (engine: EngineApi, modelId: string) =>
    unwrap(await engine.checkParity({ jobId: 'p', modelId, crop: null, mask: null }, silent));

  it('agrees for a network that WebGPU computes rightly', async () => {
    const engine = engines.webgpu;
    const { id } = await bring(engine, 'curve');
    const outcome = await parity(engine, id);
    expect(outcome).toMatchObject({ verdict: 'agree' });
    expect(outcome.largest).toBeLessThan(0.1);
  });

  it.each(['six-inside', 'six-channel'])(
    'flags a network that WebGPU computes wrongly, which then runs on WASM: %s',
    async (name) => {
      const engine = engines.webgpu;
      const { id } = await bring(engine, name);
      const before = await restore(engine, id, dark(40, 30));
      expect(before.settings.provider).toBe('wasm');
      expect(before.providerReason).toContain('until a check');
      const outcome = await parity(engine, id);
      expect(outcome).toMatchObject({ verdict: 'differ' });
      expect(outcome.largest).toBeGreaterThan(10);
      expect(outcome.sentence).toMatch(/so it runs on WASM\.$/);
      const { settings, providerReason } = await restore(engine, id, dark(40, 30));
      expect(settings.provider).toBe('wasm');
      expect(providerReason).toContain('A check found');
    },
  );
});

describe('a trial', { timeout: SLOW }, () => {
  it('ends with a sentence where a model never ends', async () => {
    const trials = new Trials(openTrial, 6_000);
    const result = await trials.run('t', await filesOf('endless'), null, silent);
    expect(result).toMatchObject({ ok: false, error: { kind: 'model-load' } });
    if (!result.ok) expect(result.error.message).toContain('seconds');
  });

  it('ends with a sentence where a model asks for more memory than there is', async () => {
    const engine = engines.wasm;
    const result = await engine.inspectModel(await filesOf('huge'), 't', silent);
    expect(result).toMatchObject({ ok: false, error: { kind: 'model-load' } });
    await bring(engine, 'invariant');
  });

  it('can be cancelled', async () => {
    const engine = engines.wasm;
    const files = await filesOf('endless');
    const running = engine.inspectModel(files, 'mine', ({ stage }) => {
      if (stage === 'trying') void engine.cancel('mine');
    });
    expect(await running).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });
});
