import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/app/createApp.ts';
import { fillEdit } from '../../src/core/inspect/maskEdit.ts';
import { featheredMask } from '../../src/core/inspect/maskFeather.ts';
import { createBrush } from '../../src/ui/mask/brush-state.ts';
import { createMaskSession, type MaskSession } from '../../src/ui/mask/session.ts';
import { createStroke } from '../../src/ui/mask/stroke-state.ts';
import { bright, currentCase, dark, mask, testBench } from '../helpers/app.ts';
import { stubDrawing } from '../helpers/noDrawing.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  stubDrawing();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function painting(): Promise<{ app: App; session: MaskSession }> {
  const app = await testBench().open();
  await app.commands.addFiles([
    await dark('001_input.png'),
    await bright('001_gt.png'),
    await mask('001_mask.png'),
  ]);
  await app.idle();
  const place = { caseId: currentCase(app).id, target: 'person' } as const;
  const levels = await app.commands.openMask(place);
  if (levels === null) throw new Error('There is no mask to paint on.');
  return { app, session: createMaskSession(app.commands, place, levels, () => undefined) };
}

const hashOf = (app: App) => currentCase(app).mask?.sha256;

/** Begins to soften the session's mask; the returned function ends it. */
function softening(session: MaskSession): () => void {
  let done = (): void => undefined;
  session.replace(
    (levels) =>
      new Promise((resolve) => {
        done = () => resolve(featheredMask(levels, 2));
      }),
  );
  return () => done();
}

describe('a mask that is being softened', () => {
  it('is kept though painting ends before that is done, and counts as unsaved until then', async () => {
    const { app, session } = await painting();
    const before = hashOf(app);
    const done = softening(session);
    expect([session.busy(), session.saved()]).toEqual([true, false]);
    const closed = session.close();
    expect(session.saved()).toBe(false);
    done();
    await closed;
    expect(session.saved()).toBe(true);
    expect(hashOf(app)).not.toBe(before);
  });

  it('does not come back where its mask went meanwhile', async () => {
    const { app, session } = await painting();
    const done = softening(session);
    await app.commands.removePicture(currentCase(app).id, 'mask');
    session.discard();
    const closed = session.close();
    done();
    await closed;
    await app.idle();
    expect(currentCase(app).mask).toBeNull();
  });
});

describe('a stroke', () => {
  it('does not begin where it would be lost, and a lasso waits to be closed', async () => {
    const { session } = await painting();
    const size = { width: session.mask.width, height: session.mask.height };
    const frame = () => size;
    const place = () => ({ x: 0, y: 0, ...size });
    const { brush, stroke } = createRoot(() => {
      const brush = createBrush(frame);
      return { brush, stroke: createStroke({ brush, session: () => session, place, frame }) };
    });
    const levels = session.mask.data.slice();
    brush.setTool('lasso');
    for (const step of [1, 0, -1]) {
      stroke.press();
      stroke.step(step, 1 - Math.abs(step));
    }
    const done = softening(session);
    stroke.finish();
    expect(stroke.corners()).toHaveLength(3);
    brush.setTool('brush');
    expect(stroke.drag.begin({ x: 2, y: 2 })).toBe(false);
    stroke.press();
    stroke.lift();
    expect(session.mask.data).toEqual(levels);
    done();
    await vi.waitFor(() => expect(session.busy()).toBe(false));
    stroke.finish();
    expect(stroke.corners()).toEqual([]);
    expect(stroke.drag.begin({ x: 2, y: 2 })).toBe(true);
    stroke.drag.end(true);
    await session.close();
  });

  it('is dropped where the mask gives way to another one while it is made', async () => {
    const { app, session } = await painting();
    const [before, levels] = [hashOf(app), session.mask.data.slice()];
    session.begin();
    session.piece(fillEdit(session.mask, 255));
    session.discard();
    await session.close();
    expect(session.mask.data).toEqual(levels);
    expect(hashOf(app)).toBe(before);
  });
});
