import type { Progress } from '../protocol/engine.ts';
import type {
  ModelContract,
  ModelFiles,
  ModelInspection,
  ParityOutcome,
} from '../protocol/models.ts';
import type { Result } from '../protocol/result.ts';
import { Failure, settle } from './failure.ts';
import { noParity, type ParityTask } from './parity.ts';

type Report = (progress: Progress) => void;

/** A worker that does nothing but try one model. */
export interface TrialWorker {
  run(
    files: ModelFiles,
    contract: ModelContract | null,
    onProgress: Report,
  ): Promise<Result<ModelInspection>>;
  compare(task: ParityTask, onProgress: Report): Promise<Result<ParityOutcome>>;
  /** Called when the worker can no longer answer. */
  onDeath(listener: (reason: string) => void): void;
  terminate(): void;
}

/** The most that one stage of a trial may take, in ms: reading, starting, running. */
const STAGE_TIME = 60_000;

/**
 * How long a worker that compared is kept for the next comparison, in ms: starting both ONNX Runtimes
 * takes longer than comparing, and models often come several at once.
 */
const SPARE_TIME = 10_000;

/** Calls `overdue` unless it is restarted or stopped within `time` ms. */
function makeDeadline(time: number, overdue: () => void) {
  let timer = setTimeout(overdue, time);
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(overdue, time);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Why a worker was ended before it answered: its death, or null where it took too long. */
type Ended = { readonly died: string | null };

/**
 * Trials of strangers' models and comparisons of providers, each in a worker of its own: a run of ONNX
 * Runtime cannot be stopped from inside, but a worker can be ended from outside, and takes all its
 * memory with it.
 */
export class Trials {
  readonly #open: () => TrialWorker;
  readonly #stageTime: number;
  /** By job: ends the trial with this failure. */
  readonly #running = new Map<string, (failure: Failure) => void>();
  /** A worker that is done with one comparison and could make another. */
  #spare: TrialWorker | null = null;
  #spareTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param stageTime in ms */
  constructor(open: () => TrialWorker, stageTime: number = STAGE_TIME) {
    this.#open = open;
    this.#stageTime = stageTime;
  }

  /** Ends the trial of this job; ignored where there is none. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.(new Failure('cancelled', 'Cancelled; nothing was changed.'));
  }

  /**
   * Tries a model; see `tryModel`.
   * @returns `model-load` too where the trial takes too long or its worker dies; `cancelled`
   */
  run(
    jobId: string,
    files: ModelFiles,
    contract: ModelContract | null,
    onProgress: Report,
  ): Promise<Result<ModelInspection>> {
    return settle(() =>
      this.#supervise(
        jobId,
        this.#open(),
        (worker, report) => worker.run(files, contract, report),
        ({ died }) => {
          throw died === null ? this.#overdue(files.name) : lost(files.name, died);
        },
        onProgress,
      ),
    );
  }

  /**
   * Holds a model's outputs on both providers against each other; see `ProviderComparison`. That it took too
   * long, or ended its worker, is an outcome: it need not be tried again by itself before the next visit.
   * @returns `model-load`, `cancelled`
   */
  compare(task: ParityTask, onProgress: Report): Promise<Result<ParityOutcome>> {
    const { entry, job, info } = task;
    const seconds = this.#stageTime / 1000;
    return settle(() =>
      this.#supervise(
        job.jobId,
        this.#takeSpare() ?? this.#open(),
        async (worker, report) => {
          const answer = await worker.compare(task, report);
          // The answer may come after the end: a worker that was ended compares nothing more.
          if (answer.ok && this.#running.has(job.jobId)) this.#keepSpare(worker);
          return answer;
        },
        ({ died }) => {
          const why = died === null ? `it took more than ${seconds} seconds a step` : died;
          const sentence = `${entry.title} was not compared to the end: ${why}.`;
          return noParity(sentence, info.adapter);
        },
        onProgress,
      ),
    );
  }

  #takeSpare(): TrialWorker | null {
    const spare = this.#spare;
    clearTimeout(this.#spareTimer);
    this.#spare = null;
    return spare;
  }

  #keepSpare(worker: TrialWorker): void {
    if (this.#spare !== null) return;
    this.#spare = worker;
    const end = () => {
      if (this.#spare === worker) this.#takeSpare()?.terminate();
    };
    worker.onDeath(end);
    this.#spareTimer = setTimeout(end, SPARE_TIME);
  }

  /** Lets a worker do something, within the time for each of its stages. */
  async #supervise<T>(
    jobId: string,
    worker: TrialWorker,
    work: (worker: TrialWorker, report: Report) => Promise<Result<T>>,
    whenEnded: (ended: Ended) => T,
    onProgress: Report,
  ): Promise<T> {
    let end: (ended: Ended) => void = () => undefined;
    const ended = new Promise<Ended>((resolve) => {
      end = resolve;
    });
    const cancelled = new Promise<never>((_, reject) => {
      this.#running.set(jobId, reject);
    });
    const deadline = makeDeadline(this.#stageTime, () => end({ died: null }));
    worker.onDeath((reason) => end({ died: reason }));
    try {
      const report = (progress: Progress) => {
        deadline.restart();
        onProgress(progress);
      };
      const answer = await Promise.race([work(worker, report), ended, cancelled]);
      if ('died' in answer) return whenEnded(answer);
      if (!answer.ok) throw new Failure(answer.error.kind, answer.error.message);
      return answer.value;
    } finally {
      deadline.stop();
      this.#running.delete(jobId);
      if (this.#spare !== worker) worker.terminate();
    }
  }

  #overdue(name: string): Failure {
    return new Failure(
      'model-load',
      `${name} took more than ${this.#stageTime / 1000} seconds over a small picture, so its trial was ended. Use a smaller network.`,
    );
  }
}

function lost(name: string, reason: string): Failure {
  return new Failure(
    'model-load',
    `${name} made its trial stop (${reason}), so it was not taken in. Use a smaller network, or export it again.`,
  );
}
