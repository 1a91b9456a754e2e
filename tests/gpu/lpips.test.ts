import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { LPIPS_CONTRACT } from '../../src/core/metrics/learned.ts';
import { measureLearned } from '../../src/engine/learnedMetric.ts';
import { lpipsFromCheckpoints } from '../../src/models/lpips/fromCheckpoints.ts';
import { createMetricSession, type MetricSession } from '../../src/models/metricSession.ts';
import { loadOrt } from '../../src/models/ort.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';
import { makeMask, makePicture, openDevice } from './helpers.ts';

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

const URLS = import.meta.glob<string>('../fixtures/lpips/*.{json,pth,rgb}', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string): Promise<Blob> {
  const url = URLS[`../fixtures/lpips/${name}`];
  if (url === undefined) throw new Error(`No fixture ${name}`);
  return (await fetch(url)).blob();
}

const context = await openDevice();
const expected: Expected = JSON.parse(await (await fixture('expected.json')).text());
const { width, height, cases } = expected.pictures;
const rgb = new Uint8Array(await (await fixture('pictures.rgb')).arrayBuffer());

/** The output (0) or the ground truth (1) of the fixture. */
function picture(index: number): Rgba8 {
  const at = (x: number, y: number, channel: number) =>
    rgb[((index * height + y) * width + x) * 3 + channel] ?? 0;
  return makePicture(width, height, (x, y) => [at(x, y, 0), at(x, y, 1), at(x, y, 2)]);
}

const [output, groundTruth] = [picture(0), picture(1)];

async function openSession(
  alexnet: string,
  heads: string,
  device: GPUDevice | null,
): Promise<MetricSession> {
  const files = [blobAccess(await fixture(alexnet)), blobAccess(await fixture(heads))] as const;
  const model = await lpipsFromCheckpoints(...files, [alexnet, heads]);
  if (!model.ok) throw new Error(model.error.message);
  const ort = await loadOrt(device ? 'webgpu' : 'wasm', 1);
  return createMetricSession(ort, model.value.onnx, LPIPS_CONTRACT.inputs, device);
}

describe.each([
  { alexnet: 'alexnet.pth', heads: 'heads.pth', on: 'WASM', device: null },
  { alexnet: 'alexnet-legacy.pth', heads: 'heads-legacy.pth', on: 'WASM', device: null },
  { alexnet: 'alexnet.pth', heads: 'heads-legacy.pth', on: 'WebGPU', device: context.device },
])('LPIPS in the browser from $alexnet and $heads on $on', ({ alexnet, heads, device }) => {
  let session: MetricSession;
  beforeAll(async () => {
    session = await openSession(alexnet, heads, device);
  }, 60_000);
  afterAll(() => session.release());

  it.each(cases)('is PyTorch’s on a crop of $width×$height: $lpips', async ({ mask, lpips }) => {
    const [x0, y0, w, h] = mask ?? [0, 0, 0, 0];
    const inside = (x: number, y: number) => x >= x0 && x < x0 + w && y >= y0 && y < y0 + h;
    const binary = mask && makeMask(width, height, inside);
    const value = await measureLearned({ name: 'LPIPS', contract: LPIPS_CONTRACT, session }, [
      { pixels: output, mask: binary },
      { pixels: groundTruth, mask: binary },
    ]);
    if (lpips === null || value === null) expect(value).toBe(lpips);
    else expect(Math.abs(value - lpips), `${value} instead of ${lpips}`).toBeLessThan(1e-5);
  });
});
