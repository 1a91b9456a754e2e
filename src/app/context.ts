import type { LearnedMetricId } from '../core/metrics/learned.ts';
import type { MetricValues } from '../core/metrics/types.ts';
import type { CodecApi } from '../protocol/codec.ts';
import type { EngineApi } from '../protocol/engine.ts';
import type { WeightKind } from '../protocol/learned.ts';
import type { ModelFacts } from '../protocol/models.ts';
import type { ReviewApi } from '../protocol/review.ts';
import type { StoredMethod, StoredMethodDevice } from '../storage/methodRecords.ts';
import type { LoupeStorage } from '../storage/openStorage.ts';
import type { StoredCase, StoredDeviceCheck, StoredNetwork } from '../storage/records.ts';
import type { JobLanes } from './jobLanes.ts';
import type { MethodId } from './model.ts';
import type { DroppedModel } from './modelFiles.ts';
import type { PictureCache } from './pictures.ts';
import type { Platform } from './platform.ts';
import type { AppStore } from './state.ts';
import type { Tab } from './tabs.ts';
import type { Turns } from './turns.ts';
import type { Removal } from './undo.ts';
import type { WorkerClient } from './workerClient.ts';

/** What the commands share. */
export interface AppContext {
  readonly platform: Platform;
  readonly store: AppStore;
  readonly storage: LoupeStorage;
  readonly codec: WorkerClient<CodecApi>;
  readonly engine: WorkerClient<EngineApi>;
  readonly review: WorkerClient<ReviewApi>;
  readonly jobs: JobLanes;
  readonly pictures: PictureCache;
  /**
   * The cases as they are stored, in the order they were added. The store holds views made from
   * them: its proxies must never reach a worker or the database.
   */
  readonly records: Map<string, StoredCase>;
  /** SHA-256 of files that did not fit into the storage: no stored record may name them. */
  readonly unkept: Set<string>;
  /** The notice that says what did not fit, so that the next file joins it. */
  readonly full: { noticeId: string | null; names: readonly string[] };
  /** Results of this visit by key: where the storage is full they are not measured twice. */
  readonly numbers: Map<string, object>;
  /** Verdicts on devices by their key: of this one, and of those that stored numbers come from. */
  readonly checks: Map<string, StoredDeviceCheck>;
  /** The networks of learned metrics that are here, by the metric's id. */
  readonly networks: Map<LearnedMetricId, StoredNetwork>;
  /** Models and LUT files that the user brought, by id, in the order they came. */
  readonly methods: Map<MethodId, StoredMethod>;
  /** Methods of the user that the engine could not take: why, as a sentence. */
  readonly methodFailures: Map<MethodId, string>;
  /** Files that are being read as models, by name: what is done to them at this moment. */
  readonly opening: Map<string, string>;
  /** Models that could not be opened, perhaps because the file with their weights is still to come. */
  readonly waitingModels: DroppedModel[];
  readonly tab: Tab;
  /** What was taken out in this visit, the newest last. */
  readonly removals: Removal[];
  /** What is known of methods on this device. */
  readonly deviceNotes: Map<MethodId, StoredMethodDevice>;
  /** What was found in built-in models' files, by their hash. */
  readonly facts: Map<string, ModelFacts>;
  /** The built-in models whose files are being looked into. */
  readonly learning: Set<MethodId>;
  /** A weight file of LPIPS that waits for the other one. */
  readonly weights: { waiting: { readonly file: File; readonly kind: WeightKind } | null };
  /** How well inputs are lit, by their hash, as far as they were looked at. */
  readonly lighting: Map<string, 'dark' | 'well-lit'>;
  /** What is shown and has to be released by hand, by case. */
  readonly shown: Map<string, ShownResources>;
}

/** What the page asks of the app, in turn or beside each other. */
export type AppTurns = Turns<AppContext>;

/** Each with the key it was made for. */
export interface ShownResources {
  thumbnail?: { readonly sha256: string; readonly url: string };
  overlay?: { readonly key: string; readonly bitmaps: readonly ImageBitmap[] };
  /** Without a bitmap while it is computed. */
  errorMap?: {
    readonly key: string;
    readonly bitmap: ImageBitmap | null;
    readonly end: () => void;
  };
  preview?: ImageBitmap;
  /** What is done about the strength of the shown output. */
  strength?: StrengthState;
  /** SHA-256 of the output that a method computed in this visit, by the method. */
  readonly computed: Map<MethodId, string>;
  /** The RAIM set of each method's output, with the output it was measured on. */
  readonly methodNumbers: Map<MethodId, { readonly output: string; readonly values: MetricValues }>;
  /** The pictures (their key) that alignment and hints on screen speak of. */
  alignment?: string | null;
  hints?: string | null;
  /** The files (`filesOf`, as JSON) that the RAIM set on screen was measured on. */
  metricsOf?: string;
  /** What the numbers beyond the RAIM set were asked for with. */
  more?: MoreState;
}

export interface StrengthState {
  /** Counts what was asked for: an older answer is dropped. */
  asked: number;
  /** The newest value that waits to be previewed; null where none does. */
  next: number | null;
  /** Whether a preview is being made. */
  busy: boolean;
  /** Counts what the user asked for, dragging included. */
  wishes: number;
  /** Told when the strength that is wanted is there, or wanted no more. */
  readonly settled: Array<() => void>;
}

export interface MoreState {
  /** Whether a job is at it that sees every change. */
  working: boolean;
  /** Cancelled for this wish: another one starts anew. */
  cancelledFor: string | null;
  /** What failed for which wish: it is not tried again by itself. */
  failed: { readonly wish: string; readonly items: Set<string>; readonly message: string } | null;
}

/**
 * Frees something that left the store a moment ago: a frame that is being painted may still hold it.
 */
export function releaseSoon(free: () => void): void {
  setTimeout(free, 500);
}
