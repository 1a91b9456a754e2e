import { describe, expect, it } from 'vitest';
import { shrinkTo } from '../../src/core/image/shrink.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { guidedFilterFor, guidedUpsample } from '../../src/core/methods/guidedFilter.ts';
import { mixByStrength } from '../../src/core/methods/strength.ts';
import { simulateWeakFlash, weakFlashFromSeed } from '../../src/core/methods/weakFlash.ts';
import { makeEngine } from '../../src/engine/engine.ts';
import { findPerson } from '../../src/engine/personMask.ts';
import { readMasks } from '../../src/models/maskManifest.ts';
import { createMetricSession } from '../../src/models/metricSession.ts';
import { loadOrt } from '../../src/models/ort.ts';
import type { EngineApi, ProviderChoice } from '../../src/protocol/engine.ts';
import type { Result } from '../../src/protocol/result.ts';
import { makePicture, noisePicture, openDevice } from './helpers.ts';
import { expectTwin } from './twins.ts';

await openDevice();
/** A network on a software adapter. In ms. */
const SLOW = 240_000;
const MANIFEST = new URL('/models/manifest.json', location.href).href;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

function pixelsOf(bitmap: ImageBitmap): Rgba8 {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  context.drawImage(bitmap, 0, 0);
  const data = new Uint8ClampedArray(context.getImageData(0, 0, width, height).data);
  return { width, height, data };
}

async function pictureAt(path: string): Promise<Rgba8> {
  const file = await (await fetch(new URL(path, location.href))).blob();
  return pixelsOf(await createImageBitmap(file));
}

async function startEngine(choice: ProviderChoice): Promise<EngineApi> {
  const engine = makeEngine();
  const { masks } = unwrap(await engine.start(choice, MANIFEST));
  expect(masks.map(({ id }) => id)).toEqual(['person-mask']);
  return engine;
}

const portrait = await pictureAt('/samples/studio/input.jpg');
const person = await pictureAt('/samples/studio/mask.png');

/** The mask network alone, on WASM, refined by the float64 twin. */
async function maskByTwin(): Promise<Uint8Array> {
  const [entry] = unwrap(readMasks(await (await fetch(MANIFEST)).json(), MANIFEST));
  if (!entry) throw new Error('the list has no mask network');
  const onnx = new Uint8Array(await (await fetch(entry.url)).arrayBuffer());
  const session = await createMetricSession(await loadOrt('wasm', 1), onnx, ['input'], null);
  const { soft, guide } = await findPerson(session, entry, portrait);
  await session.release();
  const params = guidedFilterFor(portrait.width, portrait.height, entry.refine);
  return guidedUpsample(soft, portrait, { ...params, guide }).data;
}

describe('the person mask', () => {
  it.each<[ProviderChoice, number]>([
    ['wasm', 1],
    ['webgpu', 3],
  ])(
    'on %s, refined by WGSL, is that of the float64 twin',
    { timeout: SLOW },
    async (choice, most) => {
      const engine = await startEngine(choice);
      const job = { jobId: 'mask', fileName: 'studio.jpg', pixels: portrait };
      const { mask, provider, backend } = unwrap(await engine.personMask(job));
      expect([provider, backend]).toEqual([choice, 'wgsl']);
      expect([mask.width, mask.height]).toEqual([portrait.width, portrait.height]);
      const wanted = await maskByTwin();
      const apart = mask.data.reduce(
        (largest, level, i) => Math.max(largest, Math.abs(level - (wanted[i] ?? 0))),
        0,
      );
      expect(apart).toBeLessThanOrEqual(most);
      let [both, either] = [0, 0];
      mask.data.forEach((level, i) => {
        const [found, there] = [level >= 128, (person.data[i * 4] ?? 0) >= 128];
        both += Number(found && there);
        either += Number(found || there);
      });
      expect(both / either).toBeGreaterThan(0.84);
    },
  );
});

describe('mixtures', () => {
  const picture = noisePicture(300, 200, 3);
  const restored = noisePicture(300, 200, 4);
  const job = { fileName: 'noise.png', picture, restored };

  it('are those of the float64 twin; previews are of the held pair alone', async () => {
    const engine = await startEngine('wasm');
    const { pixels, backend } = unwrap(await engine.mixStrength(job, 0.3));
    expect(backend).toBe('wgsl');
    expectTwin(pixels, mixByStrength(picture, restored, 0.3));
    expect(unwrap(await engine.previewMix('a', 0.3))).toBeNull();
    unwrap(await engine.holdMix({ ...job, key: 'a' }));
    const preview = unwrap(await engine.previewMix('a', 0.3));
    expect([preview?.width, preview?.height]).toEqual([300, 200]);
    expect(unwrap(await engine.previewMix('b', 0.3))).toBeNull();
  });

  it('are refused for pictures of two sizes', async () => {
    const engine = await startEngine('wasm');
    const odd = { ...job, restored: noisePicture(200, 300, 4) };
    const mixed = await engine.mixStrength(odd, 0.5);
    expect(mixed.ok ? null : mixed.error.kind).toBe('size-mismatch');
  });
});

it('a simulated flash is that of the float64 twin', async () => {
  const engine = await startEngine('wasm');
  const pixels = noisePicture(160, 120, 9);
  const mask = { width: 160, height: 120, data: new Uint8Array(19_200).fill(200) };
  const params = weakFlashFromSeed(5);
  const job = { fileName: 'noise.png', pixels, mask, params };
  const dark = unwrap(await engine.simulateWeakFlash(job));
  expect(dark.backend).toBe('wgsl');
  expectTwin(dark.pixels, simulateWeakFlash(pixels, mask, params));
  const wrong = await engine.simulateWeakFlash({ ...job, mask: { ...mask, width: 80 } });
  expect(wrong.ok ? null : wrong.error.kind).toBe('size-mismatch');
});

it('a preview comes before the restoration and looks like it', { timeout: SLOW }, async () => {
  const engine = await startEngine('wasm');
  const scene = makePicture(720, 300, (x, y) => [
    20 + (x % 50),
    15 + (y % 40),
    10 + ((x + y) % 30),
  ]);
  const previews: ImageBitmap[] = [];
  const job = {
    ...{ jobId: 'job', fileName: 'scene.png', pixels: scene, preview: true },
    method: { kind: 'model', modelId: 'flash-s' } as const,
  };
  let before = -1;
  const { pixels } = unwrap(
    await engine.restore(
      job,
      ({ stage, done }) => {
        if (stage === 'restoring' && done > 0 && before < 0) before = previews.length;
      },
      (bitmap) => previews.push(bitmap),
    ),
  );
  expect(before).toBe(1);
  expect([pixels.width, pixels.height]).toEqual([720, 300]);
  const [preview] = previews;
  if (!preview) throw new Error('no preview');
  expect([preview.width, preview.height]).toEqual([512, 213]);
  const [seen, wanted] = [pixelsOf(preview).data, shrinkTo(pixels, 512).data];
  const apart = seen.reduce((sum, level, i) => sum + Math.abs(level - (wanted[i] ?? 0)), 0);
  expect(apart / seen.length).toBeLessThan(6);
});
