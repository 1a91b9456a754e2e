import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { MetricId } from '../core/metrics/types.ts';
import type { DecodedPicture } from './codec.ts';
import type { LearnedApi } from './learned.ts';
import type {
  DeviceCheckOutcome,
  ErrorMapJob,
  ErrorMapOutcome,
  MapPeakJob,
  MapPeakOutcome,
  MeasureJob,
  MeasureOutcome,
  MeasureRegionJob,
  MeasureRegionOutcome,
  MetricsBackend,
  NiqeJob,
  NiqeOutcome,
} from './measure.ts';
import type {
  LutEntry,
  MethodRef,
  ModelContract,
  ModelFacts,
  ModelFiles,
  ModelInspection,
  ModelSource,
  ParityJob,
  ParityOutcome,
  TransferCounters,
  UserModel,
} from './models.ts';
import type { Result } from './result.ts';
import type { MaskEntry, VisitorApi } from './visitor.ts';

export type * from './measure.ts';
export type { MaskEntry } from './visitor.ts';

/** What the user may ask for with `?provider=`. */
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';
export type Provider = 'webgpu' | 'wasm';

/** Whether the numbers that this device's WGSL gives were held against float64. */
export type NumbersChecked = 'unchecked' | 'checking' | 'exact' | 'failed';

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
  /** What measures the RAIM set. */
  readonly metricsBackend: MetricsBackend;
  /** What measures each metric: WGSL where there is a pass for it, else the float64 reference. */
  readonly metricBackends: Readonly<Record<MetricId, MetricsBackend>>;
}

/** A network that restores: one of `public/models/manifest.json`, checked when it was read, or the user's. */
export interface ModelEntry {
  readonly id: string;
  readonly title: string;
  readonly source: ModelSource;
  readonly bytes: number;
  readonly sha256: string;
  readonly default: boolean;
  readonly task: 'restoration';
  readonly licence: string;
  readonly parameters: number;
  /** Null where the graph could not be followed. */
  readonly macs720p: number | null;
  readonly contract: ModelContract;
  /** Null for a built-in model: `modelFacts` looks into its file. */
  readonly facts: ModelFacts | null;
  readonly training: string;
  readonly scores: Readonly<Record<string, number | string>>;
  /** Null for a user's model, and where the list says nothing. */
  readonly card: ModelCard | null;
  /** The same network in half precision, for devices with `shader-f16`; null where there is none. */
  readonly fp16: ModelTwin | null;
}

