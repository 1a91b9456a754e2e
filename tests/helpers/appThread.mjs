import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

/** A worker for tests of the worker client: it answers, stays silent for ever, or dies. */
const api = {
  double: async (value) => ({ ok: true, value: value * 2 }),
  report: async (onStep) => {
    await onStep(1);
    return { ok: true, value: null };
  },
  hang: () => new Promise(() => undefined),
  fail: async () => {
    throw new Error('no luck');
  },
  loseDevice: async () => ({ ok: false, error: { kind: 'device-lost', message: 'Lost.' } }),
  crash: () => {
    setTimeout(() => {
      throw new Error('boom');
    });
    return new Promise(() => undefined);
  },
};

// Late, as in a worker that first loads what it needs: questions asked before must not be lost.
setTimeout(() => expose(api, nodeEndpoint(parentPort)), 50);
