import { type GpuContext, requestDevice } from '../gpu/device.ts';
import { ErrorMaps } from '../gpu/errorMaps.ts';
import { countTransfers, type Transfers } from '../gpu/transferCounter.ts';
import { readManifest } from '../models/manifest.ts';
import { threadCount } from '../models/ort.ts';
import type { EngineInfo, ModelEntry, ProviderChoice } from '../protocol/engine.ts';
import { Failure } from './failure.ts';
import { fetchManifest } from './loadModel.ts';
import { type GpuMeter, makeGpuMeter, metricBackends } from './pixelMeter.ts';
import { chooseProvider } from './provider.ts';

/** What an engine that was started is made of. */
export interface Running {
  readonly info: EngineInfo;
  /** The models of the list. */
  readonly models: readonly ModelEntry[];
  readonly gpu: GpuContext | null;
  readonly meter: GpuMeter | null;
  readonly maps: ErrorMaps | null;
  /** Bytes up to and back from the device since the start. */
  readonly transfers: () => Transfers;
  /** What the device reported outside any call since the last job began. */
  readonly gpuErrors: string[];
}

/** @throws {Failure} `model-load` where the list of models cannot be read */
export async function boot(choice: ProviderChoice, manifestUrl: string): Promise<Running> {
  const manifest = readManifest(await fetchManifest(manifestUrl), manifestUrl);
  if (!manifest.ok) throw new Failure(manifest.error.kind, manifest.error.message);
  const gpuErrors: string[] = [];
  const report = (message: string) => gpuErrors.push(message);
  const gpu = 'gpu' in navigator ? await requestDevice(navigator.gpu, report) : null;
  const refusal = gpu === null ? (gpuErrors[0] ?? null) : null;
  const { provider, reason } = chooseProvider(choice, gpu, refusal);
  const transfers = gpu ? countTransfers(gpu.device) : () => ({ uploaded: 0, readBack: 0 });
  const meter = gpu && makeGpuMeter(gpu);
  const info: EngineInfo = {
    provider,
    reason,
    adapter: gpu?.description ?? null,
    softwareAdapter: gpu?.software ?? false,
    threads: threadCount(globalThis.crossOriginIsolated === true, navigator.hardwareConcurrency),
    metricsBackend: gpu ? 'wgsl' : 'reference',
    metricBackends: metricBackends(meter),
  };
  const maps = gpu && new ErrorMaps(gpu);
  return { info, models: manifest.value, gpu, meter, maps, transfers, gpuErrors };
}
