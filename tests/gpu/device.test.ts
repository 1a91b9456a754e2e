import { describe, expect, it } from 'vitest';
import { describeAdapter, isSoftwareAdapter, requestDevice } from '../../src/gpu/device.ts';
import { openDevice } from './helpers.ts';

const context = await openDevice();

/** The fields of an adapter's info that differ between browsers. */
function infoOf(fields: Partial<GPUAdapterInfo>): GPUAdapterInfo {
  return {
    __brand: 'GPUAdapterInfo',
    vendor: '',
    architecture: '',
    device: '',
    description: '',
    subgroupMinSize: 4,
    subgroupMaxSize: 128,
    isFallbackAdapter: false,
    ...fields,
  };
}

describe('GPU device', () => {
  it("has all of the adapter's limits", async () => {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    const { limits } = context.device;
    expect(limits.maxBufferSize).toBe(adapter?.limits.maxBufferSize);
    expect(limits.maxStorageBufferBindingSize).toBe(adapter?.limits.maxStorageBufferBindingSize);
    expect(limits.maxComputeWorkgroupStorageSize).toBe(
      adapter?.limits.maxComputeWorkgroupStorageSize,
    );
  });

  it('has the optional features that the adapter offers', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    for (const feature of ['timestamp-query', 'shader-f16', 'subgroups'] as const) {
      expect(context.device.features.has(feature)).toBe(adapter?.features.has(feature));
    }
  });

  it('says that a software rasteriser is one', () => {
    expect(context.software).toBe(/swiftshader/i.test(context.description));
    expect(isSoftwareAdapter(infoOf({ description: 'llvmpipe (LLVM 15.0.7, 256 bits)' }))).toBe(
      true,
    );
    expect(isSoftwareAdapter(infoOf({ vendor: 'google', architecture: 'swiftshader' }))).toBe(true);
    expect(isSoftwareAdapter(infoOf({ vendor: 'acme', isFallbackAdapter: true }))).toBe(true);
    expect(isSoftwareAdapter(infoOf({ vendor: 'nvidia', architecture: 'ampere' }))).toBe(false);
  });

  it('names the adapter with whatever the browser tells', () => {
    expect(describeAdapter(infoOf({ vendor: 'nvidia', architecture: 'ampere' }))).toBe(
      'nvidia ampere',
    );
    expect(describeAdapter(infoOf({ vendor: 'intel', description: 'Iris Xe' }))).toBe(
      'intel Iris Xe',
    );
    expect(describeAdapter(infoOf({}))).toBe('unnamed adapter');
    expect(describeAdapter(infoOf({ vendor: 'google', architecture: 'swiftshader' }))).toBe(
      'google swiftshader (software)',
    );
  });

  it('tells the listener about errors that no call reports', async () => {
    const errors: string[] = [];
    const other = await requestDevice(navigator.gpu, (message) => errors.push(message));
    other?.device.createBuffer({ size: 4, usage: 0 });
    other?.pipelines.compute('broken', 'fn main( {');
    // Chromium sends commands, and with them their errors, when the queue is next used.
    await other?.device.queue.onSubmittedWorkDone();
    await expect.poll(() => errors.length).toBeGreaterThanOrEqual(2);
    other?.device.destroy();
  });

  it('says when it is lost', async () => {
    const other = await requestDevice(navigator.gpu);
    other?.device.destroy();
    expect(await other?.lost).toMatch(/destroyed/i);
  });

  it('is null where there is no adapter', async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU;
    expect(await requestDevice(none)).toBeNull();
  });

  it('is null, with the reason told, where the adapter gives no device', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter === null) throw new Error('no adapter');
    // An adapter gives one device only: the second request is refused by the browser itself.
    (await adapter.requestDevice()).destroy();
    const errors: string[] = [];
    const spent = { requestAdapter: async () => adapter } as unknown as GPU;
    expect(await requestDevice(spent, (message) => errors.push(message))).toBeNull();
    expect(errors).toHaveLength(1);
  });
});
