import type { JobView, MethodId } from './model.ts';
import { makeTimeLeft } from './timeLeft.ts';

export interface JobProgress {
  /** Steps of different stages are not compared when the time left is estimated. */
  readonly stage: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number;
}

export interface Job {
  readonly kind:
    | 'restore'
    | 'measure'
    | 'methods'
    | 'more'
    | 'map'
    | 'check'
    | 'network'
    | 'model'
    | 'parity'
    | 'mask'
    | 'flash'
    | 'alignment'
    | 'hints';
  /** Empty where it belongs to no case. */
  readonly caseId: string;
  /** The method it runs, tries or checks, where it is about one. */
  readonly methodId?: MethodId | null;
  /** Tells jobs of one kind and case apart. */
  readonly part?: string;
  /** E.g. "Restoring 001_input.jpg" */
  readonly label: string;
  readonly cancellable: boolean;
  /** Runs when nothing else waits, after a while of quiet; gives way to others, then waits for quiet anew. */
  readonly background?: boolean;
  /** Nobody waits for it: it is not shown. */
  readonly silent?: boolean;
  /** Reports what goes wrong by itself; `signal` says that the result is no longer wanted. */
  run(report: (progress: JobProgress) => void, signal: AbortSignal): Promise<void>;
  /** Called instead of `run` where the job was cancelled before its turn. */
  skipped?(): void;
}

export interface Reading {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

export interface JobQueueOptions {
  readonly now: () => number;
  /** The while of quiet before a background job where no other job ran, in ms. */
  readonly quiet: number;
  readonly onChange: (job: JobView | null, waiting: number) => void;
  readonly onError: (error: unknown) => void;
}

interface Running {
  readonly job: Job;
  readonly abort: AbortController;
  view: JobView;
}

const readingView = ({ name, done, total }: Reading): JobView => ({
  id: 'reading',
  kind: 'reading',
  caseId: '',
  methodId: null,
  label: `Reading ${name}`,
  detail: total > 1 ? `file ${done + 1} of ${total}` : '',
  done,
  total,
  secondsLeft: null,
  cancellable: false,
});

/** One job after another; a failed job does not stop the queue. */
export class JobQueue {
  private readonly options: JobQueueOptions;
  private waiting: Job[] = [];
  /** Those that gave way: they wait for another while of quiet. */
  private readonly resting = new Set<Job>();
  private running: Running | null = null;
  private reading: JobView | null = null;
  private working = false;
  private count = 0;
  private wake: Array<() => void> = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: JobQueueOptions) {
    this.options = options;
  }

  add(job: Job): void {
    this.waiting.push(job);
    if (!job.background) this.giveWay();
    this.publish();
    if (!this.working) this.begin();
  }

  /** Works at once where somebody waits for it, else after a while of quiet. */
  private begin(): void {
    clearTimeout(this.timer);
    if (this.waiting.some(({ background }) => !background)) {
      this.work();
      return;
    }
    this.timer = setTimeout(() => {
      this.resting.clear();
      this.work();
    }, this.options.quiet);
  }

  /** Ends what waits for quiet; for a page that closes. */
  stop(): void {
    clearTimeout(this.timer);
  }

  isWaiting(kind: Job['kind'], caseId: string, part?: string): boolean {
    return this.waiting.some(
      (job) => job.kind === kind && job.caseId === caseId && job.part === part,
    );
  }

  /** False for a job that is being cancelled: another of its kind may be queued. */
  isRunning(kind: Job['kind'], caseId: string, part?: string): boolean {
    if (this.running === null || this.running.abort.signal.aborted) return false;
    const { job } = this.running;
    return job.kind === kind && job.caseId === caseId && job.part === part;
  }

  /** The cases that jobs of these kinds wait for or work on, but for those that are being cancelled. */
  casesOf(...kinds: ReadonlyArray<Job['kind']>): readonly string[] {
    const { running } = this;
    const runs = running === null || running.abort.signal.aborted ? [] : [running.job];
    return [...runs, ...this.waiting].flatMap(({ kind, caseId }) =>
      kinds.includes(kind) ? [caseId] : [],
    );
  }

