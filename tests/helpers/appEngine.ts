import * as ort from 'onnxruntime-web/wasm';
import { drawErrorMap } from '../../src/engine/errorMap.ts';
import { Failure, settle } from '../../src/engine/failure.ts';
import { runMeasure, runMeasureRegion, runNiqe } from '../../src/engine/measureJobs.ts';
import { buildLpips, identifyWeights, MetricNetworks } from '../../src/engine/networks.ts';
import { metricBackends } from '../../src/engine/pixelMeter.ts';
import type { JobControl } from '../../src/engine/queue.ts';
import type {
  DeviceCheckOutcome,
  EngineApi,
  EngineInfo,
  ModelEntry,
  RestoreSettings,
} from '../../src/protocol/engine.ts';
import type { ImageTensor, MethodRef } from '../../src/protocol/models.ts';
import type { Result } from '../../src/protocol/result.ts';
import { TestBitmap } from './appCodec.ts';

const tensor: ImageTensor = {
  name: 'x',
  layout: 'NCHW',
  channels: 'RGB',
  element: 'float32',
  normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
};

const model = (id: string, isDefault: boolean): ModelEntry => ({
  id,
  title: `Model ${id}`,
  source: { kind: 'built-in', url: `${id}.onnx` },
  bytes: 1,
  sha256: `sha-of-${id}`,
  default: isDefault,
  task: 'restoration',
  licence: 'MIT',
  parameters: 1,
  macs720p: 1,
  contract: {
    input: { ...tensor, fixedSize: null, sizeMultiple: 1, minSize: 1 },
    thumbnail: null,
    mask: null,
    output: { ...tensor, kind: 'image', scale: 1 },
    tile: { size: 8, overlap: 2, whole: false },
  },
  facts: null,
  card: null,
  training: '',
  scores: {},
});

const GAINS: Readonly<Record<string, number>> = { double: 2, triple: 3 };
const TILES = 4;

const idOf = (method: MethodRef): string => {
  if (method.kind === 'model') return method.modelId;
  return method.kind === 'lut' ? method.lutId : method.id;
};

export interface EngineControl {
  /** A fresh engine, as a fresh worker would have it. */
  api(): EngineApi;
  restores: number;
  measures: number;
  /** The names of all calls that measure, draw or check, in order. */
  readonly calls: string[];
  /** The call that fails, by name. */
  failing: string | null;
  /** What a check of the device finds; null fails. */
  check: Omit<DeviceCheckOutcome, 'seconds'> | null;
  info: EngineInfo;
  /** Set to make loading a model, or starting, fail with this message. */
  modelFailure: string | null;
  startFailure: string | null;
  /** While set, every tile and every step of a measurement waits for it. */
  hold: Promise<void> | null;
}

async function restorePixels(
  control: EngineControl,
  cancelled: ReadonlySet<string>,
  settings: (id: string) => RestoreSettings,
  ...[job, onProgress]: Parameters<EngineApi['restore']>
): ReturnType<EngineApi['restore']> {
  control.restores += 1;
  if (control.modelFailure !== null) {
    return { ok: false, error: { kind: 'model-load', message: control.modelFailure } };
  }
  const id = idOf(job.method);
  const gain = GAINS[id] ?? 1;
  for (let tile = 0; tile < TILES; tile += 1) {
    onProgress({ stage: 'restoring', done: tile, total: TILES, secondsLeft: null });
    await control.hold;
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (cancelled.has(job.jobId)) {
      return { ok: false, error: { kind: 'cancelled', message: 'Cancelled.' } };
    }
  }
  const { width, height } = job.pixels;
  const data = job.pixels.data.map((value, i) => (i % 4 === 3 ? 255 : value * gain));
  return {
    ok: true,
    value: {
      pixels: { width, height, data },
      settings: settings(id),
      warnings: [],
      providerReason: 'test',
      handle: null,
      seconds: 0.5,
      loadSeconds: 0.1,
      tiles: TILES,
    },
  };
}

