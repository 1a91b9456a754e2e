import { type Job, JobQueue, type JobQueueOptions, type Reading } from './jobs.ts';
import type { JobView } from './model.ts';

/** What one lane shows. */
interface Shown {
  readonly job: JobView | null;
  readonly waiting: number;
}

const NOTHING: Shown = { job: null, waiting: 0 };

/** What somebody asked to be looked over has a worker of its own: it waits for no engine. */
const isReview = ({ kind, background }: Job): boolean =>
  (kind === 'hints' || kind === 'alignment') && background !== true;

/**
 * Two queues that run beside each other and look like one: what the engine does, and what looks over
 * its results. Of two jobs that run, the engine's is shown.
 */
export class JobLanes {
  private readonly engine: JobQueue;
  private readonly review: JobQueue;

  constructor({ onChange, ...options }: JobQueueOptions) {
    const shown = { engine: NOTHING, review: NOTHING };
    const publish = (): void => {
      const { engine, review } = shown;
      const beside = engine.job !== null && review.job !== null ? 1 : 0;
      onChange(engine.job ?? review.job, engine.waiting + review.waiting + beside);
    };
    const lane = (name: keyof typeof shown): JobQueue =>
      new JobQueue({
        ...options,
        onChange: (job, waiting) => {
          shown[name] = { job, waiting };
          publish();
        },
      });
    this.engine = lane('engine');
    this.review = lane('review');
  }

  add(job: Job): void {
    (isReview(job) ? this.review : this.engine).add(job);
  }

  /** Ends what waits for quiet; for a page that closes. */
  stop(): void {
    for (const lane of this.lanes) lane.stop();
  }

  isWaiting(kind: Job['kind'], caseId: string, part?: string): boolean {
    return this.lanes.some((lane) => lane.isWaiting(kind, caseId, part));
  }

  /** False for a job that is being cancelled: another of its kind may be queued. */
  isRunning(kind: Job['kind'], caseId: string, part?: string): boolean {
    return this.lanes.some((lane) => lane.isRunning(kind, caseId, part));
  }

  /** The cases that jobs of these kinds wait for or work on, but for those that are being cancelled. */
  casesOf(...kinds: ReadonlyArray<Job['kind']>): readonly string[] {
    return this.lanes.flatMap((lane) => lane.casesOf(...kinds));
  }

  /** Ends the running jobs and drops the waiting ones, where they can be cancelled. Kinds of all. */
  cancel(): Job['kind'][] {
    return this.lanes.flatMap((lane) => lane.cancel());
  }

  /** Ends and drops everything of one case (of one kind, where it is named), or of all. */
  drop(caseId?: string, kind?: Job['kind']): void {
    for (const lane of this.lanes) lane.drop(caseId, kind);
  }

  /** Ends and drops those of a kind that nobody asked for. */
  dropBackground(kind: Job['kind']): void {
    for (const lane of this.lanes) lane.dropBackground(kind);
  }

  /** Shown while no job of the engine runs: files being read. Null when they are. */
  showReading(reading: Reading | null): void {
    this.engine.showReading(reading);
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    // A job of one lane may add one to the other.
    while (!this.lanes.every(({ isIdle }) => isIdle)) {
      for (const lane of this.lanes) await lane.idle();
    }
  }

  private get lanes(): readonly JobQueue[] {
    return [this.engine, this.review];
  }
}
