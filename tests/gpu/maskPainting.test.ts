import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { MaskCommands, MaskPlace } from '../../src/app/model.ts';
import type { Gray8 } from '../../src/core/image/types.ts';
import { featheredMask } from '../../src/core/inspect/maskFeather.ts';
import type { Rectangle } from '../../src/core/metrics/regionRule.ts';
import { createBrush } from '../../src/ui/mask/brush-state.ts';
import { paintPart, paintTint } from '../../src/ui/mask/paint.ts';
import { createMaskSession } from '../../src/ui/mask/session.ts';
import { createStroke } from '../../src/ui/mask/stroke-state.ts';
import { makeMaskTint } from '../../src/ui/mask/tint.ts';
import { OVERLAY_RGB } from '../../src/ui/viewer/overlay.ts';

const PLACE: MaskPlace = { caseId: 'c', target: 'person' };

/** What the page's commands are told. */
function listener() {
  const kept: Uint8Array[] = [];
  const told: string[] = [];
  const commands: MaskCommands = {
    openMask: async () => null,
    touchMask: () => void told.push('touch'),
    keepMask: async (_, mask) => {
      told.push('keep');
      kept.push(mask.data.slice());
    },
    featheredMask: async (mask, sigma) => featheredMask(mask, sigma),
    applyMask: async (_, closed) => void told.push(closed ? 'close' : 'apply'),
    originalMask: async () => undefined,
    maskFile: async () => null,
  };
  return { commands, kept, told };
}

const empty = (width: number, height: number): Gray8 => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** A pane of 200×200 in which a mask of 100×100 lies at 2:1, with a brush of 20 pixels, hard. */
function openPane(scale = 2) {
  return createRoot(() => {
    const heard = listener();
    const mask = empty(100, 100);
    const drawn: Rectangle[] = [];
    const place = { x: 0, y: 0, width: 100 * scale, height: 100 * scale };
    const frame = () => ({ width: 100, height: 100 });
    const session = createMaskSession(heard.commands, PLACE, mask, (part) => drawn.push(part));
    const brush = createBrush(frame);
    brush.setSize(20);
    brush.setSoftness(0);
    const stroke = createStroke({ brush, session: () => session, place: () => place, frame });
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 200, height: 200 });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no 2-D canvas');
    const pixel = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
    return { ...heard, mask, drawn, place, session, brush, stroke, context, pixel };
  });
}

const INSIDE = [...OVERLAY_RGB, 255];
const OUTSIDE = [0, 0, 0, 0];

