import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { binariseMask, greyFromRgba } from '../../src/core/image/mask.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import {
  bright,
  currentCase,
  dark,
  holdEngine,
  mask,
  namesOf,
  noticesOf,
  testBench,
} from '../helpers/app.ts';
import { TestBitmap } from '../helpers/appCodec.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const pixelsOf = async (file: Blob) =>
  (await decodeInNode(new Uint8Array(await file.arrayBuffer()), 'file.png')).pixels;

const triple = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
];

describe('a drop of input, ground truth and mask', () => {
  test('is restored, measured like the reference measures the downloaded file, and shown', async () => {
    const app = await testBench().open();
    const files = await triple();
    await app.commands.addFiles(files);
    await app.idle();
    const view = currentCase(app);
    expect(view.title).toBe('001');
    expect(namesOf(view)).toEqual({
      input: '001_input.png',
      output: '001_restored.png',
      gt: '001_gt.png',
      mask: '001_mask.png',
    });
    const download = await app.commands.outputFile();
    expect(download?.name).toBe('001_restored.png');
    const [maskFile, gtFile, inputFile] = files;
    if (!maskFile || !gtFile || !inputFile || !download) throw new Error('files are missing');
    const [output, gt, input] = await Promise.all([download, gtFile, inputFile].map(pixelsOf));
    const person = binariseMask(greyFromRgba(await pixelsOf(maskFile)), 12, 16);
    if (!output || !gt || !input) throw new Error('pictures are missing');
    expect(view.metrics).toMatchObject({
      status: 'done',
      values: measureReference(output, gt, person),
      inputValues: measureReference(input, gt, person),
      backend: 'reference',
      fromCache: false,
    });
    expect(view.output?.origin).toMatchObject({
      kind: 'restored',
      modelTitle: 'Model double',
      fromCache: false,
      tiles: 4,
    });
    for (const picture of [view.input, view.gt, view.mask, view.output?.picture]) {
      expect(picture?.bitmap).toBeInstanceOf(TestBitmap);
    }
    expect(view.overlay).not.toBeNull();
    expect(view.thumbnailUrl).toMatch(/^blob:/);
    expect(app.state.storage?.bytes).toBeGreaterThan(0);
    expect(app.state.job).toBeNull();
    expect(app.state.notices).toEqual([]);
  });

  test('a reload finds it all without restoring or measuring', async () => {
    const bench = testBench();
    const before = await bench.open();
    await before.commands.addFiles(await triple());
    await before.idle();
    const shown = currentCase(before);
    if (shown.metrics.status !== 'done') throw new Error('nothing was measured');
    bench.engine.restores = 0;
    bench.engine.measures = 0;

    const app = await bench.open();
    expect(app.state.restoredWorkspace).toBe(true);
    await app.idle();
    const view = currentCase(app);
    expect(view.id).toBe(shown.id);
    expect(namesOf(view)).toEqual(namesOf(shown));
    expect(view.metrics).toEqual({ ...shown.metrics, fromCache: true });
    expect(view.output?.origin).toEqual({ ...shown.output?.origin, fromCache: true });
    expect(view.output?.picture.bitmap).toBeInstanceOf(TestBitmap);
    expect(view.overlay).not.toBeNull();
    expect(view.thumbnailUrl).toMatch(/^blob:/);
    expect([bench.engine.restores, bench.engine.measures]).toEqual([0, 0]);
    expect(app.state.notices).toEqual([]);
  });

  test('a reload shows everything even where the engine does not start', async () => {
    const bench = testBench();
    const before = await bench.open();
    await before.commands.addFiles(await triple());
    await before.idle();
    bench.engine.startFailure = 'The model list could not be loaded.';
    const app = await bench.open();
    await app.idle();
    expect(currentCase(app).metrics).toMatchObject({ status: 'done', fromCache: true });
    expect(currentCase(app).output?.picture.bitmap).toBeInstanceOf(TestBitmap);
    expect(app.state.engine).toEqual({
      status: 'failed',
      message: 'The model list could not be loaded.',
    });
    expect(noticesOf(app, 'error')).toEqual(['The model list could not be loaded.']);
  });
});