/** An engine of two tiny "models" that multiply every value; it measures with the real reference. */
export function makeGainEngine(): EngineControl {
  const models = [model('double', true), model('triple', false)];
  const settings = (modelId: string): RestoreSettings => ({
    modelId,
    modelSha256: `sha-of-${modelId}`,
    provider: control.info.provider,
    tileSize: 8,
    tileOverlap: 2,
    pipelineVersion: 1,
  });
  const notHere = async (): Promise<Result<never>> => ({
    ok: false,
    error: { kind: 'model-load', message: 'This engine has gains only.' },
  });
  const settled = async <T>(value: T): Promise<Result<T>> => ({ ok: true, value });
  const control: EngineControl = {
    restores: 0,
    measures: 0,
    calls: [],
    failing: null,
    check: { exact: true, deviations: [] },
    modelFailure: null,
    startFailure: null,
    hold: null,
    info: {
      provider: 'wasm',
      reason: 'test',
      adapter: null,
      softwareAdapter: false,
      threads: 1,
      metricsBackend: 'reference',
      metricBackends: metricBackends(null),
    },
    api() {
      const cancelled = new Set<string>();
      const networks = new MetricNetworks(async () => {
        ort.env.wasm.numThreads = 1;
        return ort;
      });
      const step = <T>(
        name: string,
        jobId: string,
        work: (steps: JobControl) => Promise<T>,
      ): Promise<Result<T>> => {
        control.calls.push(name);
        return settle(async () => {
          await control.hold;
          if (cancelled.has(jobId)) throw new Failure('cancelled', 'Cancelled.');
          if (control.failing === name) throw new Failure('internal', `${name} failed.`);
          return work({ checkpoint: async () => undefined });
        });
      };
      return {
        async start() {
          if (control.startFailure !== null) {
            return { ok: false, error: { kind: 'model-load', message: control.startFailure } };
          }
          return settled({ info: control.info, models });
        },
        settingsFor: (method) => settled(settings(idOf(method))),
        nameOutput: () => settled(undefined),
        inspectModel: notHere,
        tryContract: notHere,
        openModel: notHere,
        closeModel: () => settled(undefined),
        modelFacts: notHere,
        setProvider: () => settled(undefined),
        openLut: notHere,
        checkParity: notHere,
        transferCounters: () => settled({ uploaded: 0, readBack: 0 }),
        restore: (job, onProgress) => restorePixels(control, cancelled, settings, job, onProgress),
        async measure(job) {
          control.measures += 1;
          return step('measure', job.jobId, async (steps) => {
            const outcome = await runMeasure(null, job, steps);
            const backend = job.onCpu ? 'reference' : control.info.metricsBackend;
            const ids = Object.keys(outcome.values);
            return {
              ...outcome,
              backend,
              backends: Object.fromEntries(ids.map((id) => [id, backend])),
            };
          });
        },
        measureRegion: (job) =>
          step('measureRegion', job.jobId, (steps) => runMeasureRegion(null, job, steps)),
        niqe: (job) => step('niqe', job.jobId, async () => runNiqe(job)),
        errorMap: (job) =>
          step('errorMap', job.jobId, async () => {
            const { picture, ...bar } = await drawErrorMap(null, job);
            return { bitmap: new TestBitmap(picture.width, picture.height), ...bar };
          }),
        checkDevice: (jobId) =>
          step('checkDevice', jobId, async () => {
            if (control.check === null) throw new Failure('device-lost', 'The check failed.');
            return { ...control.check, seconds: 0 };
          }),
        identifyWeights: (file) => settle(() => identifyWeights(file)),
        buildLpips: (files) => settle(() => buildLpips(files)),
        openLpips: (file) => settle(() => networks.openLpips(file)),
        lpips: (job) => step('lpips', job.jobId, () => networks.lpips(job)),
        cancel: async (jobId) => {
          cancelled.add(jobId);
        },
      };
    },
  };
  return control;
}
