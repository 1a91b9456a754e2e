import type { EngineApi } from '../protocol/engine.ts';
import type { LoupeError, Result } from '../protocol/result.ts';
import type { AppContext } from './context.ts';
import { newId } from './ids.ts';

/** A cancelled engine that does not come back within this time hangs, and is ended. In ms. */
const CANCEL_PATIENCE = 30_000;

/** Whether the engine's worker, or its graphics device, went while it worked. */
export function hasDied({ kind }: LoupeError): boolean {
  return kind === 'device-lost' || kind === 'worker-died';
}

/** As `callCancellable`, once more with a fresh worker where the first one died: for short work. */
export async function callSteadily<T>(
  context: Pick<AppContext, 'engine'>,
  signal: AbortSignal,
  invoke: (api: EngineApi, jobId: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const first = await callCancellable(context, signal, invoke);
  if (first.ok || signal.aborted || !hasDied(first.error)) return first;
  return callCancellable(context, signal, invoke);
}

/** Calls the engine for a job; when `signal` says so, the engine is told to cancel it. */
export async function callCancellable<T>(
  { engine }: Pick<AppContext, 'engine'>,
  signal: AbortSignal,
  invoke: (api: EngineApi, jobId: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (signal.aborted) return { ok: false, error: { kind: 'cancelled', message: 'Cancelled.' } };
  const jobId = newId();
  let patience: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    // The job's own answer says how it ended.
    engine.call(async (api) => {
      await api.cancel(jobId);
      return { ok: true, value: undefined };
    });
    patience = setTimeout(() => engine.stop(), CANCEL_PATIENCE);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await engine.call((api) => invoke(api, jobId));
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', cancel);
  }
}
