import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createMemo, createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { createMaskTool, type MaskTool } from '../../src/ui/mask/mask-state.ts';
import { FIT } from '../../src/ui/viewer/viewport.ts';
import { bright, currentCase, dark, mask, SIZE, testBench } from '../helpers/app.ts';
import { stubDrawing } from '../helpers/noDrawing.ts';

const page = new EventTarget();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', { activeElement: null });
  vi.stubGlobal('HTMLElement', class {});
  stubDrawing();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The tool on the person mask of an opened case, and how the softening it waits for ends. */
async function softening(): Promise<{ app: App; tool: MaskTool; soften: () => void }> {
  const bench = testBench();
  const app = await bench.open();
  await app.commands.addFiles([
    await dark('001_input.png'),
    await bright('001_gt.png'),
    await mask('001_mask.png'),
  ]);
  await app.idle();
  let soften = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    soften = resolve;
  });
  const { featheredMask } = app.commands;
  const commands = {
    ...app.commands,
    featheredMask: async (...values: Parameters<typeof featheredMask>) => {
      await until;
      return featheredMask(...values);
    },
  };
  const size = { width: SIZE[0], height: SIZE[1] };
  const tool = createRoot(() => {
    const current = createMemo(() => app.state.cases[0] ?? null);
    const lens = { frame: () => size, paneSize: () => size, viewport: () => FIT };
    return createMaskTool({ ...app, commands }, current, lens);
  });
  tool.paint('person');
  await vi.waitFor(() => expect(tool.session()).not.toBeNull());
  tool.feather();
  expect(tool.busy('person')).toBe(true);
  return { app, tool, soften };
}

const hashOf = (app: App) => currentCase(app).mask?.sha256;

/** Whether the browser would ask before the page goes. */
const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** Until the tool has left what it painted before. */
const settled = (app: App, tool: MaskTool) =>
  vi.waitFor(async () => {
    await app.idle();
    expect([tool.session() === null, asks()]).toEqual([tool.painting() === null, false]);
  });

describe('a mask that arrives while another is softened', () => {
  for (const leaves of [false, true]) {
    it(`stays, ${leaves ? 'though painting has ended before' : 'and is painted on'}`, async () => {
      const { app, tool, soften } = await softening();
      if (leaves) tool.paint(null);
      const before = hashOf(app);
      await app.commands.removePicture(currentCase(app).id, 'mask');
      await app.commands.addFiles([await mask('001_mask.png', SIZE, 3)]);
      const other = hashOf(app);
      expect([before, undefined]).not.toContain(other);
      soften();
      await settled(app, tool);
      expect(hashOf(app)).toBe(other);
      expect(tool.busy('person')).toBe(false);
    });
  }
});

describe('a page', () => {
  it('asks before it goes until a mask is kept that is softened behind a closed tool', async () => {
    const { app, tool, soften } = await softening();
    const before = hashOf(app);
    expect(asks()).toBe(true);
    tool.paint(null);
    expect([tool.session(), asks()]).toEqual([null, true]);
    soften();
    await settled(app, tool);
    expect(hashOf(app)).not.toBe(before);
  });
});
