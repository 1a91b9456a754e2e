import { type GpuContext, requestDevice } from '../gpu/device.ts';
import { ErrorMaps } from '../gpu/errorMaps.ts';
import { readManifest } from '../models/manifest.ts';
import { loadOrt, type OrtModule, threadCount } from '../models/ort.ts';
import { createSession, type RestorationSession } from '../models/session.ts';
import type {
  EngineApi,
  EngineInfo,
  ModelEntry,
  Progress,
  ProviderChoice,
  RestoreJob,
  RestoreOutcome,
  RestoreSettings,
} from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { checkDeviceHere } from './checkDevice.ts';
import { makeCpuTiles } from './cpuTiles.ts';
import { runErrorMap } from './errorMap.ts';
import { Failure, settle } from './failure.ts';
import { makeGpuTiles } from './gpuTiles.ts';
import { fetchManifest, loadModel } from './loadModel.ts';
import { runMeasure, runMeasureRegion, runNiqe } from './measureJobs.ts';
import { buildLpips, identifyWeights, MetricNetworks } from './networks.ts';
import { type GpuMeter, makeGpuMeter, metricBackends } from './pixelMeter.ts';
import { chooseProvider } from './provider.ts';
import { type JobControl, makeQueue } from './queue.ts';
import { RESTORE_PIPELINE_VERSION, restorePicture } from './restore.ts';

interface Running {
  readonly info: EngineInfo;
  readonly models: readonly ModelEntry[];
  readonly gpu: GpuContext | null;
  readonly meter: GpuMeter | null;
  readonly maps: ErrorMaps | null;
  /** What the device reported outside any call since the last job began. */
  readonly gpuErrors: string[];
}

async function boot(choice: ProviderChoice, manifestUrl: string): Promise<Running> {
  const manifest = readManifest(await fetchManifest(manifestUrl), manifestUrl);
  if (!manifest.ok) throw new Failure(manifest.error.kind, manifest.error.message);
  const gpuErrors: string[] = [];
  const report = (message: string) => gpuErrors.push(message);
  const gpu = 'gpu' in navigator ? await requestDevice(navigator.gpu, report) : null;
  const { provider, reason } = chooseProvider(choice, gpu);
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
  return { info, models: manifest.value, gpu, meter, maps: gpu && new ErrorMaps(gpu), gpuErrors };
}

function deviceLost(reason: string): Failure {
  return new Failure(
    'device-lost',
    `The graphics device was lost (${reason}). Loupe starts it anew: press “Restore again”.`,
  );
}

function gpuFailed(error: string): Failure {
  return new Failure(
    'model-run',
    `The graphics device reported an error (${error}), so the result was thrown away. Try again, use a smaller picture, or add ?provider=wasm to the address.`,
  );
}

/**
 * The engine: one device, one ONNX Runtime, one queue. A lost device cannot be revived inside ONNX
 * Runtime; the engine then answers `device-lost` to everything and its owner starts another worker.
 */
