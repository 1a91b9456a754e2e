import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { HINTS } from '../../src/core/inspect/hints/registry.ts';
import { currentCase, mask, pngFile, type TestBench, testBench } from '../helpers/app.ts';

let bench: TestBench;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
});

const SIZE = [96, 80] as const;
const SHIFT = { dx: 3, dy: -2 };

/** A number of 0..1 that belongs to a cell and looks like chance. */
function chance(x: number, y: number): number {
  const mixed = Math.sin(x * 127.1 + y * 311.7) * 43758.5453;
  return mixed - Math.floor(mixed);
}

/** Blotches of about six pixels that never repeat. */
function scene(x: number, y: number): readonly [number, number, number] {
  const [u, v] = [x / 6, y / 6];
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const along = (r: number) =>
    chance(column, r) * (1 - u + column) + chance(column + 1, r) * (u - column);
  const level = 30 + 200 * (along(row) * (1 - v + row) + along(row + 1) * (v - row));
  return [level, level * 0.8 + 10, level * 0.6 + 30];
}

const truth = () => pngFile('001_gt.png', SIZE, scene);
/** What the ground truth shows at (x, y), this one has at (x + 3, y − 2). */
const shifted = () => pngFile('001_output.png', SIZE, (x, y) => scene(x - SHIFT.dx, y - SHIFT.dy));
const input = () => pngFile('001_input.png', SIZE, (x, y) => [12, 14, 10 + ((x + y) % 9)]);

async function open(...files: File[]): Promise<App> {
  const app = await bench.open();
  await app.commands.addFiles(files);
  await app.idle();
  return app;
}

function psnrOf(app: App): number | null | undefined {
  const { metrics } = currentCase(app);
  return metrics.status === 'done' ? metrics.values.psnr?.global : undefined;
}

describe('the alignment of an output', () => {
  it('is looked at by itself beside a ground truth', async () => {
    const app = await open(await truth(), await shifted());
    const { alignment, shift } = currentCase(app);
    expect(shift).toBeNull();
    expect(alignment).toMatchObject({ status: 'done', against: 'gt', confident: true });
    expect(alignment).toMatchObject({ found: SHIFT });
    expect(app.state.job).toBeNull();
    await app.close();
  });

  it('is none where the output lies where the ground truth does', async () => {
    const app = await open(await truth(), await pngFile('001_output.png', SIZE, scene));
    expect(currentCase(app).alignment).toMatchObject({ found: { dx: 0, dy: 0 } });
    await app.close();
  });

  it('is looked at beside an input alone only when it is asked for', async () => {
    const app = await open(await pngFile('001_input.png', SIZE, scene), await shifted());
    expect(currentCase(app).alignment).toEqual({ status: 'unknown' });
    await app.commands.checkAlignment();
    await app.idle();
    expect(currentCase(app).alignment).toMatchObject({ against: 'input', found: SHIFT });
    await app.close();
  });
});

