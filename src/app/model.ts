import type { RegionName } from '../core/dataset/roles.ts';
import type { RemarkEdit } from '../core/inspect/remarkEdits.ts';
import type { Remarks, Tag } from '../core/inspect/tags.ts';
import type { Rectangle } from '../core/metrics/regionRule.ts';
import type { ImageFormat } from '../protocol/codec.ts';
import type { EngineInfo, MaskEntry, ModelEntry, RestoreSettings } from '../protocol/engine.ts';
import type { CaseOrder } from './caseOrder.ts';
import type { FigureCommands } from './figureModel.ts';
import type { LookSettings } from './lookModel.ts';
import type { MaskCommands } from './maskModel.ts';
import type {
  DeviceView,
  ErrorMapView,
  LearnedMetricView,
  LearnedValue,
  MeasuredView,
  MetricCommands,
  MetricSettings,
  MoreMetricsView,
  NiqeView,
} from './metricsModel.ts';
import type {
  MethodCommands,
  MethodId,
  MethodOutputView,
  MethodView,
  ParityOutcome,
} from './modelsModel.ts';
import type { ReviewCommands, ReviewView } from './reviewModel.ts';
import type {
  PictureOrigin,
  VisitorCommands,
  VisitorSettings,
  VisitorView,
} from './visitorModel.ts';

/** For components, which know the workers' contracts only through this file. */
export type { EngineInfo, MaskEntry, ModelCard, ModelEntry } from '../protocol/engine.ts';
export * from './figureModel.ts';
export * from './lookModel.ts';
export * from './maskModel.ts';
export * from './metricsModel.ts';
export * from './modelsModel.ts';
export * from './reviewModel.ts';
export * from './visitorModel.ts';

/** The contract between the stores of `src/app` and the components of `src/ui`. */

export type Role = 'input' | 'output' | 'gt' | 'mask';

/** A picture file that is kept in storage under its SHA-256. */
export interface PictureRef {
  readonly sha256: string;
  /** The file's own name, as the user knows it. */
  readonly name: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly bitDepth: number;
  readonly exact: boolean;
  /** Name of an embedded colour profile other than sRGB, for the badge in the pane. */
  readonly profileName: string | null;
  /** Absent: a file of the user's. */
  readonly origin?: PictureOrigin;
}

export interface PictureView extends PictureRef {
  /** Ready to draw; null while it is being decoded (other cases than the current one). */
  readonly bitmap: ImageBitmap | null;
  /** Whether the file has pixels that are less than opaque, which is not kept; known while decoded. */
  readonly transparent?: true;
}

/** How an output came to be: dropped by the user, or restored here. */
export type OutputOrigin =
  | { readonly kind: 'dropped' }
  | {
      readonly kind: 'restored';
      readonly settings: RestoreSettings;
      readonly modelTitle: string;
      readonly seconds: number;
      readonly tiles: number;
      /** The graphics adapter it ran on; null on WASM, and where it was not noted. */
      readonly adapter: string | null;
      /** Whether WebGPU and WASM agree on the model in this browser; null where it was not checked. */
      readonly parity: ParityOutcome['verdict'] | null;
      /** Why this provider ran, a finished sentence; null where it was not noted. */
      readonly providerReason: string | null;
      /** Finished sentences about this output: values out of range, a missing mask. */
      readonly warnings: readonly string[];
      /** True when it came from storage and nothing was computed. */
      readonly fromCache: boolean;
    };

export interface OutputView {
  readonly picture: PictureView;
  readonly origin: OutputOrigin;
}

export type MetricsView =
  | { readonly status: 'no-reference' }
  | { readonly status: 'measuring' }
  | { readonly status: 'failed'; readonly message: string }
  | MeasuredView;

export interface OverlayView {
  readonly tint: ImageBitmap;
  readonly contour: ImageBitmap;
}

export interface CaseView extends VisitorView, ReviewView {
  readonly id: string;
  /** Common stem of the files, e.g. "001". */
  readonly title: string;
  readonly input: PictureView | null;
  readonly gt: PictureView | null;
  readonly mask: PictureView | null;
  /** What each method made of the case, in the order they came. */
  readonly methods: readonly MethodOutputView[];
  /** Which of them `output` and all numbers below speak of; null where there is none. */
  readonly shownMethod: MethodId | null;
  /** The output of the shown method. */
  readonly output: OutputView | null;
  readonly overlay: OverlayView | null;
  readonly metrics: MetricsView;
  /** Masks of other regions than the person, by region. */
  readonly regionMasks: Readonly<Partial<Record<RegionName, PictureRef>>>;
  /** A region drawn in the viewer, in pixels of the picture. */
  readonly rectangle: Rectangle | null;
  /** The bench's case that it was opened from. */
  readonly benchCase: string | null;
  /** Beyond the RAIM set, in `metrics`, `niqe` and `learned`. */
  readonly more: MoreMetricsView;
  readonly niqe: NiqeView;
  /** Values of learned metrics, as soon as they are measured. */
  readonly learned: readonly LearnedValue[];
  /** Null where none is asked for, where output or ground truth is missing, and for other cases. */
  readonly errorMap: ErrorMapView | null;
  /** Object URL of a small JPEG of the input (or of what there is), for the filmstrip. */
  readonly thumbnailUrl: string | null;
}

export interface Notice {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** A finished sentence that names the file and the remedy. */
  readonly text: string;
  /** What can be done about it with one click: `runAction(id)`, which also dismisses the notice. */
  readonly action?: { readonly label: string };
}

