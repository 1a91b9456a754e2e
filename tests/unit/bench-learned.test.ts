import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { columnOf } from '../../src/core/bench/types.ts';
import { bright, dark, glaring, mask, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const SIZE = [24, 32] as const;
const network = (name: string) =>
  new File([new Uint8Array(readFileSync(`tests/fixtures/onnx/${name}`))], name);
const at = async (path: string, file: Promise<File>) => ({ path, file: await file });

/** Two cases, the second without an input and a mask. */
const set = () =>
  Promise.all([
    at('set/input/001.png', dark('001.png', 1, SIZE)),
    at('set/gt/001.png', bright('001.png', 1, SIZE)),
    at('set/mask_personmask/001.png', mask('001.png', SIZE)),
    at('set/first/001.png', glaring('001.png', 1, SIZE)),
    at('set/gt/002.png', bright('002.png', 2, SIZE)),
    at('set/first/002.png', glaring('002.png', 2, SIZE)),
  ]);

it('a set is measured with learned metrics, each where its crop rule puts it', {
  timeout: 60_000,
}, async () => {
  const app = await testBench().open();
  const names = ['metric-map.onnx', 'metric-single.onnx', 'metric-identity.onnx'];
  await app.commands.addFiles(names.map(network));
  await app.idle();
  await app.bench.commands.add(await set());
  await app.bench.commands.measure();
  expect(app.bench.state.run).toMatchObject({ status: 'done', failures: [] });
  const { table } = app.bench.state;
  const measured = (column: string) => [...columnOf(table, 'first', column)].map(Number.isFinite);
  expect(measured('onnx:fixture-map@5863a56f:person')).toEqual([true, false]);
  expect(measured('onnx:fixture-map@5863a56f:global')).toEqual([false, true]);
  expect(measured('onnx:fixture-single@9bb1ef11:global')).toEqual([true, true]);
  expect(measured('onnx:fixture-identity@7b8f50fa:global')).toEqual([true, false]);
  const single = table.columns.find(({ id }) => id.startsWith('onnx:fixture-single'));
  expect(single).toMatchObject({ title: 'metric-single, all', version: '1 9bb1ef11b5a0' });
  await app.bench.commands.measure();
  expect(app.bench.state.run.total).toBe(0);

  const file = await app.bench.commands.exportFile({ kind: 'workspace', images: false });
  await app.close();
  globalThis.indexedDB = new IDBFactory();
  const other = await testBench().open();
  if (file !== null) await other.bench.commands.openWorkspace(file);
  // The numbers are there where nobody has the networks, and say what they are.
  expect(other.bench.state.table.values).toEqual(table.values);
  const json = await other.bench.commands.exportFile({ kind: 'json', by: 'raim2026' });
  const { provenance } = JSON.parse((await json?.text()) ?? '{}');
  const known = provenance.metrics.find(({ id }: { id: string }) => id === single?.id);
  expect(known.definition).toContain('A network’s verdict on one picture');
  await other.bench.commands.measure();
  expect(other.bench.state.run.total).toBe(0);
  await other.close();
});
