import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import { createStore, keys } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { writeOnnx } from '../../src/models/onnx/model.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const network = (name: string) =>
  new File([new Uint8Array(readFileSync(`tests/fixtures/onnx/${name}`))], name);
const FILES = ['metric-pair.onnx', 'metric-map.onnx', 'metric-single.onnx', 'metric-identity.onnx'];
const IDS = [
  'onnx:fixture-identity@7b8f50fa',
  'onnx:fixture-map@5863a56f',
  'onnx:fixture-pair@367760e2',
  'onnx:fixture-single@9bb1ef11',
] as const;

const SIZE = [48, 64] as const;
const pictures = async () => [
  await bright('001_gt.png', 1, SIZE),
  await dark('001_input.png', 1, SIZE),
  await bright('001_output.png', 2, SIZE),
  await mask('001_mask.png', SIZE, 3),
];
const stored = async () =>
  (await keys(createStore('loupe-files', 'entries')))
    .map(String)
    .filter((key) => key.startsWith('network/'));
const ready = (app: App) =>
  app.state.learnedMetrics.filter(({ network: { status } }) => status === 'ready');

describe('metrics that are dropped as networks', { timeout: 60_000 }, () => {
  test('measure each what their files say, are kept, and go when they are removed', async () => {
    const bench = testBench();
    const app = await bench.open();
    await app.commands.addFiles([...(await pictures()), ...FILES.map(network)]);
    await app.idle();
    expect(noticesOf(app, 'error')).toEqual([]);
    expect(ready(app).map(({ id }) => id)).toEqual(IDS);
    expect(app.state.methods.some(({ title }) => title.startsWith('metric-'))).toBe(false);
    const number = expect.any(Number);
    const values = currentCase(app).learned;
    expect(values).toMatchObject([
      { id: IDS[0], region: 'global', values: { output: number } },
      { id: IDS[1], region: 'person', values: { output: number, input: number } },
      { id: IDS[2], region: 'global', values: { output: number, input: number } },
      { id: IDS[3], region: 'global', values: { output: number, input: number, gt: number } },
    ]);
    expect(Object.keys(values[2]?.values ?? {})).not.toContain('gt');
    const cosine = values[0]?.values.output ?? Number.NaN;
    expect(Math.abs(cosine)).toBeLessThanOrEqual(1);

    const calls = bench.engine.calls.length;
    const again = await bench.open();
    await again.idle();
    expect(again.state.learnedMetrics).toEqual(app.state.learnedMetrics);
    expect(currentCase(again).learned).toEqual(values);
    expect(bench.engine.calls).toHaveLength(calls);
    await again.commands.removeLearnedMetric(IDS[1]);
    expect(ready(again).map(({ id }) => id)).toEqual([IDS[0], IDS[2], IDS[3]]);
    expect(currentCase(again).learned.map(({ id }) => id)).not.toContain(IDS[1]);
    expect(await stored()).toHaveLength(3);
  });

  test('speak of single pictures without a ground truth', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([await dark('001_input.png', 1, SIZE), ...FILES.map(network)]);
    await app.idle();
    const { learned, metrics } = currentCase(app);
    expect(metrics.status).toBe('no-reference');
    expect(learned.map(({ id }) => id)).toEqual([IDS[0], IDS[3]]);
    expect(Object.keys(learned[1]?.values ?? {}).sort()).toEqual(['input', 'output']);
  });

  test('say what they are, in the definition and by their hash', async () => {
    const app = await testBench().open();
    await app.commands.addFiles([network('metric-identity.onnx')]);
    await app.idle();
    const [metric] = ready(app);
    expect(metric?.definition).toMatchObject({
      title: 'metric-identity',
      direction: 'higher-is-better',
      definition:
        'The cosine between a network’s embeddings of a picture and of the input. Measured on the whole picture; resized to 32×32 (bilinear); no value below 8 pixels a side.',
    });
    expect(metric?.network).toMatchObject({
      sources: [{ name: 'metric-identity.onnx', sha256: expect.stringMatching(/^7b8f50fa/) }],
    });
    expect(noticesOf(app, 'info')).toEqual([
      'metric-identity is ready, from metric-identity.onnx.',
    ]);
  });

  test('are named where their metadata contradicts the graph', async () => {
    const port = (name: string) => ({ name, shape: [1, 3, 'h', 'w'] });
    const contract = {
      task: 'metric',
      input: { layout: 'NCHW', channels: 'RGB', range: [0, 1] },
      metric: { id: 'x', kind: 'no-reference', inputs: ['a'], output: 'embedding' },
    };
    const bytes = writeOnnx({
      name: 'wrong',
      nodes: [{ operator: 'Relu', inputs: ['a'], outputs: ['b'] }],
      constants: [],
      inputs: [port('a')],
      outputs: [port('b')],
      metadata: { loupe: JSON.stringify(contract) },
    });
    const app = await testBench().open();
    await app.commands.addFiles([new File([bytes], 'wrong.onnx')]);
    await app.idle();
    expect(ready(app)).toEqual([]);
    const [error = ''] = noticesOf(app, 'error');
    expect(error).toMatch(/^wrong\.onnx cannot be used as a metric: loupe\.metric\./);
    expect(await stored()).toEqual([]);
  });
});
