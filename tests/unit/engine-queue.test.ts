import { describe, expect, it } from 'vitest';
import { Failure, settle } from '../../src/engine/failure.ts';
import { makeStepProgress } from '../../src/engine/progress.ts';
import { chooseProvider } from '../../src/engine/provider.ts';
import { makeQueue } from '../../src/engine/queue.ts';
import { threadCount } from '../../src/models/ort.ts';

describe('makeQueue', () => {
  it('runs one job at a time, in order', async () => {
    const queue = makeQueue();
    const log: string[] = [];
    const job = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`${name} ends`);
    };
    await Promise.all([queue.add('a', job('a')), queue.add('b', job('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('survives a job that fails', async () => {
    const queue = makeQueue();
    const bad = queue.add('bad', () => Promise.reject(new Error('no')));
    const good = queue.add('good', async () => 7);
    await expect(bad).rejects.toThrow('no');
    await expect(good).resolves.toBe(7);
  });

  it('cancels a running job at its next checkpoint and a waiting one before it begins', async () => {
    const queue = makeQueue();
    let steps = 0;
    let waitingBegan = false;
    const running = queue.add('running', async ({ checkpoint }) => {
      for (; steps < 1000; steps++) await checkpoint();
    });
    const waiting = queue.add('waiting', async () => {
      waitingBegan = true;
    });
    const outcomes = Promise.allSettled([running, waiting]);
    setTimeout(() => {
      queue.cancel('waiting');
      queue.cancel('running');
    }, 10);
    const [first, second] = await outcomes;
    expect(first).toMatchObject({ status: 'rejected', reason: { kind: 'cancelled' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'cancelled' } });
    expect(steps).toBeLessThan(1000);
    expect(waitingBegan).toBe(false);
    await expect(queue.add('running', async () => 'again')).resolves.toBe('again');
  });
});

describe('settle', () => {
  it('keeps the sentence of a Failure and owns up to anything else', async () => {
    const failure = await settle(() => Promise.reject(new Failure('model-load', 'Say this.')));
    expect(failure).toEqual({ ok: false, error: { kind: 'model-load', message: 'Say this.' } });
    const bug = await settle(() => Promise.reject(new TypeError('x is undefined')));
    expect(bug).toMatchObject({ ok: false, error: { kind: 'internal' } });
  });
});

describe('makeStepProgress', () => {
  it('estimates the time left from the steps done', () => {
    let time = 0;
    const seen: (number | null)[] = [];
    const progress = makeStepProgress(
      'restoring',
      4,
      (p) => seen.push(p.secondsLeft),
      () => time,
    );
    time = 2000;
    progress(1);
    time = 8000;
    progress(2);
    expect(seen).toEqual([null, 6, 8]);
  });
});

describe('chooseProvider', () => {
  it.each([
    ['auto', null, 'wasm'],
    ['auto', { software: true }, 'wasm'],
    ['auto', { software: false }, 'webgpu'],
    ['webgpu', { software: true }, 'webgpu'],
    ['webgpu', null, 'wasm'],
    ['wasm', { software: false }, 'wasm'],
  ] as const)('%s with adapter %j gives %s', (choice, adapter, provider) => {
    const decision = chooseProvider(choice, adapter, null);
    expect(decision.provider).toBe(provider);
    expect(decision.reason).toMatch(/\.$/);
  });

  it('tells an adapter that gives no device from none', () => {
    expect(chooseProvider('auto', null, null).reason).toContain('no WebGPU adapter');
    const { provider, reason } = chooseProvider('auto', null, 'out of memory');
    expect(provider).toBe('wasm');
    expect(reason).toBe(
      'This browser’s WebGPU adapter gives no device (out of memory), so the model runs on WASM.',
    );
  });
});

describe('threadCount', () => {
  it.each([
    [false, 16, 1],
    [true, 1, 1],
    [true, 2, 2],
    [true, 8, 4],
    [true, 64, 8],
  ])('isolated %s, %i processors: %i', (isolated, processors, threads) => {
    expect(threadCount(isolated, processors)).toBe(threads);
  });
});
