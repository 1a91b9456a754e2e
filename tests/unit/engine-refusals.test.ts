import { createHash } from 'node:crypto';
import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import type { Running } from '../../src/engine/boot.ts';
import { loadModel } from '../../src/engine/loadModel.ts';
import { PersonMasks } from '../../src/engine/personMask.ts';
import { metricBackends } from '../../src/engine/pixelMeter.ts';
import { restorePicture } from '../../src/engine/restore.ts';
import { writeOnnx } from '../../src/models/onnx/model.ts';
import { planTiles } from '../../src/models/tiling.ts';
import type { Provider } from '../../src/protocol/engine.ts';
import { MASK_ENTRY } from '../helpers/appVisitor.ts';
import { flat } from '../helpers/pictures.ts';

const HERE = { checkpoint: async () => undefined };

/** What a promise was rejected with, as words. */
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'It worked.',
    (caught: Error) => caught.message,
  );

/** A network that gives its three channels back, where a mask has one. */
const shapeless = writeOnnx({
  name: 'no mask',
  nodes: [{ operator: 'Identity', inputs: ['input'], outputs: ['mask'] }],
  constants: [],
  inputs: [{ name: 'input', shape: [1, 3, 8, 8] }],
  outputs: [{ name: 'mask', shape: [1, 3, 8, 8] }],
  metadata: {},
});

function peopleFinder(provider: Provider): PersonMasks {
  const entry = {
    ...MASK_ENTRY,
    url: `data:application/octet-stream;base64,${Buffer.from(shapeless).toString('base64')}`,
    sha256: createHash('sha256').update(shapeless).digest('hex'),
  };
  const running: Running = {
    info: {
      provider,
      reason: 'A test.',
      adapter: null,
      softwareAdapter: false,
      threads: 1,
      metricsBackend: 'reference',
      metricBackends: metricBackends(null),
    },
    models: [],
    masks: [entry],
    gpu: null,
    meter: null,
    maps: null,
    transfers: () => ({ uploaded: 0, readBack: 0 }),
    gpuErrors: [],
  };
  ort.env.wasm.numThreads = 1;
  return new PersonMasks(running, async () => ort);
}

describe('a network that fails', () => {
  it.each<[Provider, boolean]>([
    ['wasm', false],
    ['webgpu', true],
  ])('on %s names the other provider only where there is one', async (provider, names) => {
    const pixels = flat(8, 8, 20);
    const job = { jobId: 'mask', fileName: 'hall.jpg', pixels };
    const mask = await refusalOf(peopleFinder(provider).find(job, HERE));
    expect(mask).toMatch(/could not look for people in hall\.jpg: its output is 1×3×8×8/);
    const runner = {
      runTile: () => Promise.reject(new Error('no room')),
      finish: () => Promise.reject(new Error('not begun')),
      dispose: () => undefined,
    };
    const tiles = planTiles(8, 8, { size: 8, overlap: 0, multiple: 1, minSize: 1 });
    const task = {
      ...{ fileName: 'hall.jpg', title: 'Flash', provider, tiles },
      ...{ makeRunner: () => runner, onProgress: () => undefined },
    };
    const restored = await refusalOf(restorePicture(task, HERE));
    expect(restored).toContain('Flash could not restore hall.jpg: no room. Try a smaller picture');
    for (const sentence of [mask, restored]) {
      expect(sentence.includes('?provider=wasm')).toBe(names);
    }
  });

  it('names no button: masks and simulations fail by the same sentence', async () => {
    const url = 'data:application/octet-stream;base64,AAAA';
    const listed = { title: 'Flash', source: { kind: 'built-in' as const, url }, bytes: 3 };
    const sentence = await refusalOf(
      loadModel({ ...listed, sha256: 'other' }, null, () => undefined),
    );
    expect(sentence).toMatch(/not the one the model list describes\. Check .* and try again\.$/);
  });
});