describe('nothing stale is served, nothing is done twice', () => {
  test('the same files again are quietly the same; restoring again comes from the cache', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.restore();
    await app.idle();
    expect(app.state.cases).toHaveLength(1);
    expect(bench.engine.restores).toBe(1);
    expect(bench.engine.measures).toBe(2);
    expect(currentCase(app).output?.origin).toMatchObject({ fromCache: true });
    expect(app.state.notices).toEqual([]);
  });

  test('a removed case takes its files along, but none that another case shows', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.commands.addFiles([await dark('002_input.png', 2), await mask('002_mask.png')]);
    await app.idle();
    const [first, second] = app.state.cases;
    expect(first?.mask?.sha256).toBe(second?.mask?.sha256);
    await app.commands.removeCase(first?.id ?? '');
    await app.idle();
    const reopened = await bench.open();
    await reopened.idle();
    expect(noticesOf(reopened, 'error')).toEqual([]);
    expect(currentCase(reopened).mask?.bitmap).not.toBeNull();
    await reopened.commands.removeCase(currentCase(reopened).id);
    await reopened.idle();
    expect(reopened.state.cases).toEqual([]);
    // What could be put back until now goes with the next visit, once the tab is closed.
    bench.locks.clear();
    await bench.open();
    expect(await keys(createStore('loupe-files', 'entries'))).toEqual([]);
  });

  test('another ground truth gives other numbers, the first one again the remembered ones', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await triple());
    await app.idle();
    const { id, metrics } = currentCase(app);
    if (metrics.status !== 'done') throw new Error('nothing was measured');
    const first = metrics.values;
    await app.commands.removePicture(id, 'gt');
    expect(currentCase(app).metrics).toEqual({ status: 'no-reference' });
    await app.commands.addFiles([await bright('001_gt.png', 3)]);
    await app.idle();
    const second = currentCase(app).metrics;
    expect(second).toMatchObject({ status: 'done', fromCache: false });
    expect(second.status === 'done' && second.values.psnr?.global).not.toBe(first.psnr?.global);
    expect(bench.engine.measures).toBe(4);
    await app.commands.removePicture(id, 'gt');
    await app.commands.addFiles([await bright('001_gt.png')]);
    await app.idle();
    expect(currentCase(app).metrics).toMatchObject({ values: first, fromCache: true });
    expect(bench.engine.measures).toBe(4);
  });

  test('without its mask a case is measured as a whole, and the overlay is gone', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await triple());
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'mask');
    await app.idle();
    const { metrics, overlay } = currentCase(app);
    expect(overlay).toBeNull();
    expect(metrics).toMatchObject({ status: 'done', values: { psnr: { person: null } } });
  });

  test('another model, provider or pipeline is never answered with the old output', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    const first = currentCase(app).output?.picture.sha256;
    app.commands.selectModel('triple');
    await app.commands.restore();
    await app.idle();
    expect(bench.engine.restores).toBe(2);
    expect(currentCase(app).output?.picture.sha256).not.toBe(first);
    bench.engine.info = { ...bench.engine.info, provider: 'webgpu' };
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(reloaded.state.selectedModelId).toBe('triple');
    expect(bench.engine.restores).toBe(2);
    expect(currentCase(reloaded).output?.origin).toMatchObject({ settings: { provider: 'wasm' } });
    await reloaded.commands.restore();
    await reloaded.idle();
    expect(bench.engine.restores).toBe(3);
    expect(currentCase(reloaded).output?.origin).toMatchObject({
      settings: { provider: 'webgpu', modelId: 'triple' },
    });
  });
});