describe('a comparison under a shift', () => {
  it('is measured over what overlaps, kept apart from the other, and taken back', async () => {
    const app = await open(await input(), await truth(), await shifted());
    const before = psnrOf(app) ?? Number.NaN;
    expect(before).toBeLessThan(30);
    await app.commands.setShift(SHIFT);
    await app.idle();
    expect(currentCase(app).shift).toEqual(SHIFT);
    expect(psnrOf(app)).toBe(100);
    expect(currentCase(app).metrics).toMatchObject({ inputValues: null, fromCache: false });
    await app.commands.setShift(null);
    await app.idle();
    expect(currentCase(app).shift).toBeNull();
    expect(psnrOf(app)).toBe(before);
    expect(currentCase(app).metrics).toMatchObject({ fromCache: true });
    await app.close();
  });

  it('is there again after a reload, with mask, regions, maps and every metric', async () => {
    const app = await open(await truth(), await shifted(), await mask('001_mask.png', SIZE));
    await app.commands.setShift(SHIFT);
    app.commands.setView({ boundary: true });
    await app.commands.setRectangle({ x: 40, y: 30, width: 20, height: 10 });
    await app.commands.measureAll();
    app.commands.setErrorMap('absolute-error');
    await app.idle();
    const { metrics, errorMap } = currentCase(app);
    expect(metrics).toMatchObject({ values: { psnr: { person: 100, background: 100 } } });
    expect(metrics).toMatchObject({ regions: [{ id: 'boundary' }, { id: 'rectangle' }] });
    if (metrics.status === 'done') {
      expect(metrics.regions.map(({ values }) => values.psnr)).toEqual([100, 100]);
    }
    expect(errorMap).toMatchObject({ status: 'done', range: { max: expect.any(Number) } });
    if (errorMap?.status === 'done') {
      expect([errorMap.bitmap.width, errorMap.bitmap.height]).toEqual([...SIZE]);
    }
    await app.close();
    const again = await bench.open();
    await again.idle();
    expect(currentCase(again).shift).toEqual(SHIFT);
    expect(psnrOf(again)).toBe(100);
    expect(currentCase(again).alignment).toMatchObject({ found: SHIFT });
    await again.close();
  });

  it('is undone, and the output shown as it is compared', async () => {
    const app = await open(await truth(), await shifted());
    const before = psnrOf(app);
    const seen = () => currentCase(app).methods[0]?.shift ?? null;
    await app.commands.setShift(SHIFT);
    await app.commands.setShift(SHIFT);
    expect(seen()).toEqual(SHIFT);
    await app.commands.setShift({ dx: 1, dy: 0 });
    await app.commands.undo();
    expect([currentCase(app).shift, seen()]).toEqual([SHIFT, SHIFT]);
    await app.commands.undo();
    await app.idle();
    expect([currentCase(app).shift, seen()]).toEqual([null, null]);
    expect(psnrOf(app)).toBe(before);
    await app.close();
  });

  it('says so where another ground truth leaves nothing to compare', async () => {
    const app = await open(await truth(), await shifted());
    await app.commands.setShift({ dx: -60, dy: 0 });
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'gt');
    const small: readonly [number, number] = [48, 40];
    await app.commands.addFiles([
      await pngFile('001_gt.png', small, (x, y) => scene(2 * x, 2 * y)),
    ]);
    await app.idle();
    expect(currentCase(app)).toMatchObject({ gt: { width: 48 }, metrics: { status: 'failed' } });
    await app.commands.setShift(null);
    await app.idle();
    expect(currentCase(app).metrics).toMatchObject({ message: expect.stringMatching(/one size/) });
    await app.close();
  });

  it('is not undone on another output that came in its place', async () => {
    const app = await open(await truth(), await shifted());
    await app.commands.setShift(SHIFT);
    await app.commands.setShift({ dx: 1, dy: 0 });
    await app.idle();
    await app.commands.addFiles([await pngFile('001_output.png', SIZE, (x, y) => scene(y, x))]);
    await app.idle();
    expect(currentCase(app).shift).toBeNull();
    await app.commands.undo();
    await app.idle();
    expect(currentCase(app).shift).toBeNull();
    expect(app.state.notices.at(-1)?.text).toBe('The shift belonged to an output that is gone.');
    await app.close();
  });

  it('measures a rectangle and draws a map where both are seen: in the ground truth', async () => {
    const around = (x: number, y: number) => x >= 40 && x < 60 && y >= 30 && y < 40;
    // Outside the rectangle the two have nothing in common.
    const only = (dx: number, dy: number, other: number) => (x: number, y: number) =>
      around(x - dx, y - dy) ? scene(x - dx, y - dy) : ([other, other, other] as const);
    const app = await open(
      await pngFile('001_gt.png', SIZE, only(0, 0, 20)),
      await pngFile('001_output.png', SIZE, only(SHIFT.dx, SHIFT.dy, 200)),
    );
    await app.commands.setShift(SHIFT);
    await app.commands.setRectangle({ x: 40, y: 30, width: 20, height: 10 });
    app.commands.setErrorMap('absolute-error');
    await app.idle();
    const { metrics } = currentCase(app);
    expect(metrics).toMatchObject({ regions: [{ id: 'rectangle', values: { psnr: 100 } }] });
    expect(bench.placed).toEqual([{ at: { x: 0, y: 2, width: 93, height: 78 }, size: SIZE }]);
    const { id, shownMethod } = currentCase(app);
    await app.commands.figurePicture(id, { kind: 'output', method: shownMethod ?? '' });
    expect(bench.placed.at(-1)).toEqual({ at: { x: -3, y: 2 }, size: SIZE });
    await app.close();
  });

  it('refuses a shift under which nothing overlaps', async () => {
    const app = await open(await truth(), await shifted());
    await app.commands.setShift({ dx: 500, dy: 0 });
    expect(currentCase(app).shift).toBeNull();
    await app.close();
  });
});

