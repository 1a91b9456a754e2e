import type { LoupeError, Result } from '../protocol/result.ts';

/** A running worker and the API it exposes. */
export interface WorkerConnection<Api> {
  readonly api: Api;
  /** Resolves once the worker's own code has answered. */
  ready(): Promise<void>;
  /** Called at most once, when the worker can no longer answer. */
  onDeath(listener: (reason: string) => void): void;
  terminate(): void;
}

export interface WorkerClientOptions<Api> {
  /** Subject of the sentence on screen, e.g. "The image decoder". */
  readonly name: string;
  readonly connect: () => WorkerConnection<Api>;
  /** Runs once in every fresh worker before the first call is sent. */
  readonly prepare?: (api: Api) => Promise<Result<unknown>>;
  /** In ms. */
  readonly readyTimeout?: number;
}

interface Live<Api> {
  readonly connection: WorkerConnection<Api>;
  /** Ends every pending call; one entry each. */
  readonly pending: Set<(error: LoupeError) => void>;
  prepared: Promise<Result<unknown>>;
}

const failed = (kind: LoupeError['kind'], message: string): { ok: false; error: LoupeError } => ({
  ok: false,
  error: { kind, message },
});

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Calls into a worker that may die: it is then thrown away, and the next call starts a fresh one. */
export class WorkerClient<Api> {
  private readonly options: WorkerClientOptions<Api>;
  private current: Live<Api> | null = null;

  constructor(options: WorkerClientOptions<Api>) {
    this.options = options;
  }

  /** Never rejects and never hangs on a dead worker (comlink would, for ever). */
  async call<T>(invoke: (api: Api) => Promise<Result<T>>): Promise<Result<T>> {
    let live: Live<Api>;
    try {
      live = this.current ?? this.open();
    } catch (error) {
      return failed('worker-died', `${this.options.name} could not be started: ${textOf(error)}`);
    }
    const prepared = await live.prepared;
    if (!prepared.ok) return prepared;
    if (this.current !== live) return this.call(invoke);
    const result = await this.guard(live, () => invoke(live.connection.api));
    // Neither a lost graphics device nor a runtime that did not start can be revived in their worker.
    if (
      !result.ok &&
      (result.error.kind === 'device-lost' || result.error.kind === 'worker-died')
    ) {
      this.retire(live, 'it lost what it works with');
    }
    return result;
  }

  /** Ends the worker; what is pending answers `worker-died`. */
  stop(): void {
    if (this.current !== null) this.retire(this.current, 'ended');
  }

  private open(): Live<Api> {
    const connection = this.options.connect();
    const live: Live<Api> = {
      connection,
      pending: new Set(),
      prepared: Promise.resolve({ ok: true, value: undefined }),
    };
    this.current = live;
    connection.onDeath((reason) => this.retire(live, reason));
    live.prepared = this.handshake(live);
    return live;
  }

  private async handshake(live: Live<Api>): Promise<Result<unknown>> {
    const { prepare, readyTimeout = 60_000 } = this.options;
    const timer = setTimeout(() => this.retire(live, 'it did not start in time'), readyTimeout);
    const started = await this.guard(live, async () => {
      await live.connection.ready();
      return { ok: true, value: undefined };
    });
    clearTimeout(timer);
    if (!started.ok || prepare === undefined) return started;
    const prepared = await this.guard(live, () => prepare(live.connection.api));
    if (!prepared.ok) this.retire(live, 'it could not be prepared');
    return prepared;
  }

  private retire(live: Live<Api>, reason: string): void {
    if (this.current === live) this.current = null;
    live.connection.terminate();
    const message = `${this.options.name} stopped (${reason}). It starts anew with the next attempt: try again.`;
    for (const end of [...live.pending]) end({ kind: 'worker-died', message });
  }

  /** The result of `work`, or the error of a worker that died meanwhile. */
  private guard<T>(live: Live<Api>, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return new Promise((resolve) => {
      const settle = (result: Result<T>): void => {
        live.pending.delete(end);
        resolve(result);
      };
      const end = (error: LoupeError): void => settle({ ok: false, error });
      live.pending.add(end);
      work().then(settle, (error: unknown) =>
        settle(failed('internal', `${this.options.name} failed: ${textOf(error)}`)),
      );
    });
  }
}
