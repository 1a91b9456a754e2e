import { describe, expect, test } from 'vitest';
import { contentHints, guessFromContent } from '../../src/app/contentGuess.ts';
import { providerChoice } from '../../src/app/engineStart.ts';
import { JobLanes } from '../../src/app/jobLanes.ts';
import { type Job, JobQueue } from '../../src/app/jobs.ts';
import type { JobView } from '../../src/app/model.ts';
import { describe as words } from '../../src/app/restoreRun.ts';
import { edgeAgreement, sameScene, sceneOf } from '../../src/app/sameScene.ts';
import { fitInto, sameAspect } from '../../src/app/sizeRules.ts';
import { makeTimeLeft } from '../../src/app/timeLeft.ts';
import { decodeInNode, GOLDEN_CASES, goldenFile } from '../helpers/goldenNode.ts';

function queue(errors: unknown[] = []) {
  const seen: Array<{ label: string | null; waiting: number }> = [];
  let view: JobView | null = null;
  const jobs = new JobQueue({
    now: () => 0,
    quiet: 0,
    onChange: (job, waiting) => {
      view = job;
      seen.push({ label: job?.label ?? null, waiting });
    },
    onError: (error) => errors.push(error),
  });
  return { jobs, seen, view: () => view };
}

const job = (label: string, run: Job['run'], more: Partial<Job> = {}): Job => ({
  kind: 'restore',
  caseId: label,
  label,
  cancellable: true,
  run,
  ...more,
});