describe('hints', () => {
  const withMask = async () => [
    await input(),
    await truth(),
    await shifted(),
    await mask('001_mask.png', SIZE),
  ];

  it('are measured once they are asked for, and remembered', async () => {
    const app = await open(...(await withMask()));
    expect(currentCase(app).hints).toEqual({ status: 'none' });
    app.commands.setView({ hints: true });
    await app.idle();
    const { hints } = currentCase(app);
    expect(hints.status).toBe('done');
    if (hints.status !== 'done') return;
    expect(Object.keys(hints.findings)).toEqual(HINTS.map(({ id }) => id));
    expect(hints.findings['texture-kept']).toMatchObject({ against: 'truth' });
    expect(hints.findings['tile-seam']).toBeNull();
    await app.close();
    const again = await bench.open();
    await again.idle();
    expect(currentCase(again).hints).toEqual(hints);
    await again.close();
  });

  it('are measured without ground truth and mask as far as that goes', async () => {
    const app = await open(await input(), await shifted());
    await app.commands.measureHints();
    await app.idle();
    const { hints } = currentCase(app);
    if (hints.status !== 'done') throw new Error(`they are ${hints.status}`);
    expect(hints.findings['clipped-highlights']).not.toBeNull();
    expect(hints.findings['skin-hue']).toBeNull();
    await app.close();
  });

  it('are cancelled, and go on when they are asked for again', async () => {
    const app = await bench.open();
    await app.commands.addFiles(await withMask());
    await app.commands.measureHints();
    app.commands.cancel();
    await app.idle();
    expect(currentCase(app).hints).toEqual({ status: 'cancelled', findings: {} });
    await app.commands.measureHints();
    await app.idle();
    expect(currentCase(app).hints.status).toBe('done');
    await app.close();
  });

  it('come while a long restoration runs', async () => {
    const app = await open(await input(), await truth(), await shifted());
    let end: () => void = () => undefined;
    bench.engine.hold = new Promise((resolve) => {
      end = resolve;
    });
    await app.commands.restore();
    expect(app.state.job?.kind).toBe('restore');
    await app.commands.measureHints();
    await expect.poll(() => currentCase(app).hints.status).toBe('done');
    expect(app.state.job?.kind).toBe('restore');
    bench.engine.hold = null;
    end();
    await app.idle();
    await app.close();
  });

  it('are measured anew for another mask', async () => {
    const app = await open(...(await withMask()));
    app.commands.setView({ hints: true });
    await app.idle();
    await app.commands.removePicture(currentCase(app).id, 'mask');
    await app.idle();
    const { hints } = currentCase(app);
    if (hints.status !== 'done') throw new Error(`they are ${hints.status}`);
    expect(hints.findings['texture-kept']).toBeNull();
    await app.close();
  });
});
