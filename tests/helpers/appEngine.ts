import * as ort from 'onnxruntime-web/wasm';
import { drawErrorMap, runMapPeak } from '../../src/engine/errorMap.ts';
import { Failure, settle } from '../../src/engine/failure.ts';
import { runMeasure, runMeasureRegion, runNiqe } from '../../src/engine/measureJobs.ts';
import { buildLpips, identifyWeights, MetricNetworks } from '../../src/engine/networks.ts';
import { metricBackends } from '../../src/engine/pixelMeter.ts';
import type { JobControl } from '../../src/engine/queue.ts';
import type {
  DeviceCheckOutcome,
  EngineApi,
  EngineInfo,
  MaskEntry,
  ModelEntry,
  RestoreOutcome,
  RestoreSettings,
} from '../../src/protocol/engine.ts';
import type { MethodRef, ParityOutcome } from '../../src/protocol/models.ts';
import type { Result } from '../../src/protocol/result.ts';
import { TestBitmap } from './appCodec.ts';
import { CONTRACT, FACTS, TestMethods } from './appMethods.ts';
import { testVisitor } from './appVisitor.ts';

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
  contract: CONTRACT,
  facts: null,
  training: '',
  scores: {},
  card: null,
  fp16: isDefault ? { url: `http://localhost/${id}-fp16.onnx`, bytes: 2, sha256: 'half' } : null,
});

const TILES = 4;

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
  /** How many of the next calls that compute lose the graphics device. */
  deviceLosses: number;
  /** What a parity check finds. */
  parity: ParityOutcome;
  /** The networks that find people. */
  masks: readonly MaskEntry[];
  /** Whether they find nobody. */
  nobody: boolean;
  /** Whether restorations give a preview where one is wanted. */
  previews: boolean;
  /** The colour profiles of what is previewed, by name, in order; null: sRGB. */
  readonly previewed: (string | null)[];
  /** What every restoration says about its output. */
  warnings: readonly string[];
  /** Set to make loading a model, or starting, fail with this message. */
  modelFailure: string | null;
  startFailure: string | null;
  /** While set, every tile and every step of a measurement waits for it. */
  hold: Promise<void> | null;
}

function loseDevice(control: EngineControl): void {
  if (control.deviceLosses === 0) return;
  control.deviceLosses -= 1;
  throw new Failure('device-lost', 'The graphics device was lost (test).');
}

async function restorePixels(
  control: EngineControl,
  methods: TestMethods,
  cancelled: ReadonlySet<string>,
  settings: RestoreSettings,
  ...[job, onProgress, onPreview]: Parameters<EngineApi['restore']>
): Promise<RestoreOutcome> {
  control.restores += 1;
  loseDevice(control);
  if (control.modelFailure !== null) throw new Failure('model-load', control.modelFailure);
  const gain = await methods.gain(job.method, job.mask != null);
  if (control.previews && job.preview) {
    control.previewed.push(job.profile?.name ?? null);
    onPreview?.(new TestBitmap(6, 8));
  }
  for (let tile = 0; tile < TILES; tile += 1) {
    onProgress({ stage: 'restoring', done: tile, total: TILES, secondsLeft: null });
    await control.hold;
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (cancelled.has(job.jobId)) throw new Failure('cancelled', 'Cancelled.');
  }
  const { width, height } = job.pixels;
  const data = job.pixels.data.map((value, i) => (i % 4 === 3 ? 255 : value * gain));
  return {
    pixels: { width, height, data },
    settings,
    warnings: control.warnings,
    providerReason: 'It runs on the test’s engine.',
    handle: null,
    seconds: 0.5,
    loadSeconds: 0.1,
    tiles: TILES,
  };
}

/** An engine of two tiny "models" that multiply every value; it measures with the real reference. */
export function makeGainEngine(): EngineControl {
  const models = [model('double', true), model('triple', false)];
  const settingsOf = (
    methods: TestMethods,
    method: MethodRef,
    maskSha256: string | null = null,
  ): RestoreSettings => {
    const own = methods.settings(method, maskSha256);
    const provider = own.provider ?? control.info.provider;
    return { ...own, provider, tileSize: 8, tileOverlap: 2, pipelineVersion: 1 };
  };
  const settled = async <T>(value: T): Promise<Result<T>> => ({ ok: true, value });
  const control: EngineControl = {
    restores: 0,
    measures: 0,
    calls: [],
    failing: null,
    check: { exact: true, deviations: [] },
    parity: {
      verdict: 'agree',
      largest: 0,
      mean: 0,
      sentence: 'WebGPU and WASM agree.',
      adapter: 'A card',
    },
    masks: [],
    nobody: false,
    previews: false,
    previewed: [],
    warnings: [],
    deviceLosses: 0,
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
      const methods = new TestMethods();
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
          loseDevice(control);
          if (control.failing === name) throw new Failure('internal', `${name} failed.`);
          return work({ checkpoint: async () => undefined });
        });
      };
      return {
        async start() {
          if (control.startFailure !== null) {
            return { ok: false, error: { kind: 'model-load', message: control.startFailure } };
          }
          return settled({ info: control.info, models, masks: control.masks });
        },
        settingsFor: (method, mask) => settle(async () => settingsOf(methods, method, mask)),
        restore: (job, onProgress, onPreview) =>
          settle(async () => {
            const settings = settingsOf(methods, job.method, job.mask?.sha256);
            return restorePixels(control, methods, cancelled, settings, job, onProgress, onPreview);
          }),
        nameOutput: () => settled(undefined),
        inspectModel: (files, jobId, onProgress) => {
          onProgress({ stage: 'inspecting', done: 0, total: 0, secondsLeft: null });
          return step('inspectModel', jobId, () => methods.inspect(files));
        },
        tryContract: (files, contract, jobId) =>
          step('tryContract', jobId, () => methods.tryContract(files, contract)),
        async openModel(own, files) {
          methods.openModel(own, files);
          control.calls.push('openModel');
          return settled({ ...model(own.id, false), title: own.title });
        },
        async closeModel(id) {
          methods.close(id);
          return settled(undefined);
        },
        modelFacts: () => step('modelFacts', '', async () => FACTS),
        async setProvider(id, provider) {
          methods.setProvider(id, provider);
          return settled(undefined);
        },
        openLut: (file, name) => settle(() => methods.openLut(file, name)),
        checkParity: ({ jobId, modelId }) =>
          step('checkParity', jobId, async () => {
            const isBad = ['differ', 'failed'].includes(control.parity.verdict);
            if (isBad) methods.setProvider(modelId, 'wasm');
            return control.parity;
          }),
        transferCounters: () => settled({ uploaded: 0, readBack: 0 }),
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
        mapPeak: (job) => step('mapPeak', job.jobId, () => runMapPeak(null, job)),
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
        openMetric: (file, jobId) => step('openMetric', jobId, () => networks.openMetric(file)),
        learned: (job) => step('learned', job.jobId, (steps) => networks.learned(job, steps)),
        ...testVisitor(step, control),
        cancel: async (jobId) => {
          cancelled.add(jobId);
        },
      };
    },
  };
  return control;
}
