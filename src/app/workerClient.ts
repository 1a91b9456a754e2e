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

/** Calls into a worker that may die: it is then thrown away, and the next call starts a fresh one. */
export interface WorkerClient<Api> {
  /** Never rejects and never hangs on a dead worker (comlink would, for ever). */
  call<T>(invoke: (api: Api) => Promise<Result<T>>): Promise<Result<T>>;
  /** Ends the worker; what is pending answers `worker-died`. */
  stop(): void;
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

/** See `WorkerClient`. */
export function makeWorkerClient<Api>(options: WorkerClientOptions<Api>): WorkerClient<Api> {
  const { name, connect, prepare, readyTimeout = 60_000 } = options;
  let current: Live<Api> | null = null;

  function retire(live: Live<Api>, reason: string): void {
    if (current === live) current = null;
    live.connection.terminate();
    const message = `${name} stopped (${reason}). It starts anew with the next attempt: try again.`;
    for (const end of [...live.pending]) end({ kind: 'worker-died', message });
  }

  /** The result of `work`, or the error of a worker that died meanwhile. */
  function guard<T>(live: Live<Api>, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return new Promise((resolve) => {
      const settle = (result: Result<T>): void => {
        live.pending.delete(end);
        resolve(result);
      };
      const end = (error: LoupeError): void => settle({ ok: false, error });
      live.pending.add(end);
      work().then(settle, (error: unknown) =>
        settle(failed('internal', `${name} failed: ${textOf(error)}`)),
      );
    });
  }

  async function handshake(live: Live<Api>): Promise<Result<unknown>> {
    const timer = setTimeout(() => retire(live, 'it did not start in time'), readyTimeout);
    const started = await guard(live, async () => {
      await live.connection.ready();
      return { ok: true, value: undefined };
    });
    clearTimeout(timer);
    if (!started.ok || prepare === undefined) return started;
    const prepared = await guard(live, () => prepare(live.connection.api));
    if (!prepared.ok) retire(live, 'it could not be prepared');
    return prepared;
  }

  function open(): Live<Api> {
    const connection = connect();
    const live: Live<Api> = {
      connection,
      pending: new Set(),
      prepared: Promise.resolve({ ok: true, value: undefined }),
    };
    current = live;
    connection.onDeath((reason) => retire(live, reason));
    live.prepared = handshake(live);
    return live;
  }

  async function call<T>(invoke: (api: Api) => Promise<Result<T>>): Promise<Result<T>> {
    let live: Live<Api>;
    try {
      live = current ?? open();
    } catch (error) {
      return failed('worker-died', `${name} could not be started: ${textOf(error)}`);
    }
    const prepared = await live.prepared;
    if (!prepared.ok) return prepared;
    if (current !== live) return call(invoke);
    const result = await guard(live, () => invoke(live.connection.api));
    // A lost graphics device cannot be revived inside its worker.
    if (!result.ok && result.error.kind === 'device-lost') retire(live, 'device lost');
    return result;
  }

  return {
    call,
    stop: () => {
      if (current !== null) retire(current, 'ended');
    },
  };
}