/** A file with the same inputs and outputs as a model's own. */
export interface ModelTwin {
  /** Absolute. */
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What whoever uses a built-in model must know; sentences by its makers. */
export interface ModelCard {
  /** What it was trained on, and under which licences. */
  readonly data: string;
  readonly intendedUse: string;
  readonly limits: string;
  /** Scores by the skin's tone (ITA°, measured on the ground truth's person). */
  readonly byTone: readonly {
    readonly group: string;
    readonly images: number;
    readonly deltaE: number;
    readonly psnrPerson: number;
  }[];
  /** The commands that give the scores again. */
  readonly commands: readonly string[];
}

/** Everything that decides the output's bytes: part of the result key. */
export interface RestoreSettings {
  /** Of a network, a LUT file or a classical method. */
  readonly modelId: string;
  /** Of the network or the LUT file; empty for a classical method. */
  readonly modelSha256: string;
  /** What computed: `webgpu` is the device, `wasm` the processor. */
  readonly provider: Provider;
  /** 0 where nothing is tiled: LUT files and classical methods. */
  readonly tileSize: number;
  readonly tileOverlap: number;
  /** Raised when pre- or post-processing changes the output for the same input. */
  readonly pipelineVersion: number;
  /** Of a user's network, whose contract can be changed; a built-in one's goes with its hash. */
  readonly contract?: ModelContract;
  /** Pictures of up to this many pixels are run whole; absent where tiles alone decide. */
  readonly wholePixels?: number;
  /** The mask's address; absent where the method sees no mask, or was given none. */
  readonly mask?: string;
}

export interface Progress {
  readonly stage: 'loading-model' | 'inspecting' | 'compiling' | 'trying' | 'restoring';
  /** Bytes of the model, tiles, or steps; a `total` of 0 says that there is nothing to count. */
  readonly done: number;
  readonly total: number;
  /** Estimated from the steps done so far; null until one is done. */
  readonly secondsLeft: number | null;
}

export interface RestoreJob {
  readonly jobId: string;
  readonly fileName: string;
  readonly method: MethodRef;
  readonly pixels: Rgba8;
  /** Of the picture's size, for methods that see the person; without one everything is inside. */
  readonly mask?: { readonly pixels: BinaryMask; readonly sha256: string } | null;
  /** A reduced restoration is wanted first, where the method can give one; `onPreview` gets it. */
  readonly preview?: boolean;
  /** What the code values mean, for the preview; sRGB where it is absent or null. */
  readonly profile?: DecodedPicture['profile'];
}

export interface RestoreOutcome {
  /** Of the input's size, times the network's scale. */
  readonly pixels: Rgba8;
  readonly settings: RestoreSettings;
  /** Finished sentences: values out of range, a mask that was missing, tiles that change the result. */
  readonly warnings: readonly string[];
  /** Why this provider ran, a finished sentence. */
  readonly providerReason: string;
  /** Under it the picture lies on the device until `nameOutput` is called or room is needed; null on the CPU. */
  readonly handle: string | null;
  /** Wall time of tiles and pre/post-processing, without loading the model. */
  readonly seconds: number;
  readonly loadSeconds: number;
  readonly tiles: number;
}

/** The worker that owns the one GPUDevice and the ONNX sessions; jobs run one after another. */
export interface EngineApi extends LearnedApi, VisitorApi {
  /** `manifestUrl` is absolute. Idempotent; must have answered before any job is sent. */
  start(
    choice: ProviderChoice,
    manifestUrl: string,
  ): Promise<
    Result<{
      readonly info: EngineInfo;
      readonly models: readonly ModelEntry[];
      readonly masks: readonly MaskEntry[];
    }>
  >;
  /**
   * What `restore` would use now, without running it: the caller looks its cache up with this. The
   * mask's address matters only to methods that see the mask.
   */
  settingsFor(method: MethodRef, maskSha256?: string | null): Promise<Result<RestoreSettings>>;
  restore(
    job: RestoreJob,
    onProgress: (progress: Progress) => void,
    onPreview?: (bitmap: ImageBitmap) => void,
  ): Promise<Result<RestoreOutcome>>;
  /**
   * Says which file a restored picture became: metrics then find it on the device under this SHA-256
   * and need no upload. Ignored where it is no longer there.
   */
  nameOutput(handle: string, sha256: string): Promise<Result<void>>;
  /**
   * Looks into a dropped model and runs it on a small picture, both in a worker of its own with a time
   * limit. Nothing is registered: `openModel` does that. `model-load` names what is wrong with the file.
   */
  inspectModel(
    files: ModelFiles,
    jobId: string,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<ModelInspection>>;
  /** Runs a model once on a small picture under a contract the user changed; its warnings. */
  tryContract(
    files: ModelFiles,
    contract: ModelContract,
    jobId: string,
  ): Promise<Result<readonly string[]>>;
  /**
   * Makes a user's model known under its id, in place of one that has it; again after every start of
   * the worker. The files are read when it first runs.
   */
  openModel(model: UserModel, files: ModelFiles): Promise<Result<ModelEntry>>;
  /** Forgets a user's model or a LUT file; ignored where there is none. */
  closeModel(id: string): Promise<Result<void>>;
  /**
   * Looks into a model's file, which is fetched for it where it is a built-in one, beside whatever job
   * is under way.
   */
  modelFacts(modelId: string): Promise<Result<ModelFacts>>;
  /** Says what a parity check found to be right for a model; null: nothing is known. */
  setProvider(modelId: string, provider: Provider | null): Promise<Result<void>>;
  /** Parses a `.cube` file and makes it known under its id; `model-load` names the line that is wrong. */
  openLut(file: Blob, fileName: string): Promise<Result<LutEntry>>;
  /**
   * A crop through WebGPU and WASM, in a worker beside this one: other work goes on meanwhile, and a cancel
   * ends it at once. `not-applicable` without an adapter, and where it took too long. What it finds holds from then on, as by `setProvider`; the app says so
   * again after a restart.
   */
  checkParity(
    job: ParityJob,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<ParityOutcome>>;
  transferCounters(): Promise<Result<TransferCounters>>;
  measure(job: MeasureJob): Promise<Result<MeasureOutcome>>;
  measureRegion(job: MeasureRegionJob): Promise<Result<MeasureRegionOutcome>>;
  /** NIQE of one picture, on the CPU. */
  niqe(job: NiqeJob): Promise<Result<NiqeOutcome>>;
  errorMap(job: ErrorMapJob): Promise<Result<ErrorMapOutcome>>;
  /** The worst places of an error map as a number, without its picture. */
  mapPeak(job: MapPeakJob): Promise<Result<MapPeakOutcome>>;
  /** Measures built-in pictures on the device and by the reference. `no-gpu` where there is no device. */
  checkDevice(jobId: string, metrics: readonly MetricId[]): Promise<Result<DeviceCheckOutcome>>;
  /** Takes effect between steps (tiles); the job then answers with `cancelled`. */
  cancel(jobId: string): Promise<void>;
}
