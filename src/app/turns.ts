/** What a command does once what it works on is there. */
export type Work<Context> = (context: Context) => Promise<void>;

/** Runs what the page asks for once its context is there; what goes wrong is handed on, never lost. */
export class Turns<Context> {
  private readonly context: Promise<Context>;
  private readonly onError: (error: unknown) => void;
  private readonly running = new Set<Promise<void>>();
  private lane: Promise<void>;

  /** @param opened what comes before the first turn */
  constructor(
    context: Promise<Context>,
    onError: (error: unknown) => void,
    opened: Promise<void> = Promise.resolve(),
  ) {
    this.context = context;
    this.onError = onError;
    this.lane = opened;
  }

  /** Runs beside whatever else runs. Never rejects. */
  async now(work: Work<Context>): Promise<void> {
    const promise = this.attempt(work);
    this.running.add(promise);
    await promise;
    this.running.delete(promise);
  }

  /** One after another: a drop has to see what the drop before has made. */
  inTurn(work: Work<Context>): Promise<void> {
    const before = this.lane;
    this.lane = this.now(async (context) => {
      await before;
      await work(context);
    });
    return this.lane;
  }

  /** What the work answers, or `otherwise` where it fails. */
  async answered<T>(work: (context: Context) => Promise<T>, otherwise: T): Promise<T> {
    let answer = otherwise;
    await this.now(async (context) => {
      answer = await work(context);
    });
    return answer;
  }

  get isIdle(): boolean {
    return this.running.size === 0;
  }

  /** Resolves when everything that was asked for so far is done. */
  async idle(): Promise<void> {
    await Promise.all(this.running);
  }

  private async attempt(work: Work<Context>): Promise<void> {
    try {
      await work(await this.context);
    } catch (error) {
      this.onError(error);
    }
  }
}
