import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { MeasuredView } from '../../src/app/model.ts';
import { binariseMask, greyFromRgba } from '../../src/core/image/mask.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { boundaryBand } from '../../src/core/metrics/boundaryBand.ts';
import { measureReference, measureRegion } from '../../src/core/metrics/measure.ts';
import { METRIC_IDS } from '../../src/core/metrics/types.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const pixelsOf = async (file: Blob): Promise<Rgba8> =>
  (await decodeInNode(new Uint8Array(await file.arrayBuffer()), 'file.png')).pixels;

/** A case with everything, its output dropped so that nothing has to be restored. */
const files = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
  await bright('001_output.png', 2),
];

async function pictures() {
  const [m, gt, input, output] = await Promise.all((await files()).map(pixelsOf));
  if (!m || !gt || !input || !output) throw new Error('files are missing');
  return { person: binariseMask(greyFromRgba(m), 12, 16), gt, input, output };
}

function measured(app: App): MeasuredView {
  const { metrics } = currentCase(app);
  if (metrics.status !== 'done') throw new Error(`Metrics are ${metrics.status}.`);
  return metrics;
}

describe('every metric', () => {
  test('is measured when asked for, against the reference, and comes back after a reload', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.idle();
    expect(Object.keys(measured(app).values)).toEqual(['psnr', 'ssim', 'deltae']);
    bench.engine.measures = 0;
    await app.commands.measureAll();
    await app.idle();
    const { person, gt, input, output } = await pictures();
    const wanted = measureReference(output, gt, person, METRIC_IDS);
    expect(measured(app).values).toEqual(wanted);
    expect(measured(app).inputValues).toEqual(measureReference(input, gt, person, METRIC_IDS));
    expect(measured(app).backends).toEqual(
      Object.fromEntries(METRIC_IDS.map((id) => [id, 'reference'])),
    );
    expect(currentCase(app).more).toEqual({ status: 'done' });
    expect(currentCase(app).niqe.output).toMatchObject({ value: null, blocks: 0 });
    // One call for the output, one for the input: the RAIM set was known.
    expect(bench.engine.measures).toBe(2);

    const calls = bench.engine.calls.length;
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(reloaded.state.view.metricSet).toBe('all');
    expect(measured(reloaded).values).toEqual(wanted);
    expect(currentCase(reloaded).niqe.gt).toMatchObject({ blocks: 0, flags: ['few-blocks'] });
    expect(bench.engine.calls).toHaveLength(calls);
    expect(noticesOf(reloaded, 'error')).toEqual([]);
  });

  test('of a set that is partly known, only what is missing is measured', async () => {
    const bench = testBench();
    const app = await bench.open();
    app.commands.setView({ metricSet: 'all' });
    await app.commands.addFiles(await files());
    await app.idle();
    const { id } = currentCase(app);
    const before = bench.engine.calls.filter((name) => name === 'niqe').length;
    expect(before).toBe(3);
    await app.commands.removePicture(id, 'gt');
    await app.commands.addFiles([await bright('001_gt.png', 3)]);
    await app.idle();
    // NIQE of input and output stays; the new ground truth's is added.
    expect(bench.engine.calls.filter((name) => name === 'niqe')).toHaveLength(before + 1);
    const { person, output } = await pictures();
    const gt = await pixelsOf(await bright('001_gt.png', 3));
    expect(measured(app).values).toEqual(measureReference(output, gt, person, METRIC_IDS));
  });

  test('is measured of the case on screen only', async () => {
    const bench = testBench();
    const app = await bench.open();
    app.commands.setView({ metricSet: 'all' });
    await app.commands.addFiles([
      ...(await files()),
      await dark('002_input.png', 2),
      await bright('002_gt.png', 2),
      await bright('002_output.png', 3),
    ]);
    await app.idle();
    const [, second] = app.state.cases;
    if (second?.metrics.status !== 'done') throw new Error('case 002 was not measured');
    expect(Object.keys(second.metrics.values)).toHaveLength(3);
    await app.commands.selectCase(second.id);
    await app.idle();
    expect(Object.keys(measured(app).values)).toHaveLength(METRIC_IDS.length);
  });

  test('is measured once also where the storage has no room for numbers', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key?: IDBValidKey,
    ) {
      if (/^(metrics|niqe):/.test(String(key))) throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.commands.measureAll();
    await app.idle();
    expect(Object.keys(measured(app).values)).toHaveLength(METRIC_IDS.length);
    expect(currentCase(app).more).toEqual({ status: 'done' });
    const calls = bench.engine.calls.length;
    await app.commands.measureAll();
    await app.idle();
    expect(bench.engine.calls).toHaveLength(calls);
    expect(app.state.notices).toEqual([]);
  });

  test('what fails is named once, the rest goes on, and asking again tries it again', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.idle();
    bench.engine.failing = 'niqe';
    await app.commands.measureAll();
    await app.idle();
    expect(Object.keys(measured(app).values)).toHaveLength(METRIC_IDS.length);
    expect(currentCase(app).more).toMatchObject({ status: 'failed' });
    expect(noticesOf(app, 'error')[0]).toMatch(/001_output\.png.*niqe failed/);
    const tried = bench.engine.calls.filter((name) => name === 'niqe').length;
    await app.commands.selectCase(currentCase(app).id);
    await app.idle();
    expect(bench.engine.calls.filter((name) => name === 'niqe')).toHaveLength(tried);
    bench.engine.failing = null;
    await app.commands.measureAll();
    await app.idle();
    expect(currentCase(app).more).toEqual({ status: 'done' });
  });

  test('cancelling keeps what is there; asking again goes on', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.idle();
    let open: () => void = () => undefined;
    bench.engine.hold = new Promise((resolve) => {
      open = resolve;
    });
    await app.commands.measureAll();
    await expect.poll(() => app.state.job?.cancellable).toBe(true);
    expect(currentCase(app).more).toEqual({ status: 'measuring' });
    app.commands.cancel();
    open();
    await app.idle();
    bench.engine.hold = null;
    expect(currentCase(app).more).toEqual({ status: 'cancelled' });
    expect(Object.keys(measured(app).values)).toHaveLength(3);
    expect(noticesOf(app, 'info')[0]).toMatch(/^The measurement was cancelled/);
    await app.commands.measureAll();
    await app.idle();
    expect(currentCase(app).more).toEqual({ status: 'done' });
    expect(Object.keys(measured(app).values)).toHaveLength(METRIC_IDS.length);
  });
});

