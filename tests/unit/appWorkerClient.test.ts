import { Worker as Thread } from 'node:worker_threads';
import { proxy } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { connectWorker } from '../../src/app/platform.ts';
import { WorkerClient, type WorkerClientOptions } from '../../src/app/workerClient.ts';
import type { Result } from '../../src/protocol/result.ts';

interface TestApi {
  double(value: number): Promise<Result<number>>;
  report(onStep: (step: number) => void): Promise<Result<null>>;
  hang(): Promise<Result<null>>;
  fail(): Promise<Result<null>>;
  loseDevice(): Promise<Result<null>>;
  crash(): Promise<Result<null>>;
}

/** A real thread with the face of a browser's worker. */
function startThread(file = '../helpers/appThread.mjs'): Worker {
  const thread = new Thread(new URL(file, import.meta.url));
  const handlers = new Map<unknown, (value: unknown) => void>();
  const face = {
    postMessage: (message: unknown, transfer: MessagePort[]) =>
      thread.postMessage(message, transfer as never),
    addEventListener(type: string, listener: (event: unknown) => void) {
      const handler = (value: unknown) =>
        listener(
          value instanceof Error
            ? { message: value.message, preventDefault: () => undefined }
            : { data: value },
        );
      handlers.set(listener, handler);
      thread.on(type, handler);
    },
    removeEventListener(type: string, listener: unknown) {
      const handler = handlers.get(listener);
      if (handler !== undefined) thread.off(type, handler);
    },
    terminate: () => thread.terminate(),
  };
  return face as unknown as Worker;
}

let started = 0;
let client: WorkerClient<TestApi>;

function start(options: Partial<WorkerClientOptions<TestApi>> = {}, file?: string): void {
  started = 0;
  client = new WorkerClient<TestApi>({
    name: 'The test worker',
    connect: () => {
      started += 1;
      return connectWorker<TestApi>(startThread(file));
    },
    ...options,
  });
}
afterEach(() => client.stop());

test('calls, callbacks and errors cross; an exception becomes an error with a sentence', async () => {
  start();
  expect(await client.call((api) => api.double(21))).toEqual({ ok: true, value: 42 });
  const steps: number[] = [];
  const report = proxy((step: number) => {
    steps.push(step);
  });
  expect(await client.call((api) => api.report(report))).toEqual({ ok: true, value: null });
  expect(steps).toEqual([1]);
  expect(await client.call((api) => api.fail())).toEqual({
    ok: false,
    error: { kind: 'internal', message: 'The test worker failed: no luck' },
  });
  expect(started).toBe(1);
});

test('when the worker dies everything pending ends, and the next call has a fresh one', async () => {
  start();
  const [hanging, crashing] = await Promise.all([
    client.call((api) => api.hang()),
    client.call((api) => api.crash()),
  ]);
  for (const result of [hanging, crashing]) {
    expect(result).toMatchObject({ ok: false, error: { kind: 'worker-died' } });
    expect(!result.ok && result.error.message).toMatch(/The test worker stopped \(boom\)/);
  }
  expect(await client.call((api) => api.double(1))).toEqual({ ok: true, value: 2 });
  expect(started).toBe(2);
});

test('a worker that lost its device is replaced', async () => {
  start();
  const lost = await client.call((api) => api.loseDevice());
  expect(lost).toMatchObject({ error: { kind: 'device-lost' } });
  expect(await client.call((api) => api.double(1))).toMatchObject({ value: 2 });
  expect(started).toBe(2);
});

test('every fresh worker is prepared once before its first call', async () => {
  let prepared = 0;
  start({
    prepare: async (api) => {
      prepared += 1;
      return api.double(prepared);
    },
  });
  await Promise.all([client.call((api) => api.double(1)), client.call((api) => api.double(2))]);
  expect(prepared).toBe(1);
  await client.call((api) => api.crash());
  await client.call((api) => api.double(3));
  expect(prepared).toBe(2);
});

test('a preparation that fails is answered to the caller and tried again by the next call', async () => {
  let attempts = 0;
  start({
    prepare: async () => {
      attempts += 1;
      return attempts === 1
        ? { ok: false, error: { kind: 'model-load', message: 'Not now.' } }
        : { ok: true, value: null };
    },
  });
  expect(await client.call((api) => api.double(1))).toEqual({
    ok: false,
    error: { kind: 'model-load', message: 'Not now.' },
  });
  expect(await client.call((api) => api.double(1))).toEqual({ ok: true, value: 2 });
});

test('a program that cannot be loaded, or never answers, does not hang the page', async () => {
  start({}, '../helpers/there-is-no-such-worker.mjs');
  expect(await client.call((api) => api.double(1))).toMatchObject({
    error: { kind: 'worker-died' },
  });
  start({ readyTimeout: 10 });
  const late = await client.call((api) => api.double(1));
  expect(!late.ok && late.error.message).toMatch(/it did not start in time/);
  start({
    connect: () => {
      throw new Error('Workers are forbidden here.');
    },
  });
  const forbidden = await client.call((api) => api.double(1));
  expect(!forbidden.ok && forbidden.error.message).toMatch(/Workers are forbidden here/);
});
