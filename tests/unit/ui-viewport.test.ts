import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestGrid,
  containIn,
  FIT,
  fitScale,
  frameRect,
  MAX_SCALE,
  type Point,
  panBy,
  resolveViewport,
  type Size,
  steppedScale,
  toggleFit,
  type Viewport,
  visiblePart,
  zoomBy,
  zoomTo,
} from '../../src/ui/viewer/viewport.ts';

const frame: Size = { width: 600, height: 800 };
const pane: Size = { width: 300, height: 300 };
const middle: Point = { x: 150, y: 150 };

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});
const views: fc.Arbitrary<Viewport> = fc.record({
  fit: fc.boolean(),
  scale: fc.double({ min: 0.001, max: 100, noNaN: true }),
  x: fc.double({ min: -1, max: 2, noNaN: true }),
  y: fc.double({ min: -1, max: 2, noNaN: true }),
});

/** The frame coordinate (0..1) that lies under a point of the pane. */
function under(view: Viewport, at: Point): Point {
  const { scale, x, y } = resolveViewport(view, frame, pane);
  return {
    x: x + (at.x - pane.width / 2) / (frame.width * scale),
    y: y + (at.y - pane.height / 2) / (frame.height * scale),
  };
}

describe('fit', () => {
  it('shows the whole frame, limited by its longer side', () => {
    expect(fitScale(frame, pane)).toBe(0.375);
    expect(frameRect(FIT, frame, pane)).toEqual({ x: 38, y: 0, width: 225, height: 300 });
  });

  it('follows the pane when its size changes', () => {
    expect(resolveViewport(FIT, frame, { width: 600, height: 900 }).scale).toBe(1);
  });

  it('enlarges a picture that is smaller than the pane', () => {
    expect(fitScale({ width: 7, height: 5 }, { width: 70, height: 70 })).toBe(10);
  });
});

describe('zoom', () => {
  it('keeps the point of the picture under the pointer in its place', () => {
    const start = zoomTo(FIT, frame, pane, 1, middle);
    for (const anchor of [middle, { x: 20, y: 250 }, { x: 299, y: 1 }]) {
      const before = under(start, anchor);
      const after = under(zoomBy(start, frame, pane, 3, anchor), anchor);
      expect(after.x).toBeCloseTo(before.x, 10);
      expect(after.y).toBeCloseTo(before.y, 10);
    }
  });

  it('goes there and back again', () => {
    const start = zoomTo(FIT, frame, pane, 2, middle);
    const anchor = { x: 40, y: 80 };
    const back = zoomBy(zoomBy(start, frame, pane, 1.7, anchor), frame, pane, 1 / 1.7, anchor);
    expect(back.scale).toBeCloseTo(start.scale, 10);
    expect(back.x).toBeCloseTo(start.x, 10);
    expect(back.y).toBeCloseTo(start.y, 10);
  });

  it('ends in fit when it is zoomed out as far as it goes', () => {
    expect(zoomBy(zoomTo(FIT, frame, pane, 4, middle), frame, pane, 1e-6, middle)).toEqual(FIT);
  });

  it('lets a picture smaller than the pane go down to 1:1 and no further', () => {
    const tiny = { width: 30, height: 30 };
    expect(zoomBy(FIT, tiny, pane, 1e-6, middle)).toMatchObject({ fit: false, scale: 1 });
  });

  it('stops at the largest scale', () => {
    expect(zoomBy(FIT, frame, pane, 1e6, middle).scale).toBe(MAX_SCALE);
  });

  it('toggles between fit and 1:1', () => {
    const actual = toggleFit(FIT, frame, pane, middle);
    expect(actual).toMatchObject({ fit: false, scale: 1 });
    expect(toggleFit(actual, frame, pane, middle)).toEqual(FIT);
  });

  it('never steps over 1:1', () => {
    expect(steppedScale(0.9, 1)).toBe(1);
    expect(steppedScale(1.2, -1)).toBe(1);
    expect(steppedScale(1, 1)).toBe(1.5);
    expect(steppedScale(1, -1)).toBeCloseTo(2 / 3, 12);
    expect(steppedScale(0.2, 1)).toBeCloseTo(0.3, 12);
  });
});

