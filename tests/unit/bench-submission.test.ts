import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bright, dark, glaring, noticesOf, type TestBench, testBench } from '../helpers/app.ts';

type App = Awaited<ReturnType<TestBench['open']>>;

let app: App;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  app = await testBench().open();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
});

const at = async (path: string, file: Promise<File>) => ({
  path,
  file: new File([await file], path.split('/').at(-1) ?? '', { lastModified: 1 }),
});

/** Two inputs and a method's outputs, no ground truth: what a participant has before the deadline. */
const set = () =>
  Promise.all([
    at('set/input/001.png', dark('001', 1)),
    at('set/input/002.png', dark('002', 2)),
    at('set/first/001.png', glaring('001', 1)),
    at('set/first/002.png', glaring('002', 2)),
  ]);

async function zipOf(method: string): Promise<File> {
  const zip = await app.bench.commands.exportFile({ kind: 'outputs', method });
  if (zip === null) throw new Error(noticesOf(app, 'error').join(' '));
  return zip;
}

describe('a submission', () => {
  it('is reproduced by the model that made it, and by no other', async () => {
    const { commands } = app.bench;
    await commands.add(await set());
    await commands.runMethod('auto-gamma');
    const same = await commands.checkReproduction(await zipOf('auto-gamma'), 'auto-gamma');
    expect(same).toMatchObject({ ok: true, findings: [{ severity: 'success' }] });
    expect(same.findings[0]?.sentence).toContain('2 of 2 outputs are what Auto gamma gives here');
    const other = await commands.checkReproduction(await zipOf('first'), 'auto-gamma');
    expect(other.ok).toBe(false);
    expect(other.findings[0]).toMatchObject({ severity: 'error' });
    expect(other.findings[0]?.sentence).toMatch(
      /^001\.png is [\d.]+ levels .* from what Auto gamma/,
    );
    expect(app.bench.state.reading).toBeNull();
  });

  it('cannot be reproduced where there is no input, which is said', async () => {
    const { commands } = app.bench;
    const outputs = (await set()).filter(({ path }) => path.includes('/first/'));
    const truths = [at('set/gt/001.png', bright('001', 1)), at('set/gt/002.png', bright('002', 2))];
    await commands.add([...outputs, ...(await Promise.all(truths))]);
    const report = await commands.checkReproduction(await zipOf('first'), 'auto-gamma');
    expect(report.ok).toBe(false);
    expect(report.findings[0]?.sentence).toContain('There is no input in the set');
  });

  it('is named by the three-digit ID, wherever it stands in a name', async () => {
    const { commands } = app.bench;
    await commands.add([await at('set/input/v100_7.png', dark('a', 1))]);
    await commands.add([await at('set/first/v100_7.png', glaring('a', 1))]);
    expect((await commands.checkSubmission(await zipOf('first'))).ok).toBe(true);
  });
});

describe('files that no case has', () => {
  it('can be renamed, become cases, and be removed', async () => {
    const { commands, state } = app.bench;
    await commands.add((await set()).filter(({ path }) => path.includes('/first/')));
    expect(state.cases).toEqual([]);
    expect(state.problems.map(({ kind }) => kind)).toEqual(['unmatched', 'unmatched']);
    await commands.moveMethod('first', { role: 'output', method: 'renamed' });
    expect(state.methods.map(({ id }) => id)).toEqual(['renamed']);
    await commands.moveMethod('renamed', { role: 'input' });
    expect(state.cases.map(({ title }) => title)).toEqual(['001', '002']);
    await commands.correct(['set/first/001.png'], { place: { role: 'output', method: 'again' } });
    await commands.removeMethod('again');
    expect(Object.keys(state.files)).toEqual(['set/first/002.png']);
  });
});

describe('a full storage', () => {
  it('is said for pictures and for numbers, and everything goes on in memory', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key?: IDBValidKey,
    ) {
      if (value instanceof Blob || /^scores\//.test(String(key))) {
        throw new DOMException('Full.', 'QuotaExceededError');
      }
      return put.call(this, value, key);
    });
    const { commands, state } = app.bench;
    await commands.add([
      ...(await set()),
      await at('set/gt/001.png', bright('001', 1)),
      await at('set/gt/002.png', bright('002', 2)),
    ]);
    expect(state.storageSentence).toContain('6 files (1 MB) did not fit');
    await commands.measure();
    expect(state.run).toMatchObject({ status: 'done', done: 2, failures: [] });
    const said = noticesOf(app, 'error').join(' ');
    expect(said).toContain('some files are used now but will be gone after a reload');
    expect(said).toContain('the bench’s table of numbers');
  });
});
