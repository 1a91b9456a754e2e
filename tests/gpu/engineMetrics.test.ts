import { describe, expect, it } from 'vitest';
import type { Gray8 } from '../../src/core/image/types.ts';
import { mapPeak } from '../../src/core/inspect/ranking.ts';
import { boundaryBand } from '../../src/core/metrics/boundaryBand.ts';
import { dataRange, MAPS, mapReference } from '../../src/core/metrics/maps.ts';
import { measureReference, measureRegion } from '../../src/core/metrics/measure.ts';
import { niqe } from '../../src/core/metrics/niqe/niqe.ts';
import { MASK_RULE } from '../../src/core/metrics/regionRule.ts';
import { METRIC_IDS, RAIM_METRIC_IDS, REGION_IDS } from '../../src/core/metrics/types.ts';
import { makeEngine } from '../../src/engine/engine.ts';
import type { EngineApi, ErrorMapJob } from '../../src/protocol/engine.ts';
import type { WeightFile } from '../../src/protocol/learned.ts';
import type { Result } from '../../src/protocol/result.ts';
import { makeMask, noisePicture } from './helpers.ts';

const MANIFEST = new URL('/models/manifest.json', location.href).href;
const FIXTURES = import.meta.glob<string>('../fixtures/lpips/*.pth', {
  query: '?url',
  import: 'default',
  eager: true,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

async function startEngine(): Promise<EngineApi> {
  const engine = makeEngine();
  unwrap(await engine.start('wasm', MANIFEST));
  return engine;
}

const [width, height] = [230, 200];
const output = noisePicture(width, height, 3);
const groundTruth = noisePicture(width, height, 8);
const mask = makeMask(width, height, (x, y) => (x - 90) ** 2 + (y - 110) ** 2 < 3000);
const grey: Gray8 = { width, height, data: mask.data.map((bit) => bit * 255) };
const masks = { person: grey, named: {} };
const pair = {
  fileName: 'a.png',
  output,
  groundTruth,
  addresses: { output: 'a', groundTruth: 'b' },
};
const band = { kind: 'boundary', mask: MASK_RULE, radius: 5 } as const;

describe('the engine measures', () => {
  it('every metric on WGSL as the reference does, and on the CPU where it is told to', async () => {
    const engine = await startEngine();
    const job = { ...pair, jobId: 'a', mask, metrics: METRIC_IDS };
    const onGpu = unwrap(await engine.measure(job));
    const onCpu = unwrap(await engine.measure({ ...job, onCpu: true }));
    expect([onGpu.backend, onCpu.backend]).toEqual(['wgsl', 'reference']);
    const wanted = measureReference(output, groundTruth, mask, METRIC_IDS);
    expect(onCpu.values).toEqual(wanted);
    for (const id of METRIC_IDS) {
      for (const region of REGION_IDS) {
        const value = onGpu.values[id]?.[region] ?? null;
        const reference = wanted[id][region];
        if (reference === null || value === null) expect(value, `${id} ${region}`).toBe(reference);
        else {
          const apart = Math.abs(value - reference) / Math.max(1, Math.abs(reference));
          expect(apart, `${id} ${region}`).toBeLessThanOrEqual(1e-6);
        }
      }
      expect([onGpu.backends[id], onCpu.backends[id]]).toEqual(['wgsl', 'reference']);
    }
  });

  it('a band around the edge; a region that is empty or has no mask has no value', async () => {
    const engine = await startEngine();
    const job = { ...pair, jobId: 'a', masks, metrics: RAIM_METRIC_IDS };
    const { values } = unwrap(await engine.measureRegion({ ...job, rule: band }));
    const wanted = measureRegion(output, groundTruth, boundaryBand(mask, 5));
    expect(values.psnr).toBe(wanted.psnr);
    expect(values.ssim).toBeCloseTo(wanted.ssim ?? Number.NaN, 6);
    const none = { psnr: null, ssim: null, deltae: null };
    const outside = { kind: 'rectangle', x: 900, y: 0, width: 3, height: 3 } as const;
    expect(unwrap(await engine.measureRegion({ ...job, rule: outside })).values).toEqual(none);
    const hair = { kind: 'named', mask: MASK_RULE, name: 'hair' } as const;
    expect(unwrap(await engine.measureRegion({ ...job, rule: hair })).values).toEqual(none);
  });

  it('NIQE, unless it was cancelled before its turn', async () => {
    const engine = await startEngine();
    const first = engine.niqe({ jobId: 'first', picture: output });
    const second = engine.niqe({ jobId: 'second', picture: groundTruth });
    await engine.cancel('second');
    expect(unwrap(await first).result).toEqual(niqe(output));
    expect(await second).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });

  it('nothing of two sizes, and names the file', async () => {
    const engine = await startEngine();
    const other = noisePicture(20, 20, 1);
    const job = { ...pair, jobId: 'a', masks, rule: band, metrics: RAIM_METRIC_IDS };
    const error = { kind: 'size-mismatch', message: expect.stringContaining('a.png is 230×200') };
    expect(await engine.measureRegion({ ...job, groundTruth: other })).toMatchObject({ error });
  });
});

describe('the engine draws', () => {
  const job: ErrorMapJob = {
    ...pair,
    jobId: 'map',
    map: 'deltae',
    scale: 'fixed',
    colours: 'viridis',
    region: { kind: 'person', mask: MASK_RULE },
    masks,
  };

  function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d', { colorSpace: 'srgb' });
    if (context === null) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  }

  it.each(['deltae', 'ssim', 'signed-luma'] as const)(
    'the map %s alike on WGSL and on the CPU',
    async (map) => {
      const engine = await startEngine();
      const onGpu = unwrap(await engine.errorMap({ ...job, map }));
      const onCpu = unwrap(await engine.errorMap({ ...job, map, onCpu: true }));
      expect([onGpu.backend, onCpu.backend]).toEqual(['wgsl', 'reference']);
      expect(onGpu.range).toEqual(MAPS[map].range);
      const [a, b] = [pixelsOf(onGpu.bitmap), pixelsOf(onCpu.bitmap)];
      expect(a).toHaveLength(width * height * 4);
      // A value on the border of two of the 256 colours may fall to either.
      const apart = a.filter((level, i) => Math.abs(level - (b[i] ?? 0)) > 6).length;
      expect(apart).toBe(0);
    },
  );

  it('on the scale of the data within the region', async () => {
    const engine = await startEngine();
    const { range } = unwrap(await engine.errorMap({ ...job, scale: 'data' }));
    const reference = mapReference('deltae', output, groundTruth);
    const inside = dataRange('deltae', reference, mask);
    expect(range.min).toBeCloseTo(inside.min, 3);
    expect(range.max).toBeCloseTo(inside.max, 3);
    expect(inside).not.toEqual(dataRange('deltae', reference, null));
  });

  it('and tells the worst places of a map without drawing it', async () => {
    const engine = await startEngine();
    const reference = mapReference('ssim', output, groundTruth);
    const peak = { ...pair, jobId: 'peak', map: 'ssim', mask } as const;
    const onGpu = unwrap(await engine.mapPeak(peak));
    expect(onGpu.person).toBeCloseTo(mapPeak(reference, true, mask) ?? Number.NaN, 4);
    expect(onGpu.global).toBeCloseTo(mapPeak(reference, true) ?? Number.NaN, 4);
    expect(onGpu.person).not.toBeCloseTo(onGpu.global, 4);
    const onCpu = unwrap(await engine.mapPeak({ ...peak, mask: null, onCpu: true }));
    expect(onCpu).toEqual({ global: mapPeak(reference, true), person: null });
  });
});

describe('the engine checks the device', () => {
  it('and finds every metric exact here', async () => {
    const engine = await startEngine();
    const { exact, deviations } = unwrap(await engine.checkDevice('check', METRIC_IDS));
    expect(deviations.map(({ id }) => id)).toEqual([...METRIC_IDS]);
    expect(deviations.filter((deviation) => !deviation.exact)).toEqual([]);
    expect(exact).toBe(true);
  });
});

describe('the engine and LPIPS', () => {
  async function weights(file: string): Promise<WeightFile> {
    const url = FIXTURES[`../fixtures/lpips/${file}`];
    if (url === undefined) throw new Error(`No fixture ${file}`);
    return { file: await (await fetch(url)).blob(), name: file };
  }

  it('is built from its files, measures, and says where it cannot be used', async () => {
    const engine = await startEngine();
    const files = [await weights('alexnet.pth'), await weights('heads-legacy.pth')] as const;
    expect(unwrap(await engine.identifyWeights(files[0]))).toBe('alexnet');
    expect(unwrap(await engine.identifyWeights(files[1]))).toBe('heads');
    const { id, contract, onnx, sha256 } = unwrap(await engine.buildLpips(files));
    const network = { file: new Blob([onnx]), sha256, name: 'LPIPS', contract };
    const truth = { pixels: groundTruth, mask };
    const pictures = [{ pixels: pair.output, mask }, truth];
    const job = { jobId: 'lpips', fileName: pair.fileName, pictures, network };
    const { value } = unwrap(await engine.learned(job));
    expect(value).toBeGreaterThan(0);
    expect(unwrap(await engine.learned({ ...job, pictures: [truth, truth] })).value).toBe(0);
    const exported = unwrap(
      await engine.openMetric({ file: network.file, name: 'lpips.onnx' }, 'open'),
    );
    expect(exported).toMatchObject({ id, sha256, contract });
    const wrong = await engine.identifyWeights(await weights('vgg.pth'));
    expect(wrong).toMatchObject({ ok: false, error: { kind: 'model-load' } });
    const damaged = await engine.learned({
      ...job,
      network: { ...network, sha256: '0'.repeat(64) },
    });
    expect(damaged).toMatchObject({
      error: { kind: 'model-load', message: expect.stringContaining('damaged') },
    });
    const model = await (await fetch('/models/manifest.json')).json();
    const restoration = await (await fetch(`/models/${model.models[0].file}`)).blob();
    const other = await engine.openMetric({ file: restoration, name: 'flash.onnx' }, 'open');
    expect(other).toMatchObject({ error: { message: expect.stringContaining('flash.onnx') } });
  });
});
