import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { createStore, del, keys, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  bright,
  currentCase,
  dark,
  mask,
  namesOf,
  noticesOf,
  sha256Of,
  testBench,
} from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A promise that is opened by hand. */
function gate(): { readonly promise: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

test('an address without https is said at once', async () => {
  const bench = testBench();
  bench.secure = false;
  const app = await bench.open();
  expect(noticesOf(app, 'error')).toEqual([expect.stringContaining('https')]);
});

describe('cancel', () => {
  test('stops the running and the waiting restorations and keeps what was there', async () => {
    const bench = testBench();
    const app = await bench.open();
    const { promise, open } = gate();
    bench.engine.hold = promise;
    await app.commands.addFiles([await dark('001_input.png'), await dark('002_input.png', 2)]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    expect(app.state.job).toMatchObject({ label: 'Restoring 001_input.png', cancellable: true });
    expect(app.state.waiting).toBe(1);
    app.commands.cancel();
    open();
    bench.engine.hold = null;
    await app.idle();
    expect(app.state.job).toBeNull();
    expect(app.state.waiting).toBe(0);
    expect(app.state.cases.map(({ output }) => output)).toEqual([null, null]);
    expect(currentCase(app).input?.name).toBe('001_input.png');
    expect(noticesOf(app, 'error')).toEqual([]);
    expect(noticesOf(app, 'info')).toHaveLength(1);

    const reloaded = await bench.open();
    await reloaded.idle();
    expect(bench.engine.restores).toBe(1);
    await reloaded.commands.restore();
    await reloaded.idle();
    expect(currentCase(reloaded).output).not.toBeNull();
    // What is said to those who do not see it: nothing of what was cancelled, each end anew.
    const [cancelled, first] = [app.state.restored, reloaded.state.restored];
    expect([cancelled, first]).toEqual([null, { name: '001_input.png' }]);
    await reloaded.commands.restore();
    await reloaded.idle();
    expect(bench.engine.restores).toBe(2);
    expect(reloaded.state.restored).toEqual(first);
    expect(reloaded.state.restored).not.toBe(first);
  });

  test('a restored output stays when restoring it with another model is cancelled', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    const before = currentCase(app).output?.picture.sha256;
    const { promise, open } = gate();
    bench.engine.hold = promise;
    app.commands.selectModel('triple');
    await app.commands.restore();
    await expect.poll(() => app.state.job?.total).toBe(4);
    app.commands.cancel();
    open();
    await app.idle();
    expect(currentCase(app).output?.picture.sha256).toBe(before);
  });
});

test('a restoration that a reload interrupted is taken up again, once', async () => {
  const bench = testBench();
  const app = await bench.open();
  bench.engine.hold = new Promise(() => undefined);
  await app.commands.addFiles([await dark('001_input.png'), await dark('002_input.png', 2)]);
  await expect.poll(() => app.state.job?.total).toBe(4);
  const second = await bench.open();
  await expect.poll(() => second.state.job?.total).toBe(4);
  // Had it been the restoration that brought the page down, it would do so for ever.
  bench.engine.hold = null;
  const third = await bench.open();
  await third.idle();
  expect(bench.engine.restores).toBe(2);
  expect(currentCase(third).output).toBeNull();
  await third.commands.restore();
  await third.idle();
  expect(currentCase(third).output?.origin).toMatchObject({ fromCache: false });
});

test('an output that is dropped while its input is being restored stays', async () => {
  const bench = testBench();
  const app = await bench.open();
  const { promise, open } = gate();
  bench.engine.hold = promise;
  await app.commands.addFiles([await dark('001_input.png')]);
  await expect.poll(() => app.state.job?.total).toBe(4);
  await app.commands.addFiles([await bright('001_output.png')]);
  open();
  await app.idle();
  expect(currentCase(app).output?.origin).toEqual({ kind: 'dropped' });
  await app.commands.restore();
  await app.idle();
  expect(currentCase(app).output?.origin).toMatchObject({ kind: 'restored', fromCache: true });
  expect(bench.engine.restores).toBe(1);
});

describe('a worker that dies', () => {
  test('is replaced, and the restoration is tried once more by itself', async () => {
    const bench = testBench();
    const app = await bench.open();
    bench.engine.hold = new Promise(() => undefined);
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    bench.engine.hold = null;
    bench.engines.kill('out of memory');
    await app.idle();
    expect(noticesOf(app, 'warning')[0]).toMatch(
      /001_input\.png.*engine stopped.*out of memory.*tried once more/,
    );
    expect(bench.engines.started).toBe(2);
    expect(currentCase(app).metrics.status).toBe('done');
    expect(app.state.engine.status).toBe('ready');
    expect(noticesOf(app, 'error')).toEqual([]);
  });

  test('that dies again ends the restoration; one click resumes it', async () => {
    const bench = testBench();
    const app = await bench.open();
    bench.engine.hold = new Promise(() => undefined);
    await app.commands.addFiles([await dark('001_input.png')]);
    for (const restores of [1, 2]) {
      await expect.poll(() => bench.engine.restores).toBe(restores);
      bench.engines.kill('out of memory');
    }
    await app.idle();
    expect(bench.engine.restores).toBe(2);
    expect(namesOf(currentCase(app))).toMatchObject({ input: '001_input.png', output: null });
    const notice = app.state.notices.find(({ severity }) => severity === 'error');
    expect(notice?.text).toMatch(/001_input\.png.*engine stopped.*out of memory/);
    expect(notice?.action).toEqual({ label: 'Resume' });
    bench.engine.hold = null;
    await app.commands.runAction(notice?.id ?? '');
    await app.idle();
    expect(currentCase(app).output?.origin.kind).toBe('restored');
    expect(app.state.notices.filter(({ id }) => id === notice?.id)).toEqual([]);
  });

  test.each([1, 2])(
    'a device lost in call %i of the work is replaced, and nothing of the work is missing',
    async (call) => {
      const bench = testBench();
      const app = await bench.open();
      await app.commands.addFiles([await dark('001_input.png')]);
      await app.idle();
      // The first call restores, the second one measures.
      if (call === 1) bench.engine.deviceLosses = 1;
      await app.commands.runMethods(['triple']);
      await app.idle();
      if (call === 2) bench.engine.deviceLosses = 1;
      await app.commands.addFiles([await bright('001_gt.png')]);
      await app.idle();
      expect(bench.engines.started).toBe(2);
      expect(currentCase(app).shownMethod).toBe('triple');
      expect(currentCase(app).metrics.status).toBe('done');
      expect(currentCase(app).methods.every(({ values }) => values !== null)).toBe(true);
      expect(noticesOf(app, 'error')).toEqual([]);
    },
  );

  test('the image decoder too is started anew', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    bench.codecs.kill('crash');
    await app.commands.addFiles([await bright('001_gt.png')]);
    await app.idle();
    expect(bench.codecs.started).toBe(2);
    expect(currentCase(app).metrics.status).toBe('done');
  });

  test('and reads the file it died over', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    const added = app.commands.addFiles([await bright('001_gt.png')]);
    await expect.poll(() => app.state.job?.kind, { interval: 0 }).toBe('reading');
    bench.codecs.kill('crash');
    await added;
    await app.idle();
    expect(bench.codecs.started).toBe(2);
    expect(currentCase(app).metrics.status).toBe('done');
    expect(noticesOf(app, 'error')).toEqual([]);
  });
});

