import { type GpuContext, requestDevice } from '../gpu/device.ts';
import { ErrorMaps } from '../gpu/errorMaps.ts';
import { countTransfers, type Transfers } from '../gpu/transferCounter.ts';
import { readManifest } from '../models/manifest.ts';
import { readMasks } from '../models/maskManifest.ts';
import { threadCount } from '../models/ort.ts';
import type { EngineInfo, MaskEntry, ModelEntry, ProviderChoice } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { Failure } from './failure.ts';
import { fetchManifest } from './loadModel.ts';
import { type GpuMeter, makeGpuMeter, metricBackends } from './pixelMeter.ts';
import { chooseProvider } from './provider.ts';

/** What an engine that was started is made of. */
export interface Running {
  readonly info: EngineInfo;
  /** The models of the list. */
  readonly models: readonly ModelEntry[];
  /** The list's networks that find the person. */
  readonly masks: readonly MaskEntry[];
  readonly gpu: GpuContext | null;
  readonly meter: GpuMeter | null;
  readonly maps: ErrorMaps | null;
  /** Bytes up to and back from the device since the start. */
  readonly transfers: () => Transfers;
  /** What the device reported outside any call since the last job began. */
  readonly gpuErrors: string[];
}

function valueOrThrow<T>(read: Result<T>): T {
  if (!read.ok) throw new Failure(read.error.kind, read.error.message);
  return read.value;
}

/** @throws {Failure} `model-load` where the list of models cannot be read */
export async function boot(choice: ProviderChoice, manifestUrl: string): Promise<Running> {
  const json = await fetchManifest(manifestUrl);
  const models = valueOrThrow(readManifest(json, manifestUrl));
  const masks = valueOrThrow(readMasks(json, manifestUrl));
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
  return { info, models, masks, gpu, meter, maps, transfers, gpuErrors };
}
