import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { MetricValues } from '../core/metrics/types.ts';
import type { Result } from './result.ts';

/** What the user may ask for with `?provider=`. */
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';
export type Provider = 'webgpu' | 'wasm';
export type MetricsBackend = 'wgsl' | 'reference';

/** Whether the numbers that this device's WGSL gives were held against float64. */
export type NumbersChecked = 'unchecked' | 'checking' | 'exact' | 'failed';

/** The ends of an error map's colours: the map's own fixed ones, or the data's least and greatest. */
export type MapScale = 'fixed' | 'data';

/** What actually runs here; the page always shows it. */
export interface EngineInfo {
  readonly provider: Provider;
  /** One sentence: why this provider ("no WebGPU adapter", "software adapter", "asked for"). */
  readonly reason: string;
  /** Adapter description, e.g. "Google SwiftShader (software)"; null where there is none. */
  readonly adapter: string | null;
  readonly softwareAdapter: boolean;
  /** WASM threads used by the restoration model. */
  readonly threads: number;
  readonly metricsBackend: MetricsBackend;
}

/** One network of `public/models/manifest.json`, all URLs resolved, checked when it was read. */
export interface ModelEntry {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly default: boolean;
  readonly task: 'restoration';
  readonly licence: string;
  readonly parameters: number;
  readonly macs720p: number;
  readonly input: TensorContract & { readonly sizeMultiple: number; readonly minSize: number };
  /** The whole picture, area-averaged to this [height, width]; null where the network has no such input. */
  readonly thumbnail: { readonly name: string; readonly size: readonly [number, number] } | null;
  readonly output: TensorContract;
  readonly tile: { readonly size: number; readonly overlap: number };
  readonly training: string;
  readonly scores: Readonly<Record<string, number | string>>;
}

export interface TensorContract {
  readonly name: string;
  readonly layout: 'NCHW';
  readonly channels: 'RGB';
  readonly range: readonly [number, number];
}

/** Everything that decides the output's bytes: part of the result key. */
export interface RestoreSettings {
  readonly modelId: string;
  readonly modelSha256: string;
  readonly provider: Provider;
  readonly tileSize: number;
  readonly tileOverlap: number;
  /** Raised when pre- or post-processing changes the output for the same input. */
  readonly pipelineVersion: number;
}

export interface Progress {
  readonly stage: 'loading-model' | 'restoring' | 'measuring' | 'encoding';
  readonly done: number;
  readonly total: number;
  /** Estimated from the steps done so far; null until one is done. */
  readonly secondsLeft: number | null;
}

export interface RestoreJob {
  readonly jobId: string;
  readonly fileName: string;
  readonly modelId: string;
  readonly pixels: Rgba8;
}

export interface RestoreOutcome {
  readonly pixels: Rgba8;
  readonly settings: RestoreSettings;
  /** Wall time of tiles and pre/post-processing, without loading the model. */
  readonly seconds: number;
  readonly loadSeconds: number;
  readonly tiles: number;
}

export interface MeasureJob {
  readonly jobId: string;
  readonly fileName: string;
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  /** Already of the picture's size; null measures the whole picture only. */
  readonly mask: BinaryMask | null;
}

export interface MeasureOutcome {
  readonly values: MetricValues;
  readonly backend: MetricsBackend;
  readonly seconds: number;
}

/** The worker that owns the one GPUDevice and the ONNX sessions; jobs run one after another. */
export interface EngineApi {
  /** `manifestUrl` is absolute. Idempotent; must have answered before any job is sent. */
  start(
    choice: ProviderChoice,
    manifestUrl: string,
  ): Promise<Result<{ readonly info: EngineInfo; readonly models: readonly ModelEntry[] }>>;
  /** What `restore` would use now, without running it: the caller looks its cache up with this. */
  settingsFor(modelId: string): Promise<Result<RestoreSettings>>;
  restore(
    job: RestoreJob,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<RestoreOutcome>>;
  measure(job: MeasureJob): Promise<Result<MeasureOutcome>>;
  /** Takes effect between steps (tiles); the job then answers with `cancelled`. */
  cancel(jobId: string): Promise<void>;
}