/** A dropped file whose role the name does not tell. */
export interface UnclearFile {
  readonly id: string;
  readonly name: string;
  /** Object URL for a preview in the chooser. */
  readonly previewUrl: string;
  readonly width: number;
  readonly height: number;
  /** The best guess, preselected. */
  readonly guess: Role;
}

export interface JobView {
  readonly id: string;
  /** Which work it is: a pane shows only the restoration it waits for, a card its network's check. */
  readonly kind: 'reading' | 'restore' | 'parity' | 'other';
  /** The case it works for; empty where it belongs to none. */
  readonly caseId: string;
  /** The method it runs, tries or checks; null where it is about none. */
  readonly methodId: MethodId | null;
  /** E.g. "Restoring 001_input.jpg" */
  readonly label: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly cancellable: boolean;
}

export interface SampleView {
  readonly id: string;
  readonly title: string;
  readonly credit: string;
  readonly thumbnailUrl: string;
}

export interface StorageView {
  readonly bytes: number;
  readonly quota: number | null;
  readonly persisted: boolean;
}

export type Theme = 'system' | 'light' | 'dark';

/** How the user looks; survives a reload and every switch of case. */
export interface ViewSettings extends LookSettings, MetricSettings, VisitorSettings {
  /** Of the list of cases. */
  readonly caseOrder: CaseOrder;
  readonly panels: boolean;
  readonly theme: Theme;
  /** Single-letter keys on or off (WCAG 2.1.4). */
  readonly shortcuts: boolean;
}

export type EngineView =
  | { readonly status: 'starting' }
  | {
      readonly status: 'ready';
      readonly info: EngineInfo;
      readonly models: readonly ModelEntry[];
      /** Networks that find the person, the one that is used first; empty where there is none. */
      readonly masks: readonly MaskEntry[];
    }
  | { readonly status: 'failed'; readonly message: string };

/** A Solid store: read it inside components, change it through the commands only. */
export interface AppState {
  readonly engine: EngineView;
  /** False until the stored workspace has been read: show neither the empty page nor a case before. */
  readonly restoredWorkspace: boolean;
  readonly cases: readonly CaseView[];
  readonly currentCaseId: string | null;
  /** Built-in networks, the user's, LUT files and classical methods, in this order. */
  readonly methods: readonly MethodView[];
  /** The method that restores new inputs: any of `methods`. */
  readonly selectedModelId: MethodId | null;
  readonly unclear: readonly UnclearFile[];
  readonly notices: readonly Notice[];
  readonly job: JobView | null;
  /** Jobs waiting behind the running one. */
  readonly waiting: number;
  /** The input that was restored last; a new object each time, null until one was. */
  readonly restored: { readonly name: string } | null;
  readonly samples: readonly SampleView[];
  readonly storage: StorageView | null;
  readonly device: DeviceView;
  readonly learnedMetrics: readonly LearnedMetricView[];
  /** What is said of cases that did not come from the bench, by case id; see `AppModel.remarksOf`. */
  readonly remarks: Readonly<Record<string, Remarks>>;
  readonly view: ViewSettings;
}

export interface AppCommands
  extends MetricCommands,
    MethodCommands,
    ReviewCommands,
    VisitorCommands,
    MaskCommands,
    FigureCommands {
  /**
   * Files from a drop, the picker, the camera or the clipboard; weight files of learned metrics
   * (`.pth`, `.onnx`), restoration models (`.onnx` with the files their weights lie in), LUT files
   * (`.cube`) and masks of regions (`001_hairmask.png`) among them. With a role, they are that for the
   * case on screen, whatever their names say.
   */
  addFiles(files: readonly File[], role?: Role): Promise<void>;
  /** Ends the chooser for one file; `null` leaves the file out. */
  chooseRole(fileId: string, role: Role | null): Promise<void>;
  openSample(id: string): Promise<void>;
  selectCase(id: string): Promise<void>;
  /** No case on screen: the page of samples, with the list of cases beside it. */
  showStart(): Promise<void>;
  removeCase(id: string): Promise<void>;
  /** `output` is the shown one; see `removeOutput` for the others. */
  removePicture(caseId: string, role: Role): Promise<void>;
  /**
   * Takes back what was done last in this visit: a removal of a case, a picture or an output, a remark,
   * a change of the rectangle or of the shift.
   */
  undo(): Promise<void>;
  /** Does what a notice offers ("Undo", "Resume") and dismisses it. */
  runAction(noticeId: string): Promise<void>;
  selectModel(id: MethodId): void;
  /** Restores the current case again or for the first time (from the cache where nothing changed). */
  restore(): Promise<void>;
  cancel(): void;
  /** The restored PNG in sRGB at the strength that is wanted, named after the input; null without an output. */
  outputFile(): Promise<File | null>;
  /** Says one thing about a case (a tag, a note, a pin, a rating), changes it or takes it back. */
  say(caseId: string, edit: RemarkEdit): Promise<void>;
  dismissNotice(id: string): void;
  /** A notice from the page itself (a refused camera, a share that failed). */
  notify(severity: Notice['severity'], text: string): void;
  /** Closes and deletes all cases and methods of the user's; sets, studies and the view stay. */
  clearStorage(): Promise<void>;
  setView(change: Partial<ViewSettings>): void;
}

export interface AppModel {
  readonly state: AppState;
  readonly commands: AppCommands;
  /** Everything said of a case. Reactive. */
  remarksOf(item: Pick<CaseView, 'id' | 'benchCase'>): Remarks;
  /** Tags of one's own that some case has, here or on the bench. Reactive. */
  ownTags(): readonly Pick<Tag, 'id' | 'title'>[];
}