describe('an image decoder that dies is said with the name of what it worked on:', () => {
  const withMask = async () => [await dark('001_input.png'), await mask('001_mask.png')];

  test('of a picture that is opened again', async () => {
    const bench = testBench();
    const app = await bench.open();
    app.commands.setView({ autoMask: false });
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    bench.beforeDecoding = async () => bench.codecs.kill('crash');
    const reloaded = await bench.open();
    await expect.poll(() => noticesOf(reloaded, 'error').length).toBe(2);
    for (const [place, name] of ['001_input.png', '001_restored.png'].entries()) {
      expect(noticesOf(reloaded, 'error')[place]).toMatch(`“${name}”`);
      expect(noticesOf(reloaded, 'error')[place]).toMatch(/stopped.*try again/);
    }
  });

  test('of a mask whose overlay is drawn', async () => {
    const bench = testBench();
    const app = await bench.open();
    bench.beforeMasks = async () => bench.codecs.kill('crash');
    await app.commands.addFiles(await withMask());
    await app.idle();
    expect(noticesOf(app, 'error')).toEqual([
      expect.stringMatching(/^“001_mask\.png”: .*stopped.*try again/),
    ]);
  });

  test('of a mask that is softened', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await withMask());
    await app.idle();
    const { id: caseId } = currentCase(app);
    const levels = await app.commands.openMask({ caseId, target: 'person' });
    if (levels === null) throw new Error('There is no mask to soften.');
    bench.beforeMasks = async () => bench.codecs.kill('crash');
    expect(await app.commands.featheredMask(levels, 1)).toBeNull();
    expect(noticesOf(app, 'error')).toEqual([
      expect.stringMatching(/^“001”: .*stopped.*try again/),
    ]);
  });
});

