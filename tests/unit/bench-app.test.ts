import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BenchSource } from '../../src/app/bench/model.ts';
import { APP_VERSION } from '../../src/app/version.ts';
import { columnOf } from '../../src/core/bench/types.ts';
import {
  bright,
  dark,
  glaring,
  mask,
  noticesOf,
  type TestBench,
  testBench,
} from '../helpers/app.ts';
import { jpeg, tiff } from '../helpers/exif.ts';

type App = Awaited<ReturnType<TestBench['open']>>;

let bench: TestBench;
let app: App;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  bench = testBench();
  app = await bench.open();
});

afterEach(() => app.close());

const source = async (path: string, file: Promise<File>): Promise<BenchSource> => ({
  path,
  file: new File([await file], path.split('/').at(-1) ?? '', { lastModified: 1 }),
});

/** Three cases, two methods; the second one lacks 003 and has 002 twice. */
async function smallSet(): Promise<BenchSource[]> {
  const sources: Promise<BenchSource>[] = [];
  for (const [index, stem] of ['001', '002', '003'].entries()) {
    const seed = index + 1;
    sources.push(source(`set/input/${stem}.png`, dark(stem, seed)));
    sources.push(source(`set/gt/${stem}.png`, bright(stem, seed)));
    sources.push(source(`set/mask_personmask/${stem}.png`, mask(stem)));
    sources.push(source(`set/first/${stem}.png`, glaring(stem, seed)));
    if (stem !== '003') sources.push(source(`set/second/${stem}.png`, dark(stem, seed)));
  }
  sources.push(source('set/second/002.jpg', dark('002', 9)));
  return Promise.all(sources);
}

const values = (method: string, column: string) => [
  ...columnOf(app.bench.state.table, method, column),
];