describe('painting', () => {
  it('puts a stroke into the mask and its pixels onto the pane, and no others', async () => {
    const { stroke, mask, drawn, context, place, pixel, session } = openPane();
    context.fillStyle = 'rgb(9 9 9)';
    context.fillRect(0, 0, 200, 200);
    expect(stroke.drag.begin({ x: 60, y: 100 })).toBe(true);
    stroke.drag.move({ x: 140, y: 100 });
    await nextFrame();
    // From 30 to 70 on row 50, a radius of 10 around it.
    expect(drawn).toEqual([{ x: 20, y: 40, width: 60, height: 20 }]);
    expect([mask.data[50 * 100 + 45], mask.data[50 * 100 + 85]]).toEqual([255, 0]);
    for (const part of drawn) paintPart(context, session.mask, place, part);
    expect(pixel(100, 100)).toEqual(INSIDE);
    expect(pixel(42, 82)).toEqual(OUTSIDE);
    expect(pixel(100, 150)).toEqual([9, 9, 9, 255]);
    stroke.drag.end(true);
  });

  it('shows the same whether a pane is drawn in parts or as a whole', async () => {
    for (const scale of [2, 1, 0.5]) {
      const { stroke, context, place, session, mask } = openPane(scale);
      stroke.drag.begin({ x: 30 * scale, y: 50 * scale });
      stroke.drag.move({ x: 70 * scale, y: 60 * scale });
      stroke.drag.end(true);
      await nextFrame();
      paintTint(context, session, place);
      const side = 100 * scale;
      const whole = context.getImageData(0, 0, side, side).data;
      paintPart(context, mask, place, { x: 0, y: 0, width: 100, height: 100 });
      const parts = context.getImageData(0, 0, side, side).data;
      const off = whole.filter((level, i) => Math.abs(level - (parts[i] ?? 0)) > 1).length;
      expect(whole.some((level) => level > 0)).toBe(true);
      // Reduced, edges are blended a little differently.
      expect(off / whole.length).toBeLessThan(scale < 1 ? 0.04 : 0.0001);
    }
  });

  it('tells by its strength what counts as inside', () => {
    const mask = empty(2, 1);
    mask.data.set([127, 128]);
    const tint = makeMaskTint(mask);
    const alphas = tint?.canvas.getContext('2d')?.getImageData(0, 0, 2, 1).data;
    expect([alphas?.[3], alphas?.[7]]).toEqual([51, 128]);
  });

  it('keeps each stroke, and everything before it is left', async () => {
    const { stroke, session, kept, told, mask } = openPane();
    stroke.drag.begin({ x: 100, y: 100 });
    expect(session.saved()).toBe(true);
    stroke.drag.end(true);
    expect(session.saved()).toBe(false);
    await session.close();
    expect(session.saved()).toBe(true);
    expect(told).toEqual(['touch', 'keep', 'close']);
    expect(kept.at(-1)).toEqual(mask.data);
    expect(kept.at(-1)?.[50 * 100 + 50]).toBe(255);
  });

  it('forgets a stroke that became a pinch, and takes strokes back and makes them again', async () => {
    const { stroke, session, mask, told } = openPane();
    stroke.drag.begin({ x: 100, y: 100 });
    stroke.drag.end(false);
    expect(Math.max(...mask.data)).toBe(0);
    expect([session.canUndo(), session.canRedo(), told]).toEqual([false, false, ['touch']]);
    stroke.drag.begin({ x: 100, y: 100 });
    stroke.drag.end(true);
    session.undo();
    expect([Math.max(...mask.data), session.canRedo()]).toEqual([0, true]);
    session.redo();
    expect([mask.data[5050], session.canUndo()]).toEqual([255, true]);
    await session.close();
  });

  it('waits for a mask that is softened elsewhere: a step of its own, and nothing is painted meanwhile', async () => {
    const { stroke, session, mask, commands, kept } = openPane();
    stroke.drag.begin({ x: 100, y: 100 });
    stroke.drag.end(true);
    const softened = featheredMask(mask, 3);
    session.replace((now) => commands.featheredMask(now, 3));
    expect([session.busy(), session.saved(), session.canUndo()]).toEqual([true, false, false]);
    stroke.drag.begin({ x: 20, y: 20 });
    stroke.drag.end(true);
    session.undo();
    // Whoever leaves meanwhile loses nothing.
    await session.close();
    expect(mask.data).toEqual(softened.data);
    expect(kept.at(-1)).toEqual(softened.data);
    session.undo();
    expect([mask.data[50 * 100 + 50], mask.data[10 * 100 + 10]]).toEqual([255, 0]);
    session.replace(async () => null);
    await expect.poll(() => session.busy()).toBe(false);
    expect(mask.data[50 * 100 + 50]).toBe(255);
    await session.close();
  });

  it('goes by keys: arrows move, a held key paints, corners close to a lasso', () => {
    const { stroke, brush, mask } = openPane();
    stroke.press();
    expect(mask.data[5050]).toBe(255);
    expect(stroke.spoken()).toBe('50, 50: inside');
    for (let i = 0; i < 4; i += 1) stroke.step(1, 0);
    stroke.lift();
    expect([stroke.cursor(), mask.data[50 * 100 + 75]]).toEqual([{ x: 70, y: 50 }, 255]);
    for (let i = 0; i < 6; i += 1) stroke.step(1, 0);
    expect([mask.data[50 * 100 + 95], stroke.spoken()]).toEqual([0, '99, 50: outside']);
    brush.setTool('lasso');
    brush.turn();
    for (const [x, y] of [
      [-1, -1],
      [-1, 1],
      [1, 1],
    ] as const) {
      for (let i = 0; i < 30; i += 1) stroke.step(x, y);
      stroke.press();
    }
    expect(stroke.corners()).toHaveLength(3);
    stroke.finish();
    expect(stroke.corners()).toEqual([]);
    expect(mask.data[50 * 100 + 45]).toBe(0);
  });
});
