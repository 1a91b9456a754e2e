import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { writeArchive } from '../../src/codecs/archive/write.ts';
import { columnOf } from '../../src/core/bench/types.ts';
import { readTable } from '../../src/core/text/csv.ts';
import { bright, currentCase, dark, glaring, testBench } from '../helpers/app.ts';
import { contentsOf } from '../helpers/judgeApp.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const SHIFT = { dx: 1, dy: -2 };

async function benchSet() {
  const source = (path: string, file: File) => ({
    path: `set/${path}`,
    file: new File([file], '001.png', { lastModified: 1 }),
  });
  return [
    source('input/001.png', await dark('001.png')),
    source('gt/001.png', await bright('001.png')),
    source('net_a/001.png', await bright('001.png', 2)),
    source('net_b/001.png', await bright('001.png', 3)),
  ];
}

async function measured(app: App): Promise<App> {
  await app.bench.commands.add(await benchSet());
  await app.bench.commands.measure();
  return app;
}

async function accept(app: App): Promise<void> {
  await app.bench.commands.openInLook('001', 'net_a');
  await app.idle();
  await app.commands.setShift(SHIFT);
  await app.idle();
}

const psnr = (app: App) =>
  [...columnOf(app.bench.state.table, 'net_a', 'psnr:global')].map((value) => value);

describe('a shift that was accepted for an output of the set', () => {
  it('is said beside its numbers, which stay what the challenges would measure', async () => {
    const app = await measured(await testBench().open());
    const before = psnr(app);
    await accept(app);
    expect(app.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
    await app.bench.commands.measure();
    expect(psnr(app)).toEqual(before);
    const csv = await app.bench.commands.exportFile({ kind: 'csv', by: 'raim2026' });
    const { header, rows } = readTable((await csv?.text()) ?? '', 'scores.csv');
    const [method, shift] = ['method', 'shift'].map((head) => header.indexOf(head));
    const said = rows.map((row) => [row[method ?? -1], row[shift ?? -1]].join(': '));
    expect(new Set(said)).toEqual(new Set(['net_a: 1 -2', 'net_b: ']));
    const latex = await app.bench.commands.exportFile({ kind: 'latex', by: 'raim2026' });
    expect(await latex?.text()).toContain('net_a in 001 by (1, −2)');
    await app.commands.setShift(null);
    await app.idle();
    expect(app.bench.state.shifts).toEqual({});
    await app.commands.undo();
    await app.idle();
    expect(app.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
  });

  it('outlives a reload and travels with the workspace, up to the Look page elsewhere', async () => {
    const here = testBench();
    const app = await measured(await here.open());
    await accept(app);
    const file = await app.bench.commands.exportFile({ kind: 'workspace', images: true });
    const reloaded = await here.open();
    await reloaded.bench.idle();
    expect(reloaded.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });

    globalThis.indexedDB = new IDBFactory();
    const other = await testBench().open();
    if (file !== null) await other.bench.commands.openWorkspace(file);
    expect(other.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
    await other.bench.commands.openInLook('001', 'net_a');
    await other.idle();
    expect(currentCase(other)).toMatchObject({ shownMethod: 'net_a', shift: SHIFT });
  });

  it('says nothing of a file that took the place of the one it was found in', async () => {
    const app = await measured(await testBench().open());
    await accept(app);
    const file = new File([await bright('001.png', 7)], '001.png', { lastModified: 2 });
    await app.bench.commands.add([{ path: 'set/net_a/001.png', file }]);
    expect(app.bench.state.shifts).toEqual({});
  });

  it('is told the set when its case was compared before it was opened from there', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([
      await bright('001_gt.png'),
      await bright('001_net_a.png', 2),
      await dark('001_input.png'),
    ]);
    await app.idle();
    await app.commands.setShift(SHIFT);
    await measured(app);
    expect(app.bench.state.shifts).toEqual({});
    await app.bench.commands.openInLook('001', 'net_a');
    await app.idle();
    expect(app.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
  });

  it('is of the set’s own file: nothing is said of that by another one on the Look page', async () => {
    const app = await measured(await testBench().open());
    await accept(app);
    await app.commands.addFiles([await glaring('001_net_a.png')]);
    await app.idle();
    expect(currentCase(app)).toMatchObject({ shownMethod: 'net_a', shift: null });
    await app.commands.setShift({ dx: 2, dy: 0 });
    await app.idle();
    expect(currentCase(app).shift).toEqual({ dx: 2, dy: 0 });
    expect(app.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
    await app.commands.setShift(null);
    await app.idle();
    expect(app.bench.state.shifts).toEqual({ '001': { net_a: SHIFT } });
    await app.bench.commands.openInLook('001', 'net_a');
    await app.idle();
    expect(currentCase(app)).toMatchObject({ shownMethod: 'net_a', shift: SHIFT });
  });

  it('is not taken over from a workspace where it leaves nothing to compare', async () => {
    const app = await measured(await testBench().open());
    await accept(app);
    const file = await app.bench.commands.exportFile({ kind: 'workspace', images: true });
    if (file === null) throw new Error('There is no workspace.');
    const parts = await Promise.all(
      [...(await contentsOf(file))].map(async ([path, data]) => {
        if (path !== 'workspace.json') return { path, data };
        return { path, data: new Blob([(await data.text()).replace('"dx":1,', '"dx":6000,')]) };
      }),
    );
    globalThis.indexedDB = new IDBFactory();
    const other = await testBench().open();
    await other.bench.commands.openWorkspace(new File([await writeArchive(parts)], file.name));
    expect(other.bench.state.shifts).toEqual({});
    await other.bench.commands.openInLook('001', 'net_a');
    await other.idle();
    const { shift, metrics } = currentCase(other);
    expect(shift).toBeNull();
    expect(metrics.status).toBe('done');
  });
});