describe('the bench', () => {
  it('reports what does not fit, measures the rest and remembers it', async () => {
    await app.bench.commands.add(await smallSet());
    const { state, commands } = app.bench;
    expect(state.cases.map(({ title }) => title)).toEqual(['001', '002', '003']);
    expect(state.problems.map(({ kind }) => kind).toSorted()).toEqual([
      'duplicate',
      'missing-output',
    ]);
    expect(state.files['set/gt/001.png']).toMatchObject({ kept: 'copied', size: [12, 16] });
    const left = { path: 'set/second/002.jpg', file: new File(['x'], '002.jpg') };
    await commands.correct([left.path], { excluded: true });
    expect(state.problems.map(({ kind }) => kind)).toEqual(['missing-output']);
    // Dropped again it is wanted again; a table among pictures that is none says nothing.
    await commands.add([left, { path: 'set/scores.json', file: new File(['{}'], 'scores.json') }]);
    expect(state.problems.map(({ kind }) => kind)).toContain('duplicate');
    expect(noticesOf(app, 'error')).toEqual([]);
    await commands.correct([left.path], { excluded: true });
    await commands.measure();
    expect(state.run).toMatchObject({ status: 'done', done: 5, total: 5, failures: [] });
    expect(values('first', 'psnr:person').every(Number.isFinite)).toBe(true);
    expect(values('second', 'psnr:person').map(Number.isFinite)).toEqual([true, true, false]);

    const before = values('first', 'deltae:person');
    await app.close();
    app = await bench.open();
    await app.idle();
    expect(values('first', 'deltae:person')).toEqual(before);
    await app.bench.commands.measure();
    expect(app.bench.state.run).toMatchObject({ done: 0, total: 0 });
  });

  it('measures again what has changed, and only that', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.measure();
    const changed = await source('set/first/002.png', bright('002', 2));
    await app.bench.commands.add([
      { ...changed, file: new File([changed.file], '002.png', { lastModified: 2 }) },
    ]);
    expect(values('first', 'psnr:global').map(Number.isFinite)).toEqual([true, false, true]);
    await app.bench.commands.measure();
    expect(app.bench.state.run.total).toBe(1);
    expect(values('first', 'psnr:global')[1]).toBe(100);
  });

  it('says of an output of another size that it has no numbers, and goes on', async () => {
    const wrong = await source('set/first/002.png', glaring('002', 2, [10, 16]));
    const sources = (await smallSet()).filter(({ path }) => path !== wrong.path);
    await app.bench.commands.add([...sources, wrong]);
    const problem = app.bench.state.problems.find(({ kind }) => kind === 'size-mismatch');
    expect(problem?.sentence).toContain('10×16 pixels, the ground truth 12×16');
    await app.bench.commands.measure();
    const { failures, status } = app.bench.state.run;
    expect(status).toBe('done');
    expect(failures).toMatchObject([{ caseId: '002', method: 'first' }]);
  });

  it('says of a file that is no picture what it is, and goes on', async () => {
    const sources = await smallSet();
    const broken = { path: 'set/first/001.png', file: new File(['text'], '001.png') };
    await app.bench.commands.add([...sources, broken]);
    expect(app.bench.state.problems.find(({ kind }) => kind === 'unreadable')?.sentence).toContain(
      'set/first/001.png',
    );
  });

  it('says once what is wrong with an archive, and goes on', async () => {
    const cut = { path: 'cut.zip', file: new File(['PK\u0003\u0004 and no more'], 'cut.zip') };
    await app.bench.commands.add([cut, ...(await smallSet())]);
    expect(noticesOf(app, 'error')).toEqual([expect.stringContaining('“cut.zip” cannot be read')]);
    expect(app.bench.state.cases).toHaveLength(3);
    await app.bench.commands.add([cut]);
    expect(noticesOf(app, 'warning')).toEqual([]);
  });

  it('runs a method over all inputs, which joins the set', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.runMethod('auto-gamma');
    expect(noticesOf(app, 'error')).toEqual([]);
    const made = app.bench.state.methods.find(({ id }) => id === 'auto-gamma');
    expect(made).toMatchObject({ origin: 'run', outputs: 3 });
    await app.bench.commands.measure();
    expect(values('auto-gamma', 'psnr:global').every(Number.isFinite)).toBe(true);
    const runs = bench.engine.restores;
    await app.bench.commands.runMethod('auto-gamma');
    expect(bench.engine.restores).toBe(runs);
  });

  it('knows the parameters of a built-in model whose card nobody opened', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.runMethod('double');
    const made = app.bench.state.methods.find(({ id }) => id === 'double');
    expect(made).toMatchObject({ origin: 'run', parameters: 1 });
    expect(bench.engine.calls).not.toContain('modelFacts');
  });

  it('imports values, attributes and complexity, and ranks by them', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.measure();
    const { commands, state } = app.bench;
    const lpips = 'image_id,method,LPIPS_person\n1,first,0.05\n2,first,0.04\n9,first,0.1\n';
    await commands.importTable(new File([lpips], 'lpips.csv'));
    await commands.importTable(new File(['case,tone\n001,dark\n002,light\n'], 'tone.csv'));
    await commands.importTable(new File(['method,GMACs\nfirst,13.2\n'], 'cost.csv'));
    expect(state.imports.map(({ kind }) => kind)).toEqual(['values', 'attributes', 'complexity']);
    expect(state.imports[0]?.remarks.join(' ')).toContain('No case in the set is called 9');
    expect(state.attributes.get('tone')).toEqual(['dark', 'light', null]);
    expect(state.methods.find(({ id }) => id === 'first')?.macs720p).toBeCloseTo(13.2e9);
    const ranking = commands.ranking('raim2026');
    const first = ranking.rows.find(({ method }) => method === 'first');
    expect(first?.score).toBeGreaterThan(30);
    expect(first?.rank).toBe(1);
    const second = ranking.rows.find(({ method }) => method === 'second');
    expect(second?.remarks[0]).toContain('lower bound');

    const raim2024 = 'case,method,PSNR,SSIM,LPIPS,DISTS,NIQE\n1,first,30,0.9,0.1,0.1,4\n';
    await commands.importTable(new File([raim2024], 'all.csv'));
    const scoreOf = (asPrinted: boolean) => {
      const { title, rows } = commands.ranking('raim2024', asPrinted);
      return { title, score: rows.find(({ method }) => method === 'first')?.score };
    };
    expect(scoreOf(false).score).toBeCloseTo(12 + 12 + 15 + 80 / 3 + 18, 9);
    expect(scoreOf(true).score).toBeCloseTo(12 + 12 + 45 + 120 - 9, 9);
    expect(scoreOf(true).title).toContain('as printed');
    const what = { kind: 'markdown', by: 'raim2024', asPrinted: true } as const;
    expect(await (await commands.exportFile(what))?.text()).toContain('as the report prints it');
  });

  it('cuts a set by what cameras wrote into the inputs, where no table says otherwise', async () => {
    const sources = (await smallSet()).filter(({ path }) => path !== 'set/input/002.png');
    const phone = { path: 'set/input/002.jpg', file: new File([jpeg(tiff(true))], '002.jpg') };
    const stray = await source('set/first/nowhere.png', dark('nowhere', 4));
    const { commands, state } = app.bench;
    await commands.add([...sources, phone, stray]);
    expect(state.cases.map(({ title }) => title)).toEqual(['001', '002', '003']);
    expect(state.table.cases).toEqual(['001', '002', '003']);
    expect(state.attributes.get('iso')).toEqual([null, '1600', null]);
    const table = 'case,device\n001,a\n002,b\n003,c\n';
    await commands.importTable(new File([table], 'devices.csv'));
    expect(state.imports[0]?.remarks).toEqual([]);
    expect(state.attributes.get('device')).toEqual(['a', 'b', 'c']);
    await app.close();
    app = await bench.open();
    await app.idle();
    expect(app.bench.state.attributes.get('hour')).toEqual([null, '19', null]);
    const file = await app.bench.commands.exportFile({ kind: 'workspace', images: false });
    await app.bench.commands.clear();
    if (file) await app.bench.commands.openWorkspace(file);
    expect(app.bench.state.attributes.get('flash')).toEqual([null, 'off', null]);
  });

  it('opens its own workspace file elsewhere with the same numbers', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.measure();
    await app.bench.remarks.change('001', (now) => ({
      ...now,
      notes: [{ id: 'n', method: 'first', text: 'a <rim>', at: 1 }],
    }));
    await app.bench.commands.setTags('001', ['halo', 'too-red']);
    const before = app.bench.state.table.values;
    for (const images of [true, false]) {
      const file = await app.bench.commands.exportFile({ kind: 'workspace', images });
      if (file === null) throw new Error(noticesOf(app, 'error').join(' '));
      globalThis.indexedDB = new IDBFactory();
      const other = await testBench().open();
      await other.bench.commands.openWorkspace(file);
      expect(noticesOf(other, 'error')).toEqual([]);
      expect(other.bench.state.table.values).toEqual(before);
      expect(other.bench.state.tags).toEqual({ '001': ['halo', 'too-red'] });
      const report = await other.bench.commands.exportFile({ kind: 'report', by: 'raim2026' });
      expect(await report?.text()).toMatch(/Halo, too-red.*first: a &lt;rim&gt;/s);
      await other.bench.commands.measure();
      expect(other.bench.state.run.total).toBe(0);
      await other.close();
    }
  });

  it('refuses a file that is no workspace and keeps what is there', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.openWorkspace(new File(['nonsense'], 'evil.loupe'));
    expect(noticesOf(app, 'error')[0]).toContain('evil.loupe');
    expect(app.bench.state.cases).toHaveLength(3);
  });

  it('exports every kind of file', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.measure();
    const { commands } = app.bench;
    for (const kind of ['csv', 'json', 'latex', 'markdown', 'report'] as const) {
      const file = await commands.exportFile({ kind, by: 'raim2026' });
      expect((await file?.text())?.length).toBeGreaterThan(200);
    }
    const official = await commands.exportFile({ kind: 'organisers', method: 'first' });
    expect(official?.size).toBeGreaterThan(300);
    expect(await commands.exportFile({ kind: 'organisers', method: 'second' })).toBeNull();
    expect(noticesOf(app, 'error').at(-1)).toContain('second has no output for 003');
  });

  it('shows as many worst cases of a method in the report as were asked for, with its own pins', async () => {
    await app.bench.commands.add(await smallSet());
    await app.bench.commands.measure();
    const pin = (method: string | null, x: number) => ({
      id: `${x}`,
      method,
      x,
      y: 0.5,
      text: '',
      at: 1,
    });
    await app.bench.remarks.change('001', (now) => ({
      ...now,
      pins: [pin('first', 0.1), pin('second', 0.2), pin(null, 0.3)],
    }));
    const reportOf = async (worstOf: string) => {
      const what = { kind: 'report', by: 'raim2026', worstOf } as const;
      return (await (await app.bench.commands.exportFile(what))?.text()) ?? '';
    };
    await app.bench.commands.setWorstCases(500);
    expect(app.bench.state.worstCases).toBe(100);
    const second = await reportOf('second');
    expect(second.match(/<section>/g)).toHaveLength(2);
    expect(second).toContain('<h3>001 · second</h3>');
    const [, own = ''] = /<h3>001 · second(.*?)<\/section>/s.exec(second) ?? [];
    expect(own).toMatch(/left:20.00%;top:50.00%">2</);
    expect(own).toMatch(/left:30.00%;top:50.00%">3</);
    expect(own).not.toContain('left:10.00%');
    // The number that was typed just now counts, whatever is being taken in meanwhile.
    const reading = app.bench.commands.add([]);
    const typed = app.bench.commands.setWorstCases(1);
    expect((await reportOf('first')).match(/<section>/g)).toHaveLength(1);
    await Promise.all([reading, typed]);
    const again = await bench.open();
    await again.bench.idle();
    expect(again.bench.state.worstCases).toBe(1);
    await again.close();
  });

  it('checks a submission without ground truth', async () => {
    const sources = await smallSet();
    await app.bench.commands.add(sources.filter(({ path }) => path.includes('/input/')));
    const outputs = await app.bench.commands.exportFile({ kind: 'outputs', method: 'none' });
    expect(outputs).toBeNull();
    await app.bench.commands.add(sources.filter(({ path }) => path.includes('/first/')));
    const good = await app.bench.commands.exportFile({ kind: 'outputs', method: 'first' });
    if (good === null) throw new Error('no archive');
    const report = await app.bench.commands.checkSubmission(good);
    expect(report).toMatchObject({ ok: true, findings: [{ severity: 'success' }] });
    expect(await app.bench.commands.checkOutputs('first')).toEqual(report);
    await app.bench.commands.add([await source('set/input/004.png', dark('004', 4))]);
    const incomplete = await app.bench.commands.checkSubmission(good);
    expect(incomplete.ok).toBe(false);
    expect(incomplete.findings[0]?.sentence).toBe('There is no output for 004.');
    expect(await app.bench.commands.checkOutputs('first')).toEqual(incomplete);
  });
});

describe('the app’s version', () => {
  it('is that of package.json', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(APP_VERSION).toBe(version);
  });
});
