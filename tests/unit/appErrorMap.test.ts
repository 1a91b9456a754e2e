import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { ErrorMapView } from '../../src/app/model.ts';
import { COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import { MAPS } from '../../src/core/metrics/maps.ts';
import { bright, currentCase, dark, mask, testBench } from '../helpers/app.ts';
import { TestBitmap } from '../helpers/appCodec.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const files = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
  await bright('001_output.png', 2),
];

function drawn(app: App): Extract<ErrorMapView, { status: 'done' }> {
  const { errorMap } = currentCase(app);
  if (errorMap?.status !== 'done') throw new Error(`The map is ${errorMap?.status}.`);
  return errorMap;
}

describe('an error map', () => {
  test('is drawn of output against ground truth with all that its bar needs', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await files());
    app.commands.setErrorMap('deltae');
    await app.idle();
    expect(drawn(app)).toMatchObject({
      map: MAPS.deltae,
      range: { min: 0, max: 30 },
      scale: 'fixed',
      colourMap: 'magma',
      backend: 'reference',
    });
    expect(drawn(app).bitmap).toMatchObject({ width: 12, height: 16 });
    expect(drawn(app).colours).toEqual(COLOUR_MAPS.magma.table);
    const fixed = drawn(app).bitmap;
    app.commands.setErrorMap('deltae', 'data');
    await app.idle();
    expect(drawn(app).range.max).not.toBe(30);
    app.commands.setErrorMap('signed-luma');
    await app.idle();
    expect(drawn(app)).toMatchObject({ colourMap: 'diverging', scale: 'data' });
    expect(drawn(app).range.min).toBe(-drawn(app).range.max);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(fixed).toMatchObject({ closed: true });
    expect(drawn(app).bitmap).toMatchObject({ closed: false });
    app.commands.setErrorMap(null);
    await app.idle();
    expect(currentCase(app).errorMap).toBeNull();
  });

  test('where small values are bad, the colours run the other way', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await files());
    app.commands.setErrorMap('ssim');
    await app.idle();
    const { table } = COLOUR_MAPS.magma;
    expect([...drawn(app).colours.subarray(0, 3)]).toEqual([...table.subarray(-3)]);
    expect([...drawn(app).colours.subarray(-3)]).toEqual([...table.subarray(0, 3)]);
  });

  test('the scale of the data is that of the region it is faded outside of', async () => {
    const app = await testBench().open();
    await app.commands.addFiles(await files());
    app.commands.setErrorMap('absolute-error', 'data');
    await app.idle();
    const whole = drawn(app).range;
    app.commands.setView({ errorMapRegion: 'person' });
    await app.idle();
    expect(drawn(app).range).not.toEqual(whole);
  });

  test('of other pictures or another case is never on screen', async () => {
    const bench = testBench();
    const app = await bench.open();
    app.commands.setErrorMap('ssim');
    await app.commands.addFiles([
      ...(await files()),
      await dark('002_input.png', 2),
      await bright('002_gt.png', 2),
      await bright('002_output.png', 3),
    ]);
    await app.idle();
    const [first, second] = app.state.cases;
    if (!first || !second) throw new Error('cases are missing');
    const old = drawn(app).bitmap;
    await app.commands.selectCase(second.id);
    expect(app.state.cases[0]?.errorMap).toBeNull();
    expect(currentCase(app).errorMap).toMatchObject({ status: 'computing' });
    await app.idle();
    expect(drawn(app).bitmap).toBeInstanceOf(TestBitmap);
    expect(drawn(app).bitmap).not.toBe(old);
    await app.commands.removePicture(second.id, 'gt');
    expect(currentCase(app).errorMap).toBeNull();
    await app.idle();
    expect(currentCase(app).errorMap).toBeNull();
  });

  test('that is being drawn when its case leaves the screen never comes up', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await files());
    await app.idle();
    let open: () => void = () => undefined;
    bench.engine.hold = new Promise((resolve) => {
      open = resolve;
    });
    app.commands.setErrorMap('deltae');
    await expect.poll(() => bench.engine.calls.at(-1)).toBe('errorMap');
    app.commands.setErrorMap('signed-luma');
    await expect.poll(() => currentCase(app).errorMap?.map.id).toBe('signed-luma');
    bench.engine.hold = null;
    open();
    await app.idle();
    expect(drawn(app).map.id).toBe('signed-luma');
  });
});

