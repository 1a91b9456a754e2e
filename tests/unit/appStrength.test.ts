import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createComputed, createRoot } from 'solid-js';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CaseView } from '../../src/app/model.ts';
import { mixByStrength } from '../../src/core/methods/strength.ts';
import { createStrengthDrag } from '../../src/ui/panel/strength-drag.ts';
import {
  bright,
  callsOf,
  currentCase,
  dark,
  glaring,
  noticesOf,
  snapshot,
  testBench,
} from '../helpers/app.ts';
import { pixelsOf } from '../helpers/appVisitor.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('strength', () => {
  async function opened() {
    const bench = testBench();
    const app = await bench.open();
    const input = await dark('001_input.png');
    await app.commands.addFiles([input, await bright('001_gt.png')]);
    await app.idle();
    return { bench, app, input };
  }

  test('mixes input and output; the mixture is shown, measured and downloaded', async () => {
    const { bench, app, input } = await opened();
    const plain = await app.commands.outputFile();
    const full = snapshot(app);
    expect([full.strength, full.strengthApplies]).toEqual([100, true]);
    await app.commands.setStrength(40, true);
    await app.idle();
    const wanted = mixByStrength(await pixelsOf(input), await pixelsOf(plain), 0.4);
    const file = await app.commands.outputFile();
    expect(file?.name).toBe('001_restored_40.png');
    expect(await pixelsOf(file)).toEqual(wanted);
    const mixed = currentCase(app);
    expect(mixed.strength).toBe(40);
    expect(mixed.methods[0]?.strength).toBe(40);
    expect(mixed.output?.picture.sha256).not.toBe(full.output?.picture.sha256);
    const psnr = (view: CaseView) =>
      view.metrics.status === 'done' ? view.metrics.values.psnr?.global : null;
    expect(psnr(mixed)).not.toBe(psnr(full));
    expect(bench.engine.restores).toBe(1);
  });

  test('is mixed, and a flash simulated, once more where the graphics device goes', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await bright('001_input.png')]);
    await app.idle();
    bench.engine.deviceLosses = 1;
    await app.commands.setStrength(50, true);
    await app.idle();
    expect(currentCase(app).methods[0]?.strength).toBe(50);
    bench.engine.deviceLosses = 1;
    await app.commands.simulateWeakFlash();
    await app.idle();
    expect(currentCase(app).gt?.name).toBe('001_input.png');
    expect([bench.engine.deviceLosses, noticesOf(app, 'error')]).toEqual([0, []]);
    expect([callsOf(bench, 'mixStrength'), callsOf(bench, 'simulateWeakFlash')]).toEqual([2, 2]);
  });

  test('0 is the input, 100 the output again, and nothing is mixed twice or restored again', async () => {
    const { bench, app, input } = await opened();
    const before = currentCase(app).output?.picture.sha256;
    await app.commands.setStrength(0, true);
    expect(await pixelsOf(await app.commands.outputFile())).toEqual(await pixelsOf(input));
    await app.idle();
    const { metrics } = currentCase(app);
    if (metrics.status !== 'done') throw new Error(metrics.status);
    expect(metrics.values).toEqual(metrics.inputValues);
    await app.commands.setStrength(100, true);
    await app.commands.setStrength(0, true);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(currentCase(reloaded).strength).toBe(0);
    await reloaded.commands.setStrength(100, true);
    expect(currentCase(reloaded).output?.picture.sha256).toBe(before);
    expect([bench.engine.restores, callsOf(bench, 'mixStrength')]).toEqual([1, 1]);
  });

  test('dragged, only the preview changes; it goes when the value is final', async () => {
    const { bench, app } = await opened();
    const before = currentCase(app).output?.picture.sha256;
    await Promise.all([80, 60, 50].map((value) => app.commands.setStrength(value, false)));
    expect(currentCase(app).preview).not.toBeNull();
    expect(currentCase(app).output?.picture.sha256).toBe(before);
    expect(callsOf(bench, 'holdMix')).toBe(1);
    await app.commands.setStrength(50, true);
    expect(currentCase(app).preview).toBeNull();
    expect(currentCase(app).strength).toBe(50);
  });

  test('is waited for by what is downloaded, from the moment it is dragged', async () => {
    const { app } = await opened();
    await app.commands.setStrength(40, false);
    expect(currentCase(app)).toMatchObject({ strength: 100, wantedStrength: 40 });
    const file = app.commands.outputFile();
    let settled = false;
    const waited = app.commands.strengthSettled().then(() => {
      settled = true;
    });
    await app.commands.setStrength(30, false);
    expect(settled).toBe(false);
    await app.commands.setStrength(30, true);
    await waited;
    expect((await file)?.name).toBe('001_restored_30.png');
    expect(currentCase(app)).toMatchObject({ strength: 30, wantedStrength: null });
  });

  test('is there before the browser says how much it stores', async () => {
    const bench = testBench();
    let held: Promise<unknown> = Promise.resolve();
    const granted = async () => false;
    bench.quota = { estimate: () => held.then(() => ({})), persist: granted, persisted: granted };
    const app = await bench.open();
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    let open = () => {};
    held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const done = app.commands.setStrength(40, true);
    const there = { strength: 40, wantedStrength: null };
    await expect.poll(() => snapshot(app)).toMatchObject(there);
    open();
    await done;
    await app.idle();
  });

  test('of a case that left the screen meanwhile does not stay decoded', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await app.commands.addFiles([await dark('001_input.png')]);
    await app.idle();
    const { id } = currentCase(app);
    let asked = false;
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    bench.beforeEncoding = () => {
      asked = true;
      return held;
    };
    const done = app.commands.setStrength(40, true);
    await expect.poll(() => asked).toBe(true);
    await app.commands.selectCase(app.state.cases.find((entry) => entry.id !== id)?.id ?? '');
    open();
    await done;
    const times = () => bench.decoded.filter((name) => name === '001_restored_40.png').length;
    expect(times()).toBe(1);
    await app.commands.selectCase(id);
    expect([times(), currentCase(app).strength]).toEqual([2, 40]);
    await app.idle();
  });

  test('that was there before is back without a blank pane in between', async () => {
    const { app } = await opened();
    await app.commands.setStrength(40, true);
    await app.commands.setStrength(100, true);
    await app.idle();
    const blank: string[] = [];
    await createRoot(async (end) => {
      createComputed(() => {
        const { output, preview, strength } = currentCase(app);
        if (preview === null && output?.picture.bitmap == null) blank.push(`${strength} %`);
      });
      for (const value of [40, 100]) {
        await app.commands.setStrength(value, false);
        await app.commands.setStrength(value, true);
        expect(currentCase(app).strength).toBe(value);
      }
      end();
    });
    expect(blank).toEqual([]);
  });

  test('that is dragged comes to its end though the slider goes', async () => {
    const { app } = await opened();
    const { drag, end } = createRoot((dispose) => {
      const { setStrength } = app.commands;
      const props = {
        setStrength,
        get case() {
          return currentCase(app);
        },
      };
      return { drag: createStrengthDrag(props), end: dispose };
    });
    drag.drag(60);
    await expect.poll(() => currentCase(app).preview).not.toBeNull();
    expect(drag.value()).toBe(60);
    drag.release();
    end();
    await app.commands.strengthSettled();
    expect(currentCase(app)).toMatchObject({ strength: 60, preview: null });
    await app.idle();
  });

  test('that is dragged is dropped where another method, or another case, is shown', async () => {
    const { app } = await opened();
    await app.commands.runMethods(['triple']);
    await app.idle();
    const { id } = currentCase(app);
    const DROPPED = { strength: 100, wantedStrength: null, preview: null };
    await app.commands.setStrength(60, false);
    expect(currentCase(app).preview).not.toBeNull();
    await app.commands.showMethod('double');
    expect(currentCase(app)).toMatchObject(DROPPED);
    await app.commands.setStrength(60, false);
    expect(currentCase(app).preview).not.toBeNull();
    const settled = app.commands.strengthSettled();
    await app.commands.addFiles([await dark('002_input.png', 2)]);
    await settled;
    const left = () => app.state.cases.find((entry) => entry.id === id);
    expect(left()).toMatchObject(DROPPED);
    // The slider goes with its case, and says at the end where it was.
    await app.commands.setStrength(60, true, id);
    expect(left()).toMatchObject(DROPPED);
    await app.idle();
  });

  test('that is dragged is dropped where a file takes the place of the output', async () => {
    const { app } = await opened();
    await app.commands.setStrength(60, false);
    await app.commands.addFiles([await glaring('001_double.png')]);
    expect(currentCase(app)).toMatchObject({ shownMethod: 'double', strengthApplies: false });
    const settled = app.commands.strengthSettled();
    await app.commands.setStrength(60, true);
    expect(currentCase(app)).toMatchObject({ strength: 100, wantedStrength: null, preview: null });
    await settled;
    await app.idle();
  });

  test('that is dragged stays on screen while another method comes to its end', async () => {
    const { app } = await opened();
    const { shownMethod } = currentCase(app);
    await app.commands.setStrength(60, false);
    expect(currentCase(app).preview).not.toBeNull();
    await app.commands.runMethods(['double', 'triple']);
    await expect.poll(() => currentCase(app).methods.length).toBe(2);
    await expect.poll(() => currentCase(app).restoring).toBe(false);
    expect(currentCase(app)).toMatchObject({ shownMethod, wantedStrength: 60 });
    expect(currentCase(app).preview).not.toBeNull();
    await app.commands.setStrength(60, true);
    expect(currentCase(app)).toMatchObject({ strength: 60, preview: null });
    await app.idle();
  });

  test('holds for the output that a restoration puts in its place', async () => {
    const { bench, app } = await opened();
    await app.commands.setStrength(30, true);
    bench.engine.info = { ...bench.engine.info, provider: 'webgpu' };
    await app.commands.restore();
    await app.idle();
    expect(bench.engine.restores).toBe(2);
    expect(currentCase(app).strength).toBe(30);
  });

  test('does not apply to what the user dropped', async () => {
    const { app } = await opened();
    await app.commands.addFiles([await bright('001_output.png', 3)]);
    await app.idle();
    const { strengthApplies, output } = currentCase(app);
    expect(strengthApplies).toBe(false);
    await app.commands.setStrength(50, true);
    expect(currentCase(app).output?.picture.sha256).toBe(output?.picture.sha256);
  });
});