describe('further regions', () => {
  test('the band around the edge follows its width, and goes with the mask', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await files());
    app.commands.setView({ boundary: true, boundaryRadius: 2 });
    await app.idle();
    const { person, gt, output, input } = await pictures();
    const [two] = measured(app).regions;
    expect(two).toMatchObject({
      id: 'boundary',
      title: 'Edge ±2 px',
      values: measureRegion(output, gt, boundaryBand(person, 2)),
      inputValues: measureRegion(input, gt, boundaryBand(person, 2)),
    });
    expect(two?.sentence).toMatch(/Within 2 pixels/);
    app.commands.setView({ boundaryRadius: 3.4 });
    await app.idle();
    expect(measured(app).regions.map(({ values }) => values)).toEqual([
      measureRegion(output, gt, boundaryBand(person, 3)),
    ]);
    expect(measured(app).regions[0]?.values.psnr).not.toBe(two?.values.psnr);
    await app.commands.removePicture(currentCase(app).id, 'mask');
    await app.idle();
    expect(measured(app).regions).toEqual([]);
  });

  test('a rectangle is whole pixels of the picture, kept with its case', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.idle();
    await app.commands.setRectangle({ x: -3, y: 2.4, width: 9, height: 99 });
    await app.idle();
    const rectangle = { x: 0, y: 2, width: 6, height: 14 };
    expect(currentCase(app).rectangle).toEqual(rectangle);
    const { gt, output } = await pictures();
    const data = Uint8Array.from({ length: 192 }, (_, i) => (i % 12 < 6 && i >= 24 ? 1 : 0));
    const values = measureRegion(output, gt, { width: 12, height: 16, data });
    expect(measured(app).regions).toMatchObject([{ id: 'rectangle', values }]);

    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).rectangle).toEqual(rectangle);
    expect(measured(reloaded).regions).toMatchObject([{ id: 'rectangle', values }]);
    await reloaded.commands.setRectangle({ x: 50, y: 0, width: 4, height: 4 });
    expect(currentCase(reloaded).rectangle).toBeNull();
    expect(measured(reloaded).regions).toEqual([]);
  });

  test('named masks are regions of their case and are measured over all metrics asked for', async () => {
    const app = await testBench().open();
    app.commands.setView({ metricSet: 'all' });
    await app.commands.addFiles([
      ...(await files()),
      await mask('001_hairmask.png', [12, 16], 6),
      await mask('001_skymask.png', [12, 16], 3),
    ]);
    await app.idle();
    const { gt, output } = await pictures();
    const hair = greyFromRgba(await pixelsOf(await mask('h.png', [12, 16], 6)));
    const { regions } = measured(app);
    expect(regions.map(({ id, title }) => [id, title])).toEqual([
      ['hair', 'Hair'],
      ['sky', 'Sky'],
    ]);
    expect(regions[0]?.values).toEqual(
      measureRegion(output, gt, binariseMask(hair, 12, 16), METRIC_IDS),
    );
    await app.commands.removeRegionMask(currentCase(app).id, 'hair');
    await app.idle();
    expect(measured(app).regions.map(({ id }) => id)).toEqual(['sky']);
  });

  test('a named mask that does not fit, or belongs nowhere, is named', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await mask('009_hairmask.png')]);
    await app.idle();
    expect(noticesOf(app, 'info')[0]).toMatch(/009_hairmask\.png.*belongs to no case/);
    await app.commands.addFiles([
      await dark('001_input.png'),
      await mask('001_hairmask.png', [30, 10]),
    ]);
    await app.idle();
    expect(noticesOf(app, 'error')[0]).toMatch(/001_hairmask\.png.*does not fit/);
    expect(currentCase(app).regionMasks).toEqual({});
  });
});