export function makeEngine(): EngineApi {
  const queue = makeQueue();
  const sessions = new Map<string, RestorationSession>();
  let running: Running | null = null;
  let starting: Promise<Running> | null = null;
  let ort: OrtModule | null = null;
  let lost: string | null = null;

  async function start(choice: ProviderChoice, manifestUrl: string): Promise<Running> {
    starting ??= boot(choice, manifestUrl);
    try {
      running = await starting;
    } catch (error) {
      // A failed start must be repeatable: the list of models may be reachable the next time.
      starting = null;
      throw error;
    }
    running.gpu?.lost.then((reason) => {
      lost = reason;
    });
    return running;
  }

  function current(): Running {
    if (lost !== null) throw deviceLost(lost);
    if (!running) throw new Error('the engine was used before it was started');
    return running;
  }

  /** Work on a lost device may wait for ever or fail with any error: the loss answers in its place. */
  async function unlessLost<T>(work: Promise<T>): Promise<T> {
    const loss = running?.gpu?.lost.then((reason) => {
      throw deviceLost(reason);
    });
    try {
      return await (loss ? Promise.race([work, loss]) : work);
    } catch (error) {
      // The browser may report the loss just after the failure it caused.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw lost !== null && !(error instanceof Failure && error.kind === 'cancelled')
        ? deviceLost(lost)
        : error;
    }
  }

  function entryOf(modelId: string): ModelEntry {
    const entry = current().models.find((model) => model.id === modelId);
    if (!entry)
      throw new Failure('model-load', `There is no model “${modelId}” in the model list.`);
    return entry;
  }

  function settingsOf(entry: ModelEntry): RestoreSettings {
    return {
      modelId: entry.id,
      modelSha256: entry.sha256,
      provider: current().info.provider,
      tileSize: entry.tile.size,
      tileOverlap: entry.tile.overlap,
      pipelineVersion: RESTORE_PIPELINE_VERSION,
    };
  }

  async function ortHere(): Promise<OrtModule> {
    const { info } = current();
    ort ??= await loadOrt(info.provider, info.threads);
    return ort;
  }

  async function sessionFor(entry: ModelEntry, onProgress: (progress: Progress) => void) {
    const { info, gpu } = current();
    const open = sessions.get(entry.id);
    if (open) return open;
    const bytes = await loadModel(entry, onProgress);
    try {
      const device = info.provider === 'webgpu' ? (gpu?.device ?? null) : null;
      const session = await createSession(await ortHere(), bytes, entry, device);
      sessions.set(entry.id, session);
      return session;
    } catch (caught) {
      const detail = caught instanceof Error ? caught.message : String(caught);
      const message = `The model ${entry.title} could not be started on ${info.provider === 'webgpu' ? 'WebGPU' : 'WASM'}: ${detail}. Try the other provider (?provider=wasm or ?provider=webgpu in the address) or another model.`;
      throw new Failure('model-load', message, caught);
    }
  }

  async function restore(
    job: RestoreJob,
    onProgress: (progress: Progress) => void,
    control: JobControl,
  ): Promise<RestoreOutcome> {
    const { info, gpu } = current();
    const entry = entryOf(job.modelId);
    const loading = performance.now();
    const session = await sessionFor(entry, onProgress);
    const loadSeconds = (performance.now() - loading) / 1000;
    await control.checkpoint();
    const { seconds, tiles, pixels } = await restorePicture(
      {
        fileName: job.fileName,
        picture: job.pixels,
        entry,
        session,
        makeRunner:
          info.provider === 'webgpu' && gpu
            ? (...args) => makeGpuTiles(gpu, ...args)
            : makeCpuTiles,
        onProgress,
      },
      control,
    );
    return { pixels, settings: settingsOf(entry), seconds, loadSeconds, tiles };
  }

  const networks = new MetricNetworks(ortHere);

  /** A job in the queue, with the loss of the device answered in its place. */
  function queued<T>(
    jobId: string,
    job: (parts: Running, control: JobControl) => Promise<T>,
  ): Promise<Result<T>> {
    return settle(() =>
      queue.add(jobId, (control) =>
        unlessLost(
          (async () => {
            const parts = current();
            parts.gpuErrors.length = 0;
            const outcome = await job(parts, control);
            current();
            // After such an error buffers hold zeros: a black picture or empty numbers, never shown.
            const [error] = parts.gpuErrors;
            if (error !== undefined) throw gpuFailed(error);
            return outcome;
          })(),
        ),
      ),
    );
  }

  return {
    start: (choice, manifestUrl) =>
      settle(async () => {
        const { info, models } = await start(choice, manifestUrl);
        return { info, models };
      }),
    settingsFor: (modelId) => settle(async () => settingsOf(entryOf(modelId))),
    restore: (job, onProgress) =>
      queued(job.jobId, (_, control) => restore(job, onProgress, control)),
    measure: (job) => queued(job.jobId, ({ meter }, control) => runMeasure(meter, job, control)),
    measureRegion: (job) =>
      queued(job.jobId, ({ meter }, control) => runMeasureRegion(meter, job, control)),
    niqe: (job) => queued(job.jobId, async () => runNiqe(job)),
    errorMap: (job) => queued(job.jobId, ({ maps }) => runErrorMap(maps, job)),
    checkDevice: (jobId, metrics) =>
      queued(jobId, ({ gpu }, control) => checkDeviceHere(gpu, metrics, control)),
    identifyWeights: (file) => settle(() => identifyWeights(file)),
    buildLpips: (files) => settle(() => buildLpips(files)),
    openLpips: (file) => queued(`weights ${file.name}`, () => networks.openLpips(file)),
    lpips: (job) => queued(job.jobId, () => networks.lpips(job)),
    cancel: async (jobId) => queue.cancel(jobId),
  };
}
