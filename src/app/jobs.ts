import type { JobView } from './model.ts';
import { makeTimeLeft } from './timeLeft.ts';

export interface JobProgress {
  /** Steps of different stages are not compared when the time left is estimated. */
  readonly stage: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number;
}

export interface Job {
  readonly kind: 'restore' | 'measure';
  readonly caseId: string;
  /** E.g. "Restoring 001_input.jpg" */
  readonly label: string;
  readonly cancellable: boolean;
  /** Reports what goes wrong by itself; `signal` says that the result is no longer wanted. */
  run(report: (progress: JobProgress) => void, signal: AbortSignal): Promise<void>;
  /** Called instead of `run` where the job was cancelled before its turn. */
  skipped?(): void;
}

/** One job after another; a failed job does not stop the queue. */
export interface JobQueue {
  add(job: Job): void;
  isWaiting(kind: Job['kind'], caseId: string): boolean;
  isRunning(kind: Job['kind'], caseId: string): boolean;
  /** Ends the running job and drops the waiting ones, where they can be cancelled. Count of both. */
  cancel(): number;
  /** Ends and drops everything of one case, or of all. */
  drop(caseId?: string): void;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export interface JobQueueOptions {
  readonly now: () => number;
  readonly onChange: (job: JobView | null, waiting: number) => void;
  readonly onError: (error: unknown) => void;
}

interface Running {
  readonly job: Job;
  readonly abort: AbortController;
  view: JobView;
}

/** See `JobQueue`. */
export function makeJobQueue({ now, onChange, onError }: JobQueueOptions): JobQueue {
  let waiting: Job[] = [];
  let running: Running | null = null;
  let working = false;
  let count = 0;
  let wake: Array<() => void> = [];

  const publish = (): void => onChange(running?.view ?? null, waiting.length);

  async function execute(job: Job): Promise<void> {
    count += 1;
    const { label, cancellable } = job;
    const start = { detail: '', done: 0, total: 0, secondsLeft: null };
    const mine: Running = {
      job,
      abort: new AbortController(),
      view: { id: `job-${count}`, label, cancellable, ...start },
    };
    running = mine;
    publish();
    const timeLeft = makeTimeLeft(now);
    const report = ({ stage, detail, done, total }: JobProgress): void => {
      if (running !== mine || mine.abort.signal.aborted) return;
      const secondsLeft = timeLeft(stage, done, total);
      mine.view = { ...mine.view, detail, done, total, secondsLeft };
      publish();
    };
    try {
      await job.run(report, mine.abort.signal);
    } catch (error) {
      onError(error);
    }
    running = null;
  }

  async function work(): Promise<void> {
    working = true;
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await execute(job);
    working = false;
    publish();
    for (const resolve of wake) resolve();
    wake = [];
  }

  function end(of: (job: Job) => boolean): number {
    const dropped = waiting.filter(of);
    waiting = waiting.filter((job) => !of(job));
    for (const job of dropped) job.skipped?.();
    const ends = running !== null && of(running.job) && !running.abort.signal.aborted;
    if (running !== null && ends) {
      running.view = { ...running.view, detail: 'cancelling', cancellable: false };
      running.abort.abort();
    }
    publish();
    return dropped.length + (ends ? 1 : 0);
  }

  return {
    add(job) {
      waiting.push(job);
      publish();
      if (!working) work();
    },
    isWaiting: (kind, caseId) => waiting.some((job) => job.kind === kind && job.caseId === caseId),
    isRunning: (kind, caseId) =>
      running !== null &&
      !running.abort.signal.aborted &&
      running.job.kind === kind &&
      running.job.caseId === caseId,
    cancel: () => end((job) => job.cancellable),
    drop(caseId) {
      end((job) => caseId === undefined || job.caseId === caseId);
    },
    idle: () =>
      working
        ? new Promise((resolve) => {
            wake.push(resolve);
          })
        : Promise.resolve(),
  };
}