describe('pan', () => {
  it('moves the picture by the distance of the pointer', () => {
    const start = zoomTo(FIT, frame, pane, 2, middle);
    const moved = panBy(start, frame, pane, { x: 30, y: -50 });
    const from = frameRect(start, frame, pane);
    const to = frameRect(moved, frame, pane);
    expect([to.x - from.x, to.y - from.y]).toEqual([30, -50]);
  });

  it('stops at the edges', () => {
    const start = zoomTo(FIT, frame, pane, 1, middle);
    const corner = frameRect(panBy(start, frame, pane, { x: 9999, y: 9999 }), frame, pane);
    expect([corner.x, corner.y]).toEqual([0, 0]);
    const other = frameRect(panBy(start, frame, pane, { x: -9999, y: -9999 }), frame, pane);
    expect([other.x + other.width, other.y + other.height]).toEqual([300, 300]);
  });

  it('does nothing while the whole frame is shown', () => {
    expect(panBy(FIT, frame, pane, { x: 50, y: 50 })).toEqual(FIT);
  });

  it('centres what is smaller than the pane and fills it with what is larger, always', () => {
    fc.assert(
      fc.property(sizes, sizes, views, (someFrame, somePane, view) => {
        const place = frameRect(view, someFrame, somePane);
        for (const [start, length, room] of [
          [place.x, place.width, somePane.width],
          [place.y, place.height, somePane.height],
        ] as const) {
          if (length <= room) {
            expect(Math.abs(start + length / 2 - room / 2)).toBeLessThanOrEqual(0.5 + 1e-6);
          } else {
            expect(start).toBeLessThanOrEqual(1e-6);
            expect(start + length).toBeGreaterThanOrEqual(room - 0.5 - length * 1e-9);
          }
        }
      }),
    );
  });
});

describe('pictures of other sizes', () => {
  it('show the same part of the scene', () => {
    const view = zoomTo(FIT, frame, pane, 2, { x: 10, y: 290 });
    const place = frameRect(view, frame, pane);
    expect(containIn(place, { width: 1200, height: 1600 })).toEqual(place);
  });

  it('keep their shape inside the frame', () => {
    const place = { x: 10, y: 20, width: 300, height: 400 };
    expect(containIn(place, { width: 100, height: 100 })).toEqual({
      x: 10,
      y: 70,
      width: 300,
      height: 300,
    });
  });

  it('are drawn only where they are seen', () => {
    const place = { x: -1000, y: -50, width: 6000, height: 8000 };
    expect(visiblePart(place, frame, pane)).toEqual({ x: 99, y: 4, width: 32, height: 32 });
    expect(visiblePart({ x: 400, y: 0, width: 600, height: 800 }, frame, pane)).toBeNull();
  });
});

describe('bestGrid', () => {
  const portrait = { width: 3, height: 4 };

  it('puts portraits side by side on a desktop', () => {
    expect(bestGrid(3, { width: 1100, height: 750 }, portrait, 32, 12)).toEqual({
      columns: 3,
      rows: 1,
    });
  });

  it('stacks landscapes on a phone', () => {
    expect(bestGrid(2, { width: 374, height: 640 }, { width: 4, height: 3 }, 32, 12)).toEqual({
      columns: 1,
      rows: 2,
    });
  });

  it('does not break the row for a little gain', () => {
    expect(bestGrid(3, { width: 690, height: 640 }, { width: 656, height: 816 }, 32, 12)).toEqual({
      columns: 3,
      rows: 1,
    });
  });

  it('is never clearly beaten by another number of columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), sizes, sizes, (count, stage, shape) => {
        const scaleFor = (columns: number) => {
          const rows = Math.ceil(count / columns);
          return fitScale(shape, { width: stage.width / columns, height: stage.height / rows });
        };
        const chosen = scaleFor(bestGrid(count, stage, shape, 0, 0).columns);
        for (let columns = 1; columns <= count; columns++) {
          expect(chosen * 1.15).toBeGreaterThanOrEqual(scaleFor(columns));
        }
      }),
    );
  });
});