describe('the job queue', () => {
  test('runs one after the other, also after one that failed', async () => {
    const errors: unknown[] = [];
    const { jobs, seen } = queue(errors);
    const order: string[] = [];
    let atOnce = 0;
    const step = (label: string) =>
      job(label, async () => {
        atOnce += 1;
        expect(atOnce).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        order.push(label);
        atOnce -= 1;
        if (label === 'b') throw new Error('b failed');
      });
    for (const label of ['a', 'b', 'c']) jobs.add(step(label));
    expect(jobs.isRunning('restore', 'a')).toBe(true);
    expect(jobs.isWaiting('restore', 'c')).toBe(true);
    expect(jobs.isWaiting('measure', 'c')).toBe(false);
    await jobs.idle();
    expect(order).toEqual(['a', 'b', 'c']);
    expect(errors).toEqual([new Error('b failed')]);
    expect(seen.at(-1)).toEqual({ label: null, waiting: 0 });
    jobs.add(step('d'));
    await jobs.idle();
    expect(order.at(-1)).toBe('d');
  });

  test('goes on where what it does cannot be drawn', async () => {
    const errors: unknown[] = [];
    const order: string[] = [];
    const jobs = new JobQueue({
      now: () => 0,
      quiet: 0,
      onChange: () => {
        throw new Error('not drawn');
      },
      onError: (error) => errors.push(error),
    });
    for (const label of ['a', 'b']) jobs.add(job(label, async () => void order.push(label)));
    await jobs.idle();
    expect(order).toEqual(['a', 'b']);
    expect(errors[0]).toEqual(new Error('not drawn'));
  });

  test('a background job comes last, gives way to any other, and runs again', async () => {
    const { jobs, view } = queue();
    const order: string[] = [];
    let tries = 0;
    const background = job(
      'background',
      async (_, signal) => {
        tries += 1;
        if (tries === 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        order.push(signal.aborted ? 'gave way' : 'ran');
      },
      { kind: 'check', background: true, cancellable: false },
    );
    jobs.add(background);
    expect(view()).toBeNull();
    await expect.poll(() => view()?.label).toBe('background');
    jobs.add(job('first', async () => void order.push('first')));
    jobs.add(job('second', async () => void order.push('second')));
    await jobs.idle();
    expect(order).toEqual(['gave way', 'first', 'second', 'ran']);
  });

  test('what gave way waits for another while of quiet', async () => {
    const order: string[] = [];
    const jobs = new JobQueue({
      now: () => 0,
      quiet: 60,
      onChange: () => undefined,
      onError: () => undefined,
    });
    let begun: () => void = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const patient = async (_: unknown, signal: AbortSignal) => {
      begun();
      if (order.length === 0) await new Promise((done) => signal.addEventListener('abort', done));
      order.push(signal.aborted ? 'gave way' : 'ran');
    };
    jobs.add(job('patient', patient, { background: true }));
    await running;
    jobs.add(job('first', async () => void order.push('first')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(order).toEqual(['gave way', 'first']);
    jobs.add(job('second', async () => void order.push('second')));
    await jobs.idle();
    expect(order).toEqual(['gave way', 'first', 'second', 'ran']);
  });

  test('cancel ends what can be cancelled and leaves the rest to run', async () => {
    const { jobs, view } = queue();
    const ran: string[] = [];
    const skipped: string[] = [];
    const note = (label: string) => async () => {
      ran.push(label);
    };
    jobs.add(
      job('long', async (report, signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        report({ stage: 'x', detail: 'too late', done: 1, total: 2 });
        expect(view()).toMatchObject({ detail: 'cancelling', cancellable: false });
        ran.push('long ended');
      }),
    );
    jobs.add(job('waiting', note('waiting'), { skipped: () => skipped.push('waiting') }));
    jobs.add(job('fixed', note('fixed'), { cancellable: false }));
    expect(jobs.cancel()).toEqual(['restore', 'restore']);
    expect(jobs.cancel()).toEqual([]);
    await jobs.idle();
    expect(ran).toEqual(['long ended', 'fixed']);
    expect(skipped).toEqual(['waiting']);
  });

  test('drop ends all jobs of one case only', async () => {
    const { jobs } = queue();
    const ran: string[] = [];
    for (const caseId of ['x', 'y', 'x']) {
      jobs.add(
        job(caseId, async (_, signal) => {
          await Promise.resolve();
          if (!signal.aborted) ran.push(caseId);
        }),
      );
    }
    jobs.drop('x');
    await jobs.idle();
    expect(ran).toEqual(['y']);
  });
});

describe('two lanes of jobs', () => {
  const lanes = () => {
    const seen: Array<{ label: string | null; waiting: number }> = [];
    const jobs = new JobLanes({
      now: () => 0,
      quiet: 0,
      onChange: (shown, waiting) => seen.push({ label: shown?.label ?? null, waiting }),
      onError: (error) => {
        throw error;
      },
    });
    return { jobs, seen };
  };
  const until = (label: string, more: Partial<Job> = {}) => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { end: () => end(), job: job(label, () => ended, more) };
  };

  test('let hints run beside a long measurement, which is what is shown', async () => {
    const { jobs, seen } = lanes();
    const long = until('long', { kind: 'measure' });
    const ran: string[] = [];
    jobs.add(long.job);
    jobs.add(job('hints', async () => void ran.push('hints'), { kind: 'hints' }));
    expect(seen.at(-1)).toEqual({ label: 'long', waiting: 1 });
    await expect.poll(() => ran).toEqual(['hints']);
    await expect.poll(() => seen.at(-1)).toEqual({ label: 'long', waiting: 0 });
    long.end();
    await jobs.idle();
    expect(seen.at(-1)).toEqual({ label: null, waiting: 0 });
  });

  test('show hints where nothing else runs, and end both on request', async () => {
    const { jobs, seen } = lanes();
    const [hints, measure] = [until('hints', { kind: 'hints' }), until('more', { kind: 'more' })];
    jobs.add(hints.job);
    expect(seen.at(-1)).toEqual({ label: 'hints', waiting: 0 });
    jobs.add(measure.job);
    expect(jobs.isRunning('hints', 'hints')).toBe(true);
    expect(jobs.cancel()).toEqual(['more', 'hints']);
    expect(jobs.isRunning('hints', 'hints')).toBe(false);
    for (const one of [hints, measure]) one.end();
    await jobs.idle();
  });

  test('keep what nobody asked for behind everything else, and wait for what comes last', async () => {
    const { jobs } = lanes();
    const order: string[] = [];
    const note = (label: string) => async () => void order.push(label);
    const unasked = { kind: 'alignment', background: true, silent: true } as const;
    jobs.add(job('unasked', note('unasked'), unasked));
    jobs.add(
      job('measure', async () => {
        order.push('measure');
        jobs.add(job('hints', note('hints'), { kind: 'hints' }));
      }),
    );
    await jobs.idle();
    expect(order.indexOf('unasked')).toBeGreaterThan(order.indexOf('measure'));
    expect(order.toSorted()).toEqual(['hints', 'measure', 'unasked']);
  });
});

describe('the time left', () => {
  test('is unknown until a step is done, then follows the steps, the newest most', () => {
    let now = 0;
    const timeLeft = makeTimeLeft(() => now);
    expect(timeLeft('tiles', 0, 4)).toBeNull();
    now = 2000;
    expect(timeLeft('tiles', 1, 4)).toBe(6);
    now = 3000;
    expect(timeLeft('tiles', 1, 4)).toBe(6);
    now = 6000;
    expect(timeLeft('tiles', 2, 4)).toBeCloseTo(2 * (0.4 * 4 + 0.6 * 2));
    expect(timeLeft('saving', 0, 1)).toBeNull();
  });
});

const picture = (name: string, width: number, height: number) => ({ name, width, height });

describe('sizes', () => {
  test.each([
    [picture('a', 816, 656), picture('b', 408, 328), true],
    [picture('a', 1365, 1024), picture('b', 683, 512), true],
    [picture('a', 1365, 1024), picture('b', 682, 512), true],
    [picture('a', 1024, 1365), picture('b', 1365, 1024), false],
    [picture('a', 1000, 1000), picture('b', 500, 503), false],
  ])('%o and %o have the same aspect ratio: %s', (a, b, expected) => {
    expect(sameAspect(a, b)).toBe(expected);
    expect(sameAspect(b, a)).toBe(expected);
  });

  test('a remedy names the size to use', () => {
    const fit = fitInto('gt', picture('gt.png', 8, 9), picture('in.png', 8, 8), 'input');
    expect(fit).toMatchObject({ fits: false });
    expect(!fit.fits && fit.reason).toMatch(
      /“gt\.png” \(8×9\).*“in\.png” \(8×8\).*Use a file of 8×8/,
    );
  });
});

describe('content', () => {
  const plain = (levels: readonly number[]) => {
    const data = new Uint8ClampedArray(levels.flatMap((level) => [level, level, level, 255]));
    return { width: levels.length, height: 1, data };
  };

  test('black and white together are a mask, a dark photograph is not', () => {
    expect(contentHints(plain([0, 3, 255, 250])).twoLevel).toBe(true);
    expect(contentHints(plain([0, 3, 5, 12])).twoLevel).toBe(false);
    expect(contentHints(plain([0, 128, 255, 255])).twoLevel).toBe(false);
  });

  test('of one size and scene, the darkest is the input', () => {
    const levels = [9, 40, 12, 30, 8, 44, 20, 10];
    const [low, high] = [
      contentHints(plain(levels)),
      contentHints(plain(levels.map((level) => level * 4))),
    ];
    expect(guessFromContent(low, [high])).toBe('input');
    expect(guessFromContent(high, [low])).toBe('gt');
    expect(guessFromContent(high, [contentHints(plain([1, 40, 3]))])).toBe('input');
    const another = contentHints(plain([40, 9, 30, 12, 44, 8, 10, 20]));
    expect(guessFromContent(high, [another])).toBe('input');
  });

  test('a golden output shows the scene of its own ground truth, and no other', async () => {
    const pixels = async (path: string) => (await decodeInNode(goldenFile(path), path)).pixels;
    const cases = GOLDEN_CASES.slice(0, 3);
    for (const one of cases) {
      for (const other of cases) {
        const agreement = edgeAgreement(
          sceneOf(await pixels(one.output)),
          sceneOf(await pixels(other.gt)),
        );
        if (one.gt === other.gt) expect(agreement).toBeGreaterThan(0.6);
        else expect(agreement).toBeLessThan(0.6);
      }
    }
    expect(sameScene(sceneOf(plain([0, 0])), sceneOf(plain([0, 0])))).toBe(false);
  });
});

test.each([
  ['?provider=wasm', 'wasm'],
  ['?x=1&provider=webgpu', 'webgpu'],
  ['?provider=quantum', 'auto'],
  ['', 'auto'],
])('the address %s asks for %s', (search, expected) => {
  expect(providerChoice(search)).toBe(expected);
});

test('a job says how much of a model is loaded, that its hash is checked, and which tile runs', () => {
  const step = (stage: 'loading-model' | 'restoring', done: number, total: number) =>
    words({ stage, done, total, secondsLeft: null });
  expect(step('loading-model', 1_500_000, 6_940_000)).toBe('loading the model, 1.5 of 6.9 MB');
  expect(step('loading-model', 6_940_000, 6_940_000)).toBe('checking the model’s SHA-256');
  expect([step('restoring', 0, 6), step('restoring', 6, 6)]).toEqual([
    'tile 1 of 6',
    'tile 6 of 6',
  ]);
});
