import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppModel, CaseView } from '../../src/app/model.ts';
import type { Rectangle } from '../../src/core/metrics/regionRule.ts';
import { createLens } from '../../src/ui/viewer/lens.ts';
import { createRectangleTool } from '../../src/ui/viewer/rectangle-state.ts';
import { FIT } from '../../src/ui/viewer/viewport.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { devicePixelRatio: 1 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const FRAME = { width: 400, height: 300 };

describe('a hand on the pictures', () => {
  it('moves them until it has rested for a moment; keys and buttons do not', () => {
    const lens = createRoot(() => createLens(() => FRAME));
    lens.setPaneSize({ width: 200, height: 200 });
    lens.zoomStep(1);
    lens.fit();
    expect(lens.moving()).toBe(false);
    lens.zoomBy(1.2, { x: 10, y: 10 });
    expect(lens.moving()).toBe(true);
    vi.advanceTimersByTime(100);
    lens.panBy({ x: 3, y: 0 });
    vi.advanceTimersByTime(100);
    expect(lens.moving()).toBe(true);
    vi.advanceTimersByTime(100);
    expect(lens.moving()).toBe(false);
  });
});

describe('a rectangle that keys move', () => {
  const start: Rectangle = { x: 40, y: 30, width: 20, height: 10 };
  const tool = () => {
    const set: Array<Rectangle | null> = [];
    const commands = { setRectangle: async (next: Rectangle | null) => void set.push(next) };
    const item = { id: '1', rectangle: start };
    const rectangle = createRoot(() =>
      createRectangleTool({ commands } as unknown as AppModel, () => item as CaseView, {
        frame: () => FRAME,
        paneSize: () => FRAME,
        viewport: () => FIT,
      }),
    );
    return { set, rectangle };
  };

  it('is one change when they rest', () => {
    const { set, rectangle } = tool();
    for (let i = 0; i < 5; i += 1) rectangle.step(1, 0, false);
    expect(set).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(set).toEqual([{ ...start, x: 60 }]);
  });

  it('is settled at once before it is undone, and not again later', () => {
    const { set, rectangle } = tool();
    rectangle.step(0, 1, false);
    rectangle.settleRectangle();
    expect(set).toEqual([{ ...start, y: 34 }]);
    rectangle.settleRectangle();
    vi.advanceTimersByTime(1000);
    expect(set).toHaveLength(1);
  });
});
