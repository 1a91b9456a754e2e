import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { overlayRegionsOf } from '../../src/app/lookSettings.ts';
import { bright, currentCase, dark, mask, testBench } from '../helpers/app.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('the overlay follows the region that is chosen, among those the case has', async () => {
  const app = await testBench().open();
  await app.commands.addFiles([
    await dark('001_input.png'),
    await bright('001_gt.png'),
    await mask('001_mask.png'),
    await mask('001_hairmask.png', undefined, 6),
  ]);
  await app.idle();
  const overlay = () => currentCase(app).overlay;
  expect(overlayRegionsOf(currentCase(app))).toEqual(['person', 'background', 'boundary', 'hair']);
  const seen = [overlay()];
  for (const overlayRegion of ['background', 'boundary', 'hair'] as const) {
    app.commands.setView({ overlayRegion });
    await app.idle();
    expect(overlay()).not.toBeNull();
    seen.push(overlay());
  }
  expect(new Set(seen).size).toBe(4);
  app.commands.setView({ boundaryRadius: 3 });
  await app.idle();
  expect(overlay()).toBe(seen[3]);
  app.commands.setView({ overlayRegion: 'boundary' });
  await app.idle();
  app.commands.setView({ boundaryRadius: 5 });
  await app.idle();
  const wide = overlay();
  expect(seen).not.toContain(wide);
});

test('a case without the chosen mask shows the person’s; with none it has no overlay', async () => {
  const app = await testBench().open();
  app.commands.setView({ overlayRegion: 'sky', autoMask: false });
  await app.commands.addFiles([await dark('001_input.png'), await mask('001_mask.png')]);
  await app.idle();
  expect(currentCase(app).overlay).not.toBeNull();
  await app.commands.removePicture(currentCase(app).id, 'mask');
  await app.idle();
  expect(currentCase(app).overlay).toBeNull();
  expect(overlayRegionsOf(currentCase(app))).toEqual([]);
});
