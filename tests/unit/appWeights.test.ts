import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import type { LearnedMetricView } from '../../src/app/model.ts';
import { isWeightFile } from '../../src/app/weights.ts';
import { buildLpips } from '../../src/engine/networks.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'lpips');
const fixture = (name: string, as = name) =>
  new File([new Uint8Array(readFileSync(join(FIXTURES, name)))], as);
const alexnet = () => fixture('alexnet.pth', 'alexnet-owt-7be5be79.pth');
const heads = () => fixture('heads-legacy.pth', 'alex.pth');

const SIZE = [48, 64] as const;
const pictures = async () => [
  await bright('001_gt.png', 1, SIZE),
  await dark('001_input.png', 1, SIZE),
  await bright('001_output.png', 2, SIZE),
];

function network(app: App): LearnedMetricView['network'] {
  const [lpips] = app.state.learnedMetrics;
  if (lpips === undefined) throw new Error('LPIPS is not among the learned metrics.');
  return lpips.network;
}

const learned = (app: App) => currentCase(app).learned;

describe('the weights of LPIPS', () => {
  test('are asked for in two sentences with the names of both files', async () => {
    const app = await testBench().open();
    expect(network(app)).toMatchObject({ status: 'missing', have: null });
    const { what } = network(app) as Extract<LearnedMetricView['network'], { status: 'missing' }>;
    expect(what).toContain('alexnet-owt-7be5be79.pth from torchvision');
    expect(what).toContain('alex.pth from LPIPS v0.1');
  });

  test.each([
    ['together', [alexnet, heads]],
    ['the other way round', [heads, alexnet]],
  ])('%s make a network that measures and stays', { timeout: 60_000 }, async (_, order) => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles(await pictures());
    await app.commands.addFiles(order.map((file) => file()));
    await app.idle();
    const ready = network(app);
    expect(ready).toMatchObject({ status: 'ready', warning: expect.stringContaining('alex.pth') });
    const [value] = learned(app);
    expect(value).toMatchObject({ id: 'lpips', region: 'global' });
    expect(value?.values.output).toBeGreaterThan(0);
    expect(value?.values.input).toBeGreaterThan(0);
    expect(app.state.cases).toHaveLength(1);
    expect(noticesOf(app, 'error')).toEqual([]);

    const calls = bench.engine.calls.length;
    const reloaded = await bench.open();
    await reloaded.idle();
    expect(network(reloaded)).toEqual(ready);
    expect(learned(reloaded)).toEqual([value]);
    expect(bench.engine.calls).toHaveLength(calls);
    await reloaded.commands.removeLearnedMetric('lpips');
    expect(network(reloaded)).toMatchObject({ status: 'missing', have: null });
    expect(learned(reloaded)).toEqual([]);
  });

  test('as one exported network measure too, and never restore', { timeout: 60_000 }, async () => {
    const app = await testBench().open();
    const [a, b] = [alexnet(), heads()];
    const { onnx } = await buildLpips([
      { file: a, name: a.name },
      { file: b, name: b.name },
    ]);
    await app.commands.addFiles(await pictures());
    await app.commands.addFiles([new File([onnx], 'exported.onnx')]);
    await app.idle();
    expect(network(app)).toMatchObject({ status: 'ready', sources: [{ name: 'exported.onnx' }] });
    expect(learned(app)).toHaveLength(1);
    expect(app.state.methods.filter(({ kind }) => kind === 'user-model')).toEqual([]);
    expect(noticesOf(app, 'error')).toEqual([]);
  });

  test('one alone waits, also over a reload, and a notice says which one is missing', {
    timeout: 60_000,
  }, async () => {
    const bench = testBench();
    const before = await bench.open();
    await before.commands.addFiles([heads()]);
    await before.idle();
    expect(network(before)).toMatchObject({ status: 'missing', have: 'alex.pth' });
    expect(noticesOf(before, 'info')).toEqual([expect.stringMatching(/drop alexnet-owt-7be5be79/)]);
    const app = await bench.open();
    expect(network(app)).toMatchObject({ status: 'missing', have: 'alex.pth' });
    await app.commands.addFiles([alexnet()]);
    await app.idle();
    expect(network(app).status).toBe('ready');
    const stored = (await keys(createStore('loupe-files', 'entries'))).map(String);
    expect(stored.filter((key) => key.startsWith('weights/'))).toEqual([]);
    const { id } = app.state.notices.find(({ severity }) => severity === 'info') ?? { id: '' };
    app.commands.dismissNotice(id);
    await app.commands.clearStorage();
    expect(network(app)).toMatchObject({ status: 'missing', have: null });
  });

  test('crops too small for the network have no value', { timeout: 60_000 }, async () => {
    const app = await testBench().open();
    await app.commands.addFiles([...(await pictures()), await mask('001_mask.png', SIZE, 3)]);
    await app.commands.addFiles([alexnet(), heads()]);
    await app.idle();
    expect(learned(app)).toMatchObject([
      { region: 'person', values: { output: expect.any(Number) } },
    ]);
    await app.commands.removeCase(currentCase(app).id);
    await app.commands.addFiles([
      await bright('002_gt.png'),
      await dark('002_input.png'),
      await bright('002_output.png', 2),
    ]);
    await app.idle();
    expect(learned(app)).toMatchObject([
      { region: 'global', values: { output: null, input: null } },
    ]);
    expect(currentCase(app).more).toEqual({ status: 'done' });
  });

  test('that are something else are named, with what to do', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([
      fixture('vgg.pth'),
      fixture('hostile.pth'),
      new File(['not a network'], 'dists.onnx'),
    ]);
    await app.idle();
    expect(network(app)).toMatchObject({ status: 'missing', have: null });
    const errors = noticesOf(app, 'error');
    expect(errors).toHaveLength(3);
    expect(errors.sort()).toEqual([
      'dists.onnx is not a model.',
      expect.stringMatching(/^hostile\.pth cannot be used/),
      expect.stringMatching(/^vgg\.pth cannot be used/),
    ]);
    expect(app.state.cases).toEqual([]);
  });
});

test('a checkpoint is told by its name or by how it begins, a picture is never taken for one', async () => {
  expect(await isWeightFile(new File(['x'], 'a.PTH'))).toBe(true);
  expect(await isWeightFile(fixture('alexnet.pth', 'weights'))).toBe(true);
  expect(await isWeightFile(fixture('alexnet-legacy.pth', 'weights.bin'))).toBe(true);
  expect(await isWeightFile(await dark('a.png'))).toBe(false);
  expect(await isWeightFile(new File(['PK\x03\x04 photo.png'], 'photos.zip'))).toBe(false);
  expect(await isWeightFile(new File([], 'empty'))).toBe(false);
});
