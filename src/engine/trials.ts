import type { Progress } from '../protocol/engine.ts';
import type { ModelContract, ModelFiles, ModelInspection } from '../protocol/models.ts';
import type { Result } from '../protocol/result.ts';
import { Failure, settle } from './failure.ts';

/** A worker that does nothing but try one model. */
export interface TrialWorker {
  run(
    files: ModelFiles,
    contract: ModelContract | null,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<ModelInspection>>;
  /** Called at most once, when the worker can no longer answer. */
  onDeath(listener: (reason: string) => void): void;
  terminate(): void;
}

/** The most that one stage of a trial may take, in ms: reading, starting, running. */
const STAGE_TIME = 60_000;

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

/**
 * Trials of strangers' models, each in a worker of its own: a run of ONNX Runtime cannot be stopped
 * from inside, but a worker can be ended from outside, and takes all its memory with it.
 */
export class Trials {
  readonly #open: () => TrialWorker;
  readonly #stageTime: number;
  /** By job: ends the trial with this failure. */
  readonly #running = new Map<string, (failure: Failure) => void>();

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
    onProgress: (progress: Progress) => void,
  ): Promise<Result<ModelInspection>> {
    const { name } = files;
    return settle(async () => {
      const worker = this.#open();
      let end: (failure: Failure) => void = () => undefined;
      const ended = new Promise<never>((_, reject) => {
        end = reject;
      });
      this.#running.set(jobId, end);
      const deadline = makeDeadline(this.#stageTime, () => end(this.#overdue(name)));
      worker.onDeath((reason) => end(died(name, reason)));
      try {
        const report = (progress: Progress) => {
          deadline.restart();
          onProgress(progress);
        };
        const result = await Promise.race([worker.run(files, contract, report), ended]);
        if (!result.ok) throw new Failure(result.error.kind, result.error.message);
        return result.value;
      } finally {
        deadline.stop();
        this.#running.delete(jobId);
        worker.terminate();
      }
    });
  }

  #overdue(name: string): Failure {
    return new Failure(
      'model-load',
      `${name} took more than ${this.#stageTime / 1000} seconds over a small picture, so its trial was ended. Use a smaller network.`,
    );
  }
}

function died(name: string, reason: string): Failure {
  return new Failure(
    'model-load',
    `${name} made its trial stop (${reason}), so it was not taken in. Use a smaller network, or export it again.`,
  );
}
