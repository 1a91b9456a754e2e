import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { columnOf } from '../../src/core/bench/types.ts';
import { bright, currentCase, dark, mask, noticesOf, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('takes the Look page’s own cases into the set, with what was said and found', async () => {
  const app = await testBench().open();
  await app.commands.addFiles([
    await dark('001_input.png'),
    await bright('001_gt.png'),
    await mask('001_mask.png'),
    await bright('001_net_a.png', 2),
  ]);
  await app.idle();
  const note = { kind: 'note', id: 'n', method: 'net_a', text: 'a rim' } as const;
  await app.commands.say(currentCase(app).id, note);
  await app.commands.setShift({ dx: 1, dy: -2 });
  await app.idle();

  // Another case of that name is in the set already: neither takes the other's place.
  const file = new File([await bright('001.png', 5)], '001.png', { lastModified: 1 });
  await app.bench.commands.add([{ path: 'set/gt/001.png', file }]);
  await app.bench.commands.addFromLook();
  const { state } = app.bench;
  expect(state.cases.map(({ id }) => id)).toEqual(['001', '001-look1']);
  expect(state.cases[1]).toMatchObject({
    input: 'Look/input/001-look1.png',
    gt: 'Look/gt/001-look1.png',
    mask: 'Look/mask_personmask/001-look1.png',
    outputs: { net_a: 'Look/net_a/001-look1.png' },
  });
  expect(currentCase(app)).toMatchObject({ benchCase: '001-look1', shift: { dx: 1, dy: -2 } });
  expect(state.remarks['001-look1']?.notes[0]).toMatchObject({ method: 'net_a', text: 'a rim' });
  expect(state.shifts).toEqual({ '001-look1': { net_a: { dx: 1, dy: -2 } } });
  expect(app.state.remarks).toEqual({});

  await app.bench.commands.measure();
  expect(columnOf(state.table, 'net_a', 'psnr:global')[1]).toBeGreaterThan(0);
  await app.bench.commands.openInLook('001-look1', 'net_a');
  await app.idle();
  expect(app.state.cases).toHaveLength(1);

  await app.bench.commands.addFromLook();
  expect(noticesOf(app, 'error').at(-1)).toContain('no case on the Look page');
  expect(state.cases).toHaveLength(2);
});

it('leaves a case without input and ground truth where it is: nothing would tell it again', async () => {
  const app = await testBench().open();
  await app.commands.addFiles([await bright('007_output.png')]);
  await app.idle();
  expect(currentCase(app)).toMatchObject({ input: null, gt: null, benchCase: null });
  await app.bench.commands.addFromLook();
  expect(noticesOf(app, 'error').at(-1)).toContain('no case on the Look page');
  expect(app.bench.state.cases).toEqual([]);
});
