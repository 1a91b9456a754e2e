import type { Formula } from '../../core/bench/formula.ts';
import type { Attributes } from '../../core/bench/slices.ts';
import type { ScoreTable } from '../../core/bench/types.ts';
import type { ChallengeId } from '../../core/challenges/types.ts';
import type { Correction, PairingProblem, SetCase, SetPlace } from '../../core/dataset/survey.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import type { MethodId } from '../modelsModel.ts';
import type { Shifts } from './shifts.ts';

/** The contract between `src/app/bench` and `src/ui/bench`: a whole data set, many methods. */

/** A file as it reaches the bench: from a drop, a picker, a directory handle or an archive. */
export interface BenchSource {
  /** Below what was dropped, with "/"; a loose file's own name. */
  readonly path: string;
  readonly file: File;
  /** Present where the browser lets Loupe come back to the file: it is then not copied. */
  readonly handle?: FileSystemFileHandle;
}

/** A file of the set, for lists and for the pairing report. */
export interface BenchFileView {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  /** `handle`: read where it lies; `copied`: kept in the browser; `memory`: lost with a reload. */
  readonly kept: 'handle' | 'copied' | 'memory';
  /** Pixels; null until its header was read. */
  readonly size: readonly [width: number, height: number] | null;
  /** A person mask that a network found here. */
  readonly automatic?: true;
}

/** A method over the whole set. */
export interface BenchMethodView {
  readonly id: string;
  readonly title: string;
  /** `run`: made here by a model, a LUT or a classical method. */
  readonly origin: 'dropped' | 'run';
  /** Cases for which it has an output. */
  readonly outputs: number;
  readonly hidden: boolean;
  /** Known for methods that ran here, or imported. */
  readonly parameters: number | null;
  readonly macs720p: number | null;
  readonly secondsPerMegapixel: number | null;
}

export type BenchRunStatus = 'idle' | 'running' | 'paused' | 'done';

/** Measuring, or running a model over the set. */
export interface BenchRunView {
  readonly status: BenchRunStatus;
  /** E.g. "Measuring 3 methods over 60 cases". */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** Items a second over the last moments; null until known. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
  /** What could not be measured, each with its sentence; everything else went on. */
  readonly failures: readonly {
    readonly caseId: string;
    readonly method: string;
    readonly message: string;
  }[];
}

/** A table that was brought in: columns a browser cannot compute, attributes, complexity. */
export interface ImportView {
  readonly id: string;
  readonly fileName: string;
  readonly kind: 'values' | 'attributes' | 'complexity';
  readonly columns: readonly string[];
  readonly rows: number;
  /** Finished sentences: unknown cases, missing rows. */
  readonly remarks: readonly string[];
}

/** Which metrics are measured over the set. */
export type BenchMetricSet = 'raim' | 'all' | 'all-and-niqe';

/** What a challenge or formula makes of the methods. */
export interface RankingRow {
  /** Null for published results. */
  readonly method: string | null;
  readonly title: string;
  readonly published: boolean;
  readonly score: number | null;
  readonly final: number | null;
  readonly eligible: boolean | null;
  /** A place among the methods here; null for published rows and without a score. */
  readonly rank: number | 'N/A' | null;
  /** Parts of the score for the table: means, normalised values, final weights, by column title. */
  readonly parts: readonly { readonly title: string; readonly value: number | null }[];
  /** Finished sentences: "without LPIPS: lower bound, not comparable". */
  readonly remarks: readonly string[];
}

export interface RankingView {
  /** A challenge, or the user's own formula. */
  readonly by: ChallengeId | 'formula';
  readonly title: string;
  readonly definition: string;
  readonly rows: readonly RankingRow[];
  /** Columns that must be imported before there is a score; empty where none is missing. */
  readonly missing: readonly string[];
}