describe('a model that does not load', () => {
  test('is a notice with the file’s name; everything else goes on', async () => {
    const bench = testBench();
    bench.engine.modelFailure = 'The model Model double is damaged.';
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    expect(noticesOf(app, 'error')).toEqual([
      '“001_input.png”: The model Model double is damaged.',
    ]);
    await app.commands.addFiles([await bright('001_output.png')]);
    await app.idle();
    expect(currentCase(app).metrics.status).toBe('done');
  });

  test('an engine that did not start is started again by the next attempt', async () => {
    const bench = testBench();
    bench.engine.startFailure = 'The model list could not be loaded.';
    const app = await bench.open();
    await expect.poll(() => app.state.engine.status).toBe('failed');
    bench.engine.startFailure = null;
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    expect(app.state.engine.status).toBe('ready');
    expect(currentCase(app).output).not.toBeNull();
  });
});

describe('storage', () => {
  test('a full one is said with the file’s name; the page works on, what was there stays', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key?: IDBValidKey,
    ) {
      if (value instanceof Blob) throw new DOMException('Full.', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    await app.commands.addFiles([await dark('002_input.png', 2), await bright('002_gt.png', 2)]);
    await app.idle();
    const errors = noticesOf(app, 'error');
    expect(
      errors.some((text) =>
        /full: “002_input\.png”, “002_gt\.png” and “002_restored\.png” are/.test(text),
      ),
    ).toBe(true);
    expect(errors).toHaveLength(1);
    expect(currentCase(app).title).toBe('002');
    expect(currentCase(app).metrics.status).toBe('done');
    expect((await app.commands.outputFile())?.size).toBeGreaterThan(0);

    vi.restoreAllMocks();
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(reloaded.state.cases.map(({ title }) => title)).toEqual(['001']);
    expect(currentCase(reloaded).metrics).toMatchObject({ status: 'done', fromCache: true });
    expect(noticesOf(reloaded, 'error')).toEqual([]);
  });

  test('a missing and a damaged file are named after a reload; the rest is there', async () => {
    const bench = testBench();
    const app = await bench.open();
    const [input, gt, person] = [
      await dark('001_input.png'),
      await bright('001_gt.png'),
      await mask('001_mask.png'),
    ];
    await app.commands.addFiles([input, gt, person]);
    await app.idle();
    const files = createStore('loupe-files', 'entries');
    await del(`picture/${await sha256Of(person)}`, files);
    await set(`picture/${await sha256Of(gt)}`, new Blob([new Uint8Array(gt.size)]), files);

    const reloaded = await bench.open();
    await reloaded.idle();
    const errors = noticesOf(reloaded, 'error');
    expect(errors).toHaveLength(2);
    expect(errors.some((text) => /001_mask\.png” is no longer/.test(text))).toBe(true);
    expect(errors.some((text) => /001_gt\.png” was damaged/.test(text))).toBe(true);
    expect(currentCase(reloaded).input?.bitmap).not.toBeNull();
    expect(currentCase(reloaded).output?.picture.bitmap).not.toBeNull();
    expect(currentCase(reloaded).metrics.status).toBe('done');

    await reloaded.commands.addFiles([gt, person]);
    await reloaded.idle();
    expect(currentCase(reloaded).gt?.bitmap).not.toBeNull();
    expect(await keys(files)).toContain(`picture/${await sha256Of(person)}`);
    const again = await bench.open();
    await again.idle();
    expect(noticesOf(again, 'error')).toEqual([]);
  });

  test('without any the page works, and says that nothing will be kept', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const app = await testBench().open();
    expect(noticesOf(app, 'warning')[0]).toMatch(/does not let the page store/);
    await app.commands.addFiles([await dark('001_input.png'), await bright('001_gt.png')]);
    await app.idle();
    expect(currentCase(app).metrics.status).toBe('done');
  });
});
