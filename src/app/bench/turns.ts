import { BadInput } from '../../core/badInput.ts';
import type { BenchContext } from './context.ts';

export type BenchWork = (ready: BenchContext) => Promise<void>;

/** Runs what the page asks of the bench once it is open, and says what goes wrong. */
export class BenchTurns {
  private readonly context: Promise<BenchContext>;
  private readonly running = new Set<Promise<void>>();
  private lane: Promise<unknown>;

  /** @param opened what comes before the first turn */
  constructor(context: Promise<BenchContext>, opened: Promise<void>) {
    this.context = context;
    this.lane = opened;
  }

  /** Runs beside whatever else runs. Never rejects. */
  async now(work: BenchWork): Promise<void> {
    const promise = this.attempt(work);
    this.running.add(promise);
    await promise;
    this.running.delete(promise);
  }

  /** One after another: a drop has to see the files of the drop before. */
  inTurn(work: BenchWork): Promise<void> {
    const turn = this.lane.then(() => this.now(work));
    this.lane = turn;
    return turn;
  }

  /** What the work answers, or `otherwise` where it fails. */
  async answered<T>(work: (ready: BenchContext) => Promise<T>, otherwise: T): Promise<T> {
    let answer = otherwise;
    await this.now(async (ready) => {
      answer = await work(ready);
    });
    return answer;
  }

  /** Resolves when everything that was asked for is done. */
  async idle(): Promise<void> {
    await Promise.all([this.lane, ...this.running]);
  }

  /** What goes wrong is said; a bug too. */
  private async attempt(work: BenchWork): Promise<void> {
    const ready = await this.context;
    try {
      await work(ready);
    } catch (caught) {
      if (!(caught instanceof BadInput)) console.error(caught);
      const message = caught instanceof Error ? caught.message : String(caught);
      const bug = `Something went wrong inside Loupe (${message}). Reload the page to go on.`;
      ready.app.store.notify('error', caught instanceof BadInput ? message : bug);
    }
  }
}