export interface BenchState {
  /** False until the stored set has been read. */
  readonly opened: boolean;
  /** While files are taken in: how many of how many, and what is being read. */
  readonly reading: {
    readonly done: number;
    readonly total: number;
    readonly label: string;
  } | null;
  readonly files: Readonly<Record<string, BenchFileView>>;
  readonly cases: readonly SetCase[];
  readonly methods: readonly BenchMethodView[];
  readonly problems: readonly PairingProblem[];
  readonly excluded: readonly string[];
  readonly run: BenchRunView;
  readonly metricSet: BenchMetricSet;
  /** The numbers so far; a new object whenever some were added. */
  readonly table: ScoreTable;
  readonly attributes: Attributes;
  /** Everything said of the cases, by case id; a case without is absent. */
  readonly remarks: Readonly<Record<string, Remarks>>;
  /** Tags of the remarks as words for filters, by case id. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Shifts that were accepted on the Look page; numbers here are measured without them. */
  readonly shifts: Shifts;
  readonly imports: readonly ImportView[];
  readonly formula: Formula;
  /** So many of a method's worst cases stand in a report. */
  readonly worstCases: number;
  /** What is stored of the set, as a finished sentence. */
  readonly storageSentence: string;
  /** Directory handles that need a click before they may be read again after a reload. */
  readonly needsPermission: boolean;
}

export type BenchExport =
  | { readonly kind: 'organisers'; readonly method: string }
  | {
      readonly kind: 'csv' | 'json' | 'latex' | 'markdown';
      readonly by: ChallengeId | 'formula';
      readonly asPrinted?: boolean;
    }
  | {
      readonly kind: 'report';
      readonly by: ChallengeId | 'formula';
      readonly asPrinted?: boolean;
      /** Whose worst cases are shown; absent: those of the first method that is not hidden. */
      readonly worstOf?: string;
    }
  | { readonly kind: 'outputs'; readonly method: string }
  | { readonly kind: 'workspace'; readonly images: boolean }
  | { readonly kind: 'formula' }
  | { readonly kind: 'remarks' };

/** What checking a submission found, without ground truth. */
export interface SubmissionReport {
  readonly ok: boolean;
  /** Finished sentences, each with the files it is about. */
  readonly findings: readonly {
    readonly sentence: string;
    readonly severity: 'error' | 'warning' | 'success';
  }[];
}

export interface BenchCommands {
  /** Takes in files and archives, beside those that are there, and pairs anew. */
  add(sources: readonly BenchSource[]): Promise<void>;
  /** Takes in the cases of the Look page that are not the set's yet, with what was said of them. */
  addFromLook(): Promise<void>;
  /** Asks again for the right to read directory handles; must be called from a click. */
  allowHandles(): Promise<void>;
  correct(fileIds: readonly string[], correction: Correction): Promise<void>;
  /** Gives every file of a folder's method another role or method name. */
  moveMethod(method: string, place: SetPlace): Promise<void>;
  setMetricSet(set: BenchMetricSet): Promise<void>;
  /** Measures what is missing; what is unchanged is not measured again. */
  measure(): Promise<void>;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Runs a model, LUT or classical method over all inputs; it becomes a method of the set. */
  runMethod(id: MethodId): Promise<void>;
  /** Finds the person in every case that has no mask; the masks are marked as automatic. */
  makeMasks(): Promise<void>;
  hideMethod(method: string, hidden: boolean): void;
  removeMethod(method: string): Promise<void>;
  /** CSV or JSON: values by case and method, attributes by case, or complexity by method. */
  importTable(file: File): Promise<void>;
  removeImport(id: string): Promise<void>;
  /** Changes the tags of a case by their words; what else is said of it stays. */
  setTags(caseId: string, words: readonly string[]): Promise<void>;
  setFormula(formula: Formula): Promise<void>;
  /** How many of a method's worst cases stand in a report: none to 100. */
  setWorstCases(count: number): Promise<void>;
  /** @param asPrinted takes a challenge's formula as its report prints it */
  ranking(by: ChallengeId | 'formula', asPrinted?: boolean): RankingView;
  /** Null where it failed; a notice then says why. */
  exportFile(what: BenchExport): Promise<File | null>;
  openWorkspace(file: File): Promise<void>;
  /** Puts a case and all its outputs on the Look page. */
  openInLook(caseId: string, method: string | null): Promise<void>;
  /** Object URL of a small picture of the case's input, ground truth or output; null where there is none. */
  thumbnail(caseId: string): Promise<string | null>;
  checkSubmission(archive: File): Promise<SubmissionReport>;
  /** The same for the outputs of a method of the set. */
  checkOutputs(method: string): Promise<SubmissionReport>;
  /** Submitted outputs against what the model gives here on the same inputs. */
  checkReproduction(archive: File, method: MethodId): Promise<SubmissionReport>;
  clear(): Promise<void>;
}

export interface BenchModel {
  readonly state: BenchState;
  readonly commands: BenchCommands;
}
