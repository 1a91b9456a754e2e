import type { AppContext } from './context.ts';

export type Command = (context: AppContext) => Promise<void>;

/** Runs commands once the app is ready; what they throw is handed on, never lost. */
export class Turns {
  private readonly context: Promise<AppContext>;
  private readonly onError: (error: unknown) => void;
  private readonly running = new Set<Promise<void>>();
  private lane: Promise<void> = Promise.resolve();

  constructor(context: Promise<AppContext>, onError: (error: unknown) => void) {
    this.context = context;
    this.onError = onError;
  }

  /** Runs beside whatever else runs. */
  async now(command: Command): Promise<void> {
    const promise = this.attempt(command);
    this.running.add(promise);
    await promise;
    this.running.delete(promise);
  }

  /** Runs after the ones before it: a drop has to see the cases of the drop before. */
  inTurn(command: Command): Promise<void> {
    const before = this.lane;
    this.lane = this.now(async (context) => {
      await before;
      await command(context);
    });
    return this.lane;
  }

  /** Resolves when all commands given so far and all jobs are done. */
  async idle(): Promise<void> {
    const { jobs } = await this.context;
    do {
      await Promise.all(this.running);
      await jobs.idle();
    } while (this.running.size > 0);
  }

  private async attempt(command: Command): Promise<void> {
    try {
      await command(await this.context);
    } catch (error) {
      this.onError(error);
    }
  }
}
