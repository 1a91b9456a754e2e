import type { Formula } from '../../core/bench/formula.ts';
import type { Corrections, Survey } from '../../core/dataset/survey.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import type { ArchiveApi } from '../../protocol/archive.ts';
import type {
  BenchStorage,
  StoredBenchFile,
  StoredBenchScores,
} from '../../storage/benchStorage.ts';
import type { AppContext } from '../context.ts';
import type { Turns } from '../turns.ts';
import type { WorkerClient } from '../workerClient.ts';
import type { DecodePool } from './decodePool.ts';
import type { BenchGuest } from './guest.ts';
import type { ImportedTable } from './imports.ts';
import type { KeptColumn } from './keptColumns.ts';
import type { KeptShifts } from './keptShifts.ts';
import type { BenchMetricSet } from './model.ts';
import type { BenchStore } from './store.ts';

/** A method that was run here over the set. */
export interface RunMethod {
  readonly title: string;
  readonly sha256: string | null;
  readonly provider: string;
  readonly adapter: string | null;
  readonly parameters: number | null;
  readonly macs720p: number | null;
  readonly secondsPerMegapixel: number | null;
}

/** What the user decided about the set; kept as one record. */
export interface BenchSettings {
  readonly corrections: Corrections;
  readonly hidden: readonly string[];
  readonly metricSet: BenchMetricSet;
  /** Columns of learned metrics that measured the set. */
  readonly learned: readonly KeptColumn[];
  /** What was said of the cases, by case id. */
  readonly remarks: Readonly<Record<string, Remarks>>;
  /** Shifts between output and ground truth that were accepted, by case id and method. */
  readonly shifts: KeptShifts;
  readonly formula: Formula;
  /** Of a method, in a report. */
  readonly worstCases: number;
  /** By method id. */
  readonly runs: Readonly<Record<string, RunMethod>>;
  /** Whether measuring was under way when the page was closed. */
  readonly measuring: boolean;
  /** The method that was being run over the set. */
  readonly running: string | null;
  /** Whether masks were being made. */
  readonly masking: boolean;
}

/** A file of the set with where its bytes are. */
export interface BenchFile {
  readonly record: StoredBenchFile;
  /** Held while the page is open: what was dropped just now need not be read back. */
  readonly data: File | null;
  /** True where nothing of it outlives the page. */
  readonly memory: boolean;
}

/** What the bench's commands share. */
export interface BenchContext {
  readonly app: AppContext;
  readonly store: BenchStore;
  readonly storage: BenchStorage;
  readonly archives: WorkerClient<ArchiveApi>;
  readonly pool: DecodePool;
  readonly files: Map<string, BenchFile>;
  readonly scores: Map<string, StoredBenchScores>;
  readonly imports: Map<string, ImportedTable>;
  settings: BenchSettings;
  survey: Survey;
  /** The work under way, so that it can be paused and cancelled. */
  run: RunControl | null;
  /** Whether the browser has promised to keep what is stored; null where it was not asked. */
  persisted: boolean | null;
  guest: BenchGuest | null;
}

/** What the page asks of the bench, in turn or beside each other. */
export type BenchTurns = Turns<BenchContext>;

/** Pausing and cancelling of what goes over the whole set. */
export interface RunControl {
  readonly signal: AbortSignal;
  readonly paused: () => boolean;
  /** Resolves at once, or when it goes on after a pause. */
  going(): Promise<void>;
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** A run that can be paused between its steps. */
export function makeRunControl(): RunControl {
  const abort = new AbortController();
  let wake: (() => void) | null = null;
  let paused: Promise<void> | null = null;
  const resume = (): void => {
    wake?.();
    wake = null;
    paused = null;
  };
  return {
    signal: abort.signal,
    paused: () => paused !== null,
    going: () => paused ?? Promise.resolve(),
    pause() {
      paused ??= new Promise((resolve) => {
        wake = resolve;
      });
    },
    resume,
    cancel() {
      abort.abort();
      resume();
    },
  };
}
