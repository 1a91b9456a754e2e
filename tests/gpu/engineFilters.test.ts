import { describe, expect, it } from 'vitest';
import { applyClassical, CLASSICAL_METHODS } from '../../src/core/methods/classical.ts';
import { parseCubeFile } from '../../src/core/methods/cubeFile.ts';
import { applyLut } from '../../src/core/methods/lut3d.ts';
import { warmUp } from '../../src/engine/warmUp.ts';
import { loadOrt } from '../../src/models/ort.ts';
import { createSession } from '../../src/models/session.ts';
import { CLASSICAL_IDS } from '../../src/protocol/models.ts';
import { openDevice } from './helpers.ts';
import { bring, dark, filesOf, SLOW, silent, startEngine, unwrap } from './userModels.ts';

const [shipped] = (await (await fetch('/models/manifest.json')).json()).models;
const context = await openDevice();
const engine = await startEngine('wasm');
const picture = dark(70, 50);
const job = { jobId: 'f', fileName: 'dark.png', pixels: picture };

describe('methods without a network', { timeout: SLOW }, () => {
  it.each(CLASSICAL_IDS)('give on the device what they give on the CPU: %s', async (id) => {
    const method = { kind: 'classical', id } as const;
    const { pixels, settings } = unwrap(await engine.restore({ ...job, method }, silent));
    expect(pixels).toEqual(applyClassical(picture, CLASSICAL_METHODS[id].plan(picture)));
    expect(settings).toEqual(unwrap(await engine.settingsFor(method)));
    expect(settings.provider).toBe('webgpu');
  });

  it('apply a table to the whole picture, and forget it when it is closed', async () => {
    const points = Array.from({ length: 27 }, (_, i) => {
      const [red, green, blue] = [i % 3, Math.floor(i / 3) % 3, Math.floor(i / 9)];
      return [blue / 2, (red / 2) ** 0.5, green / 2].join(' ');
    });
    const text = `LUT_3D_SIZE 3\n${points.join('\n')}\n`;
    const { id } = unwrap(await engine.openLut(new Blob([text]), 'turn.cube'));
    const method = { kind: 'lut', lutId: id } as const;
    const { pixels, handle } = unwrap(await engine.restore({ ...job, method }, silent));
    const wanted = applyLut(picture, parseCubeFile(text).lut);
    const apart = pixels.data.map((value, i) => Math.abs(value - (wanted.data[i] ?? 0)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    expect(handle).not.toBeNull();
    unwrap(await engine.closeModel(id));
    expect((await engine.settingsFor(method)).ok).toBe(false);
  });
});

describe('the built-in model', { timeout: SLOW }, () => {
  it('is looked into when asked', async () => {
    const facts = unwrap(await engine.modelFacts('flash-s'));
    const { parameters, macs720p } = shipped;
    expect(facts).toMatchObject({ opset: 17, parameters, macs720p, missingOnWebGpu: [] });
    expect(facts.macs720p).toBeLessThan(20e9);
  });
});

describe('a warm-up', { timeout: SLOW }, () => {
  it('runs networks with a mask as an input of its own and as a channel', async () => {
    for (const name of ['masked2', 'masked4']) {
      const { contract } = await bring(engine, name);
      const { file } = await filesOf(name);
      const onnx = new Uint8Array(await file.arrayBuffer());
      const ort = await loadOrt('webgpu', 1);
      const { device } = context;
      const session = await createSession(ort, { onnx, externalData: [] }, contract, { device });
      await expect(warmUp(session, contract, device, 32, 16)).resolves.toBeUndefined();
      await session.release();
    }
  });
});