describe('the numbers of this device', () => {
  const WGSL = {
    adapter: 'A card',
    metricsBackend: 'wgsl',
    metricBackends: Object.fromEntries(
      Object.keys(testBench().engine.info.metricBackends).map((id) => [id, 'wgsl']),
    ) as ReturnType<typeof testBench>['engine']['info']['metricBackends'],
  } as const;
  const wrong = { id: 'ssim', deviation: 0.01, tolerance: 1e-6, exact: false } as const;
  const right = { id: 'psnr', deviation: 0, tolerance: 0, exact: true } as const;

  function bench() {
    const made = testBench();
    made.engine.info = { ...made.engine.info, ...WGSL };
    made.engine.check = { exact: true, deviations: [right] };
    return made;
  }

  test('without a device there is nothing to check', async () => {
    const made = testBench();
    const app = await made.open();
    await app.idle();
    expect(app.state.device).toMatchObject({ numbersChecked: 'exact', checkedAt: null });
    expect(made.engine.calls).toEqual([]);
  });

  test('are checked once on a device, behind the user’s jobs, and the verdict stays', async () => {
    const made = bench();
    made.quiet = 1500;
    const pictures = await files();
    const app = await made.open();
    await app.commands.addFiles(pictures);
    await app.idle();
    expect(made.engine.calls).toEqual(['measure', 'measure', 'checkDevice']);
    expect(app.state.device).toMatchObject({ numbersChecked: 'exact', deviations: [right] });
    expect(app.state.device.sentence).toMatch(/A card/);
    expect(currentCase(app).metrics).toMatchObject({ backend: 'wgsl', checked: 'exact' });

    const reloaded = await made.open();
    await reloaded.idle();
    expect(made.engine.calls).toHaveLength(3);
    expect(reloaded.state.device.numbersChecked).toBe('exact');
    made.browser = 'Test 2';
    const updated = await made.open();
    await updated.idle();
    expect(made.engine.calls.at(-1)).toBe('checkDevice');
    expect(made.engine.calls).toHaveLength(4);
  });

  test('that are wrong are thrown away and measured on the CPU, and the page says so', async () => {
    const made = bench();
    made.engine.check = { exact: false, deviations: [right, wrong] };
    const app = await made.open();
    await app.commands.addFiles(await files());
    await app.idle();
    expect(app.state.device.numbersChecked).toBe('failed');
    expect(app.state.notices.map(({ text }) => text)).toEqual([app.state.device.sentence]);
    expect(app.state.device.sentence).toMatch(/SSIM.*on the CPU/);
    expect(currentCase(app).metrics).toMatchObject({ backend: 'reference', checked: 'exact' });
    const calls = made.engine.calls.length;
    const reloaded = await made.open();
    await reloaded.idle();
    expect(currentCase(reloaded).metrics).toMatchObject({ backend: 'reference', fromCache: true });
    reloaded.commands.setErrorMap('deltae');
    await reloaded.idle();
    expect(made.engine.calls.slice(calls)).toEqual(['errorMap']);
  });

  test('can be checked on demand; a check that fails says why and changes nothing', async () => {
    const made = bench();
    const app = await made.open();
    await app.idle();
    made.engine.check = null;
    await app.commands.checkDevice();
    await app.idle();
    expect(app.state.notices.map(({ text }) => text)).toEqual(['The check failed.']);
    expect(app.state.device.numbersChecked).toBe('exact');
    made.engine.check = { exact: true, deviations: [right, { ...right, id: 'mae' }] };
    await app.commands.checkDevice();
    await app.idle();
    expect(app.state.device.deviations.map(({ id }) => id)).toEqual(['psnr', 'mae']);
  });
});
