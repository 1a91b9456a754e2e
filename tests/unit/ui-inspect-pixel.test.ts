import { describe, expect, it } from 'vitest';
import { besidePoint, lensGrid } from '../../src/ui/inspect/beside.ts';
import { movedPlace, pixelAt, placeInFrame } from '../../src/ui/inspect/place-state.ts';
import { numbersIn } from '../../src/ui/inspect/values.ts';
import { FIT } from '../../src/ui/viewer/viewport.ts';

describe('the place under the pointer', () => {
  const frame = { width: 100, height: 50 };
  const pane = { width: 200, height: 200 };

  it('is a part of the frame, whatever the zoom', () => {
    // Fitted, the frame is 200 × 100 and stands 50 from the top.
    expect(placeInFrame({ x: 50, y: 75 }, FIT, frame, pane)).toEqual({ x: 0.25, y: 0.25 });
    const close = { fit: false, scale: 8, x: 0.5, y: 0.5 };
    expect(placeInFrame({ x: 100, y: 100 }, close, frame, pane)).toEqual({ x: 0.5, y: 0.5 });
    expect(placeInFrame({ x: 108, y: 100 }, close, frame, pane)?.x).toBeCloseTo(0.51, 10);
  });

  it('is none beside the frame', () => {
    expect(placeInFrame({ x: 50, y: 20 }, FIT, frame, pane)).toBeNull();
    expect(placeInFrame({ x: 50, y: 150 }, FIT, frame, pane)).toBeNull();
  });
});

describe('the pixel at a place', () => {
  const frame = { width: 100, height: 50 };

  it('is the same part of pictures of other sizes', () => {
    expect(pixelAt({ x: 0.255, y: 0.5 }, frame, frame)).toEqual({ x: 25, y: 25 });
    expect(pixelAt({ x: 0.255, y: 0.5 }, frame, { width: 400, height: 200 })).toEqual({
      x: 102,
      y: 100,
    });
    expect(pixelAt({ x: 0.999, y: 0.999 }, frame, frame)).toEqual({ x: 99, y: 49 });
  });

  it('is none where a picture of another shape does not reach', () => {
    const square = { width: 50, height: 50 };
    expect(pixelAt({ x: 0.1, y: 0.5 }, frame, square)).toBeNull();
    expect(pixelAt({ x: 0.25, y: 0.5 }, frame, square)).toEqual({ x: 0, y: 25 });
  });
});

describe('a place that keys move', () => {
  const frame = { width: 100, height: 50 };

  it('goes on by whole pixels, onto their middles, and stays within the frame', () => {
    expect(movedPlace({ x: 0.5, y: 0.5 }, { x: 1, y: -1 }, frame)).toEqual({ x: 0.515, y: 0.49 });
    expect(movedPlace({ x: 0.99, y: 0 }, { x: 16, y: -1 }, frame)).toEqual({ x: 0.995, y: 0.01 });
  });
});

describe('a box beside a point', () => {
  const room = { width: 400, height: 300 };
  const box = { width: 100, height: 50 };

  it('stands beneath it, above where there is no room, and within the edges', () => {
    expect(besidePoint({ x: 200, y: 100 }, box, room)).toEqual({ x: 150, y: 128 });
    expect(besidePoint({ x: 200, y: 290 }, box, room)).toEqual({ x: 150, y: 212 });
    expect(besidePoint({ x: 2, y: 0 }, box, room)).toEqual({ x: 8, y: 28 });
    expect(besidePoint({ x: 399, y: 0 }, box, room).x).toBe(292);
  });
});

describe('the lenses of the magnifier', () => {
  it('stand in one row as long as they are large enough there, within the stage', () => {
    expect(lensGrid(2, 1100)).toMatchObject({ columns: 2, side: 168 });
    expect(lensGrid(6, 712)).toMatchObject({ columns: 6, side: 113 });
    for (const count of [1, 2, 3, 4, 5, 6]) {
      const { columns, side } = lensGrid(count, 390);
      expect(columns * (side + 2)).toBeLessThanOrEqual(390 - 16);
      expect(side).toBeGreaterThanOrEqual(104);
    }
  });

  it('stand in rows as full as they can be where they do not fit', () => {
    expect(lensGrid(4, 390)).toMatchObject({ columns: 2, side: 120 });
    expect(lensGrid(6, 390)).toMatchObject({ columns: 3, side: 120 });
  });
});

describe('the size of all lenses together', () => {
  it('has a gap around each of them, and a last row that is not full', () => {
    expect(lensGrid(2, 1100)).toMatchObject({ width: 342, height: 172 });
    expect(lensGrid(5, 390)).toMatchObject({ columns: 3, side: 120, width: 368, height: 246 });
  });

  it('keeps them above a point where beneath it only fewer of them have room', () => {
    const room = { width: 390, height: 500 };
    const point = { x: 195, y: 280 };
    expect(besidePoint(point, lensGrid(1, 390), room).y).toBe(308);
    expect(besidePoint(point, lensGrid(4, 390), room).y).toBe(8);
  });
});

describe('a preview', () => {
  it('fills the frame whatever its own size', () => {
    const frame = { width: 100, height: 50 };
    const reduced = { width: 30, height: 30 };
    expect(pixelAt({ x: 0.99, y: 0.5 }, frame, reduced, true)).toEqual({ x: 29, y: 15 });
    expect(pixelAt({ x: 0.99, y: 0.5 }, frame, reduced)).toBeNull();
  });
});

describe('numbers in pixels', () => {
  it('come as soon as they can be read', () => {
    expect(numbersIn(8)).toBe('none');
    expect(numbersIn(24)).toBe('luma');
    expect(numbersIn(40)).toBe('rgb');
  });
});