describe('several cases', () => {
  test('inputs queue up; only the case on screen holds decoded pictures', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([
      await dark('001_input.png'),
      await dark('002_input.png', 2),
      await bright('002_gt.png', 2),
      await dark('003_input.png', 3),
    ]);
    await app.idle();
    expect(app.state.cases.map(({ title }) => title)).toEqual(['001', '002', '003']);
    expect(currentCase(app).title).toBe('001');
    expect(app.state.cases.every(({ output }) => output !== null)).toBe(true);
    expect(app.state.cases[1]?.metrics.status).toBe('done');
    const first = currentCase(app).input?.bitmap;
    const second = app.state.cases[1];
    if (second === undefined) throw new Error('case 002 is missing');
    expect(second.input?.bitmap).toBeNull();
    await app.commands.selectCase(second.id);
    expect(currentCase(app).input?.bitmap).toBeInstanceOf(TestBitmap);
    expect(currentCase(app).output?.picture.bitmap).toBeInstanceOf(TestBitmap);
    expect(app.state.cases[0]?.input?.bitmap).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(first).toMatchObject({ closed: true });
    expect(currentCase(app).input?.bitmap).toMatchObject({ closed: false });
  });

  test('a restoration that waits for its turn is shown waiting, and is not queued twice', async () => {
    const bench = testBench();
    const open = holdEngine(bench);
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png'), await dark('002_input.png', 2)]);
    await expect.poll(() => app.state.job?.total).toBe(4);
    const restoring = () => app.state.cases.map((entry) => entry.restoring);
    expect(restoring()).toEqual([true, true]);
    await app.commands.selectCase(app.state.cases[1]?.id ?? '');
    const { waiting } = app.state;
    await app.commands.restore();
    expect([waiting, app.state.waiting]).toEqual([1, 1]);
    open();
    await app.idle();
    expect(restoring()).toEqual([false, false]);
    expect(currentCase(app).output).not.toBeNull();
  });

  test('closing one shows its neighbour; clearing the storage closes all', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png'), await dark('002_input.png', 2)]);
    await app.idle();
    await app.commands.removeCase(currentCase(app).id);
    expect(currentCase(app).title).toBe('002');
    await app.commands.clearStorage();
    expect(app.state.cases).toEqual([]);
    expect(app.state.storage?.bytes).toBe(0);
    const reloaded = await bench.open();
    expect(reloaded.state.cases).toEqual([]);
    expect(reloaded.state.currentCaseId).toBeNull();
  });
});

test('the way of looking survives a reload; nonsense in the storage does not', async () => {
  const bench = testBench();
  const app = await bench.open();
  const looked = {
    mode: 'onion',
    split: ['output', 'method:flash-s', 'gt'],
    splitLines: [0.25, 0.5],
    splitInto: 'rows',
    single: 'method:flash-s',
    compared: ['input', 'method:flash-s'],
    gain: 16,
    signed: true,
    onion: 0.3,
    inView: { gt: false },
    overlayStyle: 'cut-out',
    overlayRegion: 'background',
  } as const;
  app.commands.setView({ ...looked, overlay: true });
  app.commands.setView({ overlayOpacity: 7 });
  await app.idle();
  const { state } = await bench.open();
  expect(state.view).toMatchObject({
    ...looked,
    overlay: true,
    overlayOpacity: 0.4,
  });
});

test('a sample opens as a case like any other, from beside the page', async () => {
  const bench = testBench();
  const list = {
    version: 1,
    samples: [
      {
        id: 'mira',
        title: 'Mira',
        credit: 'rendered',
        width: 12,
        height: 16,
        input: 'mira/weak.png',
        gt: 'mira/strong.png',
        mask: 'mira/mask.png',
        thumbnail: 'mira/thumb.jpg',
      },
    ],
  };
  bench.served.set('samples/samples.json', JSON.stringify(list));
  bench.served.set('samples/mira/weak.png', await dark('x.png'));
  bench.served.set('samples/mira/strong.png', await bright('x.png'));
  const app = await bench.open();
  await expect.poll(() => app.state.samples.length).toBe(1);
  expect(app.state.samples[0]?.thumbnailUrl).toBe(
    'http://localhost/some/folder/samples/mira/thumb.jpg',
  );
  await app.commands.openSample('mira');
  expect(noticesOf(app, 'error')[0]).toMatch(/Mira.*HTTP 404/);
  expect(app.state.cases).toEqual([]);
  bench.served.set('samples/mira/mask.png', await mask('x.png'));
  await app.commands.openSample('mira');
  await app.idle();
  expect(namesOf(currentCase(app))).toEqual({
    input: 'mira_input.png',
    output: 'mira_restored.png',
    gt: 'mira_gt.png',
    mask: 'mira_mask.png',
  });
  expect(currentCase(app).metrics.status).toBe('done');
});
