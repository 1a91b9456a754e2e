import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Running } from '../../src/engine/boot.ts';
import { ModelRegistry } from '../../src/engine/modelRegistry.ts';
import { networkSettings } from '../../src/engine/networkJobs.ts';
import { metricBackends } from '../../src/engine/pixelMeter.ts';
import { twinOf } from '../../src/engine/twin.ts';
import { readManifest } from '../../src/models/manifest.ts';
import type { ModelEntry, Provider } from '../../src/protocol/engine.ts';

const list = readManifest(
  JSON.parse(readFileSync('public/models/manifest.json', 'utf8')),
  'https://loupe.test/models/manifest.json',
);
if (!list.ok) throw new Error(list.error.message);
const [shipped] = list.value;
if (!shipped?.fp16) throw new Error('the shipped model has no twin');
const entry: ModelEntry = shipped;
const { fp16 } = shipped;

/** What of a device decides which file runs. */
const deviceWith = (...features: GPUFeatureName[]) =>
  ({
    device: {
      features: new Set<string>(features),
      limits: { maxStorageBufferBindingSize: 2 ** 30, maxBufferSize: 2 ** 30 },
    },
  }) as unknown as Running['gpu'];

function shaOn(provider: Provider, gpu: Running['gpu']): string {
  const running: Running = {
    info: {
      provider,
      reason: 'A test.',
      adapter: gpu && 'A card',
      softwareAdapter: false,
      threads: 1,
      metricsBackend: 'reference',
      metricBackends: metricBackends(null),
    },
    models: [entry],
    masks: [],
    gpu,
    meter: null,
    maps: null,
    transfers: () => ({ uploaded: 0, readBack: 0 }),
    gpuErrors: [],
  };
  const registry = new ModelRegistry(running.models);
  return networkSettings(running, registry, 'flash-s', null).modelSha256;
}

describe('the half-precision twin', () => {
  it('runs where shaders compute in half precision, and results are kept under its hash', () => {
    expect(shaOn('webgpu', deviceWith('shader-f16'))).toBe(fp16.sha256);
  });

  it('does not run on WASM, nor on a device that lacks shader-f16', () => {
    expect(shaOn('wasm', deviceWith('shader-f16'))).toBe(entry.sha256);
    expect(shaOn('webgpu', deviceWith('timestamp-query'))).toBe(entry.sha256);
    expect(shaOn('wasm', null)).toBe(entry.sha256);
  });

  it('is an entry of its own with the model’s id and contract', () => {
    const twin = twinOf(entry);
    expect(twin).toMatchObject({ id: entry.id, contract: entry.contract, bytes: fp16.bytes });
    expect(twin.source).toEqual({ kind: 'built-in', url: fp16.url });
    expect(twinOf({ ...entry, fp16: null }).sha256).toBe(entry.sha256);
  });
});