  /** Ends the running job and drops the waiting ones, where they can be cancelled. Kinds of both. */
  cancel(): Job['kind'][] {
    return this.end((job) => job.cancellable);
  }

  /** Ends and drops everything of one case (of one kind, where it is named), or of all. */
  drop(caseId?: string, kind?: Job['kind']): void {
    this.end(
      (job) =>
        (caseId === undefined || job.caseId === caseId) &&
        (kind === undefined || job.kind === kind),
    );
  }

  /** Ends and drops those of a kind that nobody asked for. */
  dropBackground(kind: Job['kind']): void {
    this.end((job) => job.kind === kind && job.background === true);
  }

  /** Shown while no job runs: files being read. Null when they are. */
  showReading(reading: Reading | null): void {
    this.reading = reading === null ? null : readingView(reading);
    this.publish();
  }

  get isIdle(): boolean {
    return !this.working && this.waiting.length === 0;
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => {
      this.wake.push(resolve);
    });
  }

  private publish(): void {
    const foreground = this.waiting.filter(({ background }) => !background);
    const shown = this.running?.job.silent ? null : (this.running?.view ?? null);
    try {
      this.options.onChange(shown ?? this.reading, foreground.length);
    } catch (error) {
      // What cannot be drawn must not stop the work.
      this.options.onError(error);
    }
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let job = this.next(); job !== undefined; job = this.next()) await this.execute(job);
    this.working = false;
    this.publish();
    if (this.waiting.length > 0) this.begin();
    else this.settle();
  }

  private giveWay(): void {
    const { running } = this;
    if (running === null || !running.job.background || running.abort.signal.aborted) return;
    this.waiting.push(running.job);
    this.resting.add(running.job);
    running.abort.abort();
  }

  private next(): Job | undefined {
    const job =
      this.waiting.find(({ background }) => !background) ??
      this.waiting.find((other) => !this.resting.has(other));
    this.waiting = this.waiting.filter((other) => other !== job);
    return job;
  }

  private async execute(job: Job): Promise<void> {
    this.count += 1;
    const { label, cancellable } = job;
    const start = { detail: '', done: 0, total: 0, secondsLeft: null };
    const mine: Running = {
      job,
      abort: new AbortController(),
      view: {
        id: `job-${this.count}`,
        kind: job.kind === 'restore' || job.kind === 'parity' ? job.kind : 'other',
        caseId: job.caseId,
        methodId: job.methodId ?? null,
        label,
        cancellable,
        ...start,
      },
    };
    this.running = mine;
    this.publish();
    const timeLeft = makeTimeLeft(this.options.now);
    const report = ({ stage, detail, done, total }: JobProgress): void => {
      if (this.running !== mine || mine.abort.signal.aborted) return;
      const secondsLeft = timeLeft(stage, done, total);
      mine.view = { ...mine.view, detail, done, total, secondsLeft };
      this.publish();
    };
    try {
      await job.run(report, mine.abort.signal);
    } catch (error) {
      this.options.onError(error);
    }
    this.running = null;
  }

  private end(concerns: (job: Job) => boolean): Job['kind'][] {
    const dropped = this.waiting.filter(concerns);
    this.waiting = this.waiting.filter((job) => !concerns(job));
    for (const job of dropped) job.skipped?.();
    const { running } = this;
    const ends = running !== null && concerns(running.job) && !running.abort.signal.aborted;
    if (running !== null && ends) {
      running.view = { ...running.view, detail: 'cancelling', cancellable: false };
      running.abort.abort();
    }
    this.publish();
    if (this.isIdle) this.settle();
    return [...dropped, ...(running !== null && ends ? [running.job] : [])].map(({ kind }) => kind);
  }

  private settle(): void {
    for (const resolve of this.wake.splice(0)) resolve();
  }
}
