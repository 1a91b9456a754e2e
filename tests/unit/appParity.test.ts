import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { MethodView } from '../../src/app/model.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const triple = async () => [
  await mask('001_mask.png'),
  await bright('001_gt.png'),
  await dark('001_input.png'),
];
const model = (text: string) => new File([text], 'mine.onnx');

function methodNamed(app: App, title: string): MethodView {
  const found = app.state.methods.find((method) => method.title === title);
  if (found === undefined) throw new Error(`There is no method ${title}.`);
  return found;
}

const add = async (app: App, ...files: File[]): Promise<void> => {
  await app.commands.addFiles(files);
  await app.idle();
};

describe('WebGPU against WASM', () => {
  const GPU = { provider: 'webgpu', adapter: 'A card' } as const;

  test('is checked once for a new model; the verdict stays, with its results too', async () => {
    const bench = testBench();
    bench.engine.info = { ...bench.engine.info, ...GPU };
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 3'));
    expect(methodNamed(app, 'mine').parity).toMatchObject({ verdict: 'agree' });
    expect(currentCase(app).output?.origin).toMatchObject({ parity: 'agree', adapter: 'A card' });
    const checks = () => bench.engine.calls.filter((name) => name === 'checkParity').length;
    expect(checks()).toBe(1);
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(methodNamed(reloaded, 'mine').parity).toMatchObject({ verdict: 'agree' });
    expect(checks()).toBe(1);
    const { id: methodId } = methodNamed(reloaded, 'mine');
    await reloaded.commands.checkParity(methodId);
    expect(reloaded.state.job).toMatchObject({ kind: 'parity', methodId });
    await reloaded.idle();
    expect(checks()).toBe(2);
    expect(noticesOf(reloaded, 'info')).toContain('mine: WebGPU and WASM agree.');
  });

  test('is checked for every model that it is asked for, once each', async () => {
    const bench = testBench();
    bench.engine.info = { ...bench.engine.info, ...GPU };
    const app = await bench.open();
    await add(app, model('gain 3'), new File(['gain 4'], 'other.onnx'));
    const [mine, other] = [methodNamed(app, 'mine').id, methodNamed(app, 'other').id];
    bench.engine.calls.length = 0;
    let release = (): void => undefined;
    bench.engine.hold = new Promise((resolve) => {
      release = resolve;
    });
    for (const id of [mine, other, other, mine]) await app.commands.checkParity(id);
    bench.engine.hold = null;
    release();
    await app.idle();
    expect(bench.engine.calls).toEqual(['checkParity', 'checkParity']);
    expect(noticesOf(app, 'info')).toEqual(
      expect.arrayContaining(['mine: WebGPU and WASM agree.', 'other: WebGPU and WASM agree.']),
    );
  });

  test('is checked without being asked for on a software adapter too, which is nobody’s news', async () => {
    const bench = testBench();
    bench.engine.info = { ...bench.engine.info, adapter: 'SwiftShader', softwareAdapter: true };
    const sentence = 'They differ: WASM.';
    bench.engine.parity = { ...bench.engine.parity, verdict: 'differ', sentence };
    const app = await bench.open();
    await add(app, ...(await triple()));
    await add(app, model('gain 3'));
    expect(methodNamed(app, 'mine').parity).toMatchObject({ verdict: 'differ' });
    expect(noticesOf(app, 'warning')).toEqual([]);
    expect(currentCase(app).output?.origin).toMatchObject({ parity: 'differ' });
    expect(methodNamed(app, 'Model double').parity).toBeNull();
  });

  test('is not checked where there is no adapter', async () => {
    const bench = testBench();
    const app = await bench.open();
    await add(app, model('gain 3'));
    expect(methodNamed(app, 'mine').parity).toBeNull();
    expect(bench.engine.calls).not.toContain('checkParity');
  });

  test('that came to no end is tried again on the next visit, and unsays no verdict', async () => {
    const bench = testBench();
    bench.engine.info = { ...bench.engine.info, ...GPU };
    const agreed = bench.engine.parity;
    const late = { ...agreed, verdict: 'not-applicable', sentence: 'It took too long.' } as const;
    bench.engine.parity = late;
    const app = await bench.open();
    await add(app, model('gain 3'));
    const { id, parity } = methodNamed(app, 'mine');
    expect(parity).toEqual(late);
    bench.engine.parity = agreed;
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(methodNamed(reloaded, 'mine').parity).toEqual(agreed);
    bench.engine.parity = late;
    await reloaded.commands.checkParity(id);
    await reloaded.idle();
    expect(noticesOf(reloaded, 'info')).toContain('mine: It took too long.');
    expect(methodNamed(reloaded, 'mine').parity).toEqual(agreed);
  });

  test.each(['differ', 'failed'] as const)(
    'where they %s the model runs on WASM, now and after a reload, and the page says so',
    async (verdict) => {
      const bench = testBench();
      bench.engine.info = { ...bench.engine.info, ...GPU };
      bench.engine.parity = { ...bench.engine.parity, verdict, sentence: 'They differ: WASM.' };
      const app = await bench.open();
      await add(app, ...(await triple()));
      await add(app, model('gain 3'));
      const { id } = methodNamed(app, 'mine');
      expect(noticesOf(app, 'warning')).toEqual([
        expect.stringMatching(/^mine: They differ: WASM/),
      ]);
      const settings = (of: App) =>
        currentCase(of).methods.find(({ methodId }) => methodId === id)?.output.origin;
      expect(settings(app)).toMatchObject({ settings: { provider: 'wasm' }, parity: verdict });
      const reloaded = await bench.open();
      await add(reloaded, await dark('002_input.png', 2));
      expect(settings(reloaded)).toMatchObject({ settings: { provider: 'wasm' }, parity: verdict });
    },
  );
});
