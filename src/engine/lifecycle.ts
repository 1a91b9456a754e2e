import type { ProviderChoice } from '../protocol/engine.ts';
import type { Result } from '../protocol/result.ts';
import { boot, type Running } from './boot.ts';
import { Failure, settle } from './failure.ts';
import { type JobControl, makeQueue } from './queue.ts';

function deviceLost(reason: string): Failure {
  return new Failure(
    'device-lost',
    `The graphics device was lost (${reason}). Loupe starts it anew: try again.`,
  );
}

function gpuFailed(error: string): Failure {
  return new Failure(
    'model-run',
    `The graphics device reported an error (${error}), so the result was thrown away. Try again, use a smaller picture, or add ?provider=wasm to the address.`,
  );
}

/**
 * One device and one queue, from the start to the device's loss. A lost device cannot be revived
 * inside ONNX Runtime: everything is then answered with `device-lost`, and the owner of the worker
 * starts another.
 */
export class Lifecycle {
  readonly #queue = makeQueue();
  #running: Running | null = null;
  #starting: Promise<Running> | null = null;
  #lost: string | null = null;

  async start(choice: ProviderChoice, manifestUrl: string): Promise<Running> {
    this.#starting ??= boot(choice, manifestUrl);
    try {
      this.#running = await this.#starting;
    } catch (error) {
      // A failed start must be repeatable: the list of models may be reachable the next time.
      this.#starting = null;
      throw error;
    }
    this.#running.gpu?.lost.then((reason) => {
      this.#lost = reason;
    });
    return this.#running;
  }

  /** @throws {Failure} `device-lost` */
  current(): Running {
    if (this.#lost !== null) throw deviceLost(this.#lost);
    if (!this.#running) throw new Error('the engine was used before it was started');
    return this.#running;
  }

  cancel(jobId: string): void {
    this.#queue.cancel(jobId);
  }

  /** A job in the queue, with the loss of the device answered in its place. */
  queued<T>(
    jobId: string,
    job: (parts: Running, control: JobControl) => Promise<T>,
  ): Promise<Result<T>> {
    const run = async (control: JobControl): Promise<T> => {
      const parts = this.current();
      parts.gpuErrors.length = 0;
      const outcome = await job(parts, control);
      this.current();
      // After such an error buffers hold zeros: a black picture or empty numbers, never shown.
      const [error] = parts.gpuErrors;
      if (error !== undefined) throw gpuFailed(error);
      return outcome;
    };
    return settle(() => this.#queue.add(jobId, (control) => this.#unlessLost(run(control))));
  }

  /** Work beside the queue that looks after the device's errors itself; its loss is answered in its place. */
  beside<T>(work: (parts: Running) => Promise<T>): Promise<Result<T>> {
    const run = async (): Promise<T> => work(this.current());
    return settle(() => this.#unlessLost(run()));
  }

  /** Work on a lost device may wait for ever or fail with any error: the loss answers in its place. */
  async #unlessLost<T>(work: Promise<T>): Promise<T> {
    const loss = this.#running?.gpu?.lost.then((reason) => {
      throw deviceLost(reason);
    });
    try {
      return await (loss ? Promise.race([work, loss]) : work);
    } catch (error) {
      // The browser may report the loss just after the failure it caused.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw this.#lost !== null && !(error instanceof Failure && error.kind === 'cancelled')
        ? deviceLost(this.#lost)
        : error;
    }
  }
}
