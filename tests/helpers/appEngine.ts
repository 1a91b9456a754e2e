import { measureReference } from '../../src/core/metrics/measure.ts';
import type {
  EngineApi,
  EngineInfo,
  ModelEntry,
  RestoreSettings,
} from '../../src/protocol/engine.ts';
import type { Result } from '../../src/protocol/result.ts';

const tensor = { name: 'x', layout: 'NCHW', channels: 'RGB', range: [0, 1] } as const;

const model = (id: string, isDefault: boolean): ModelEntry => ({
  id,
  title: `Model ${id}`,
  file: `${id}.onnx`,
  bytes: 1,
  sha256: `sha-of-${id}`,
  default: isDefault,
  task: 'restoration',
  licence: 'MIT',
  parameters: 1,
  macs720p: 1,
  input: { ...tensor, sizeMultiple: 1, minSize: 1 },
  thumbnail: null,
  output: tensor,
  tile: { size: 8, overlap: 2 },
  training: '',
  scores: {},
});

const GAINS: Readonly<Record<string, number>> = { double: 2, triple: 3 };
const TILES = 4;

export interface EngineControl {
  /** A fresh engine, as a fresh worker would have it. */
  api(): EngineApi;
  restores: number;
  measures: number;
  info: EngineInfo;
  /** Set to make loading a model, or starting, fail with this message. */
  modelFailure: string | null;
  startFailure: string | null;
  /** While set, every tile waits for it. */
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
  const gain = GAINS[job.modelId] ?? 1;
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
      settings: settings(job.modelId),
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
  const settled = async <T>(value: T): Promise<Result<T>> => ({ ok: true, value });
  const control: EngineControl = {
    restores: 0,
    measures: 0,
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
    },
    api() {
      const cancelled = new Set<string>();
      return {
        async start() {
          if (control.startFailure !== null) {
            return { ok: false, error: { kind: 'model-load', message: control.startFailure } };
          }
          return settled({ info: control.info, models });
        },
        settingsFor: (id) => settled(settings(id)),
        restore: (job, onProgress) => restorePixels(control, cancelled, settings, job, onProgress),
        async measure({ output, groundTruth, mask }) {
          control.measures += 1;
          const values = measureReference(output, groundTruth, mask);
          return settled({ values, backend: control.info.metricsBackend, seconds: 0.01 });
        },
        cancel: async (jobId) => {
          cancelled.add(jobId);
        },
      };
    },
  };
  return control;
}
