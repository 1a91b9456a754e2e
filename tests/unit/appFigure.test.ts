import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { currentCase, noticesOf, testBench } from '../helpers/app.ts';
import { fillBench } from '../helpers/judgeApp.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a figure takes in cases of the bench; what is on screen stays there', async () => {
  const app = await testBench().open();
  await fillBench(app);
  const titles = () => app.commands.benchCases().map(({ title }) => title);
  expect(titles()).toEqual(['001', '002']);
  await app.bench.commands.openInLook('001', 'bravo');
  await app.idle();
  const { id } = currentCase(app);
  expect(titles()).toEqual(['002']);
  await app.commands.takeFromBench('002');
  await app.idle();
  expect(titles()).toEqual([]);
  expect(app.state.currentCaseId).toBe(id);
  const taken = app.state.cases.find((item) => item.id !== id);
  expect(taken?.methods.map(({ title }) => title)).toEqual(['alpha', 'bravo', 'charlie']);
  const picture = await app.commands.figurePicture(taken?.id ?? '', {
    kind: 'output',
    method: taken?.methods[0]?.methodId ?? '',
  });
  expect([picture?.width, picture?.height]).toEqual([taken?.gt?.width, taken?.gt?.height]);
  expect(noticesOf(app, 'error')).toEqual([]);
  await app.close();
});
