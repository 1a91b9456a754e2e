import { describe, expect, it } from 'vitest';
import {
  dragged,
  type Grab,
  grabAt,
  moved,
  placed,
  resized,
} from '../../src/ui/viewer/rectangle.ts';

const picture = { width: 100, height: 80 };
const rectangle = { x: 20, y: 10, width: 40, height: 30 };

describe('what a press takes hold of', () => {
  it.each<[string, { x: number; y: number }, Grab]>([
    ['the middle', { x: 40, y: 25 }, { x: 0, y: 0 }],
    ['the left edge, from within', { x: 22, y: 25 }, { x: -1, y: 0 }],
    ['the left edge, from without', { x: 18, y: 25 }, { x: -1, y: 0 }],
    ['the lower right corner', { x: 61, y: 41 }, { x: 1, y: 1 }],
    ['the upper edge', { x: 40, y: 9 }, { x: 0, y: -1 }],
    ['far away', { x: 80, y: 25 }, 'new'],
    ['beside a corner', { x: 40, y: 60 }, 'new'],
  ])('%s', (_, point, grab) => {
    expect(grabAt(rectangle, point, 3)).toEqual(grab);
  });

  it('is nothing where there is no rectangle', () => {
    expect(grabAt(null, { x: 1, y: 1 }, 3)).toBe('new');
  });
});

describe('a drag', () => {
  it('draws whole pixels in any direction, within the picture', () => {
    const expected = { x: 0, y: 5, width: 31, height: 75 };
    const from = { x: 30.6, y: 5.2 };
    expect(dragged(null, 'new', from, { x: -20, y: 200 }, picture)).toEqual(expected);
    expect(dragged(rectangle, 'new', { x: -20, y: 200 }, from, picture)).toEqual(expected);
  });

  it('that encloses no pixel is nothing', () => {
    expect(dragged(null, 'new', { x: 30, y: 5 }, { x: 30.3, y: 40 }, picture)).toBeNull();
    expect(dragged(null, 'new', { x: 120, y: 5 }, { x: 150, y: 40 }, picture)).toBeNull();
  });

  it('moves the whole without changing its size', () => {
    const from = { x: 40, y: 25 };
    const grab = { x: 0, y: 0 } as const;
    expect(dragged(rectangle, grab, from, { x: 45.4, y: 20 }, picture)).toEqual({
      ...rectangle,
      x: 25,
      y: 5,
    });
    expect(dragged(rectangle, grab, from, { x: 400, y: -400 }, picture)).toEqual({
      ...rectangle,
      x: 60,
      y: 0,
    });
  });

  it('moves one edge, also across the opposite one', () => {
    const from = { x: 20, y: 25 };
    const grab = { x: -1, y: 0 } as const;
    expect(dragged(rectangle, grab, from, { x: 30, y: 70 }, picture)).toEqual({
      ...rectangle,
      x: 30,
      width: 30,
    });
    expect(dragged(rectangle, grab, from, { x: 75, y: 25 }, picture)).toEqual({
      ...rectangle,
      x: 60,
      width: 15,
    });
  });

  it('never leaves a rectangle without area', () => {
    const grab = { x: -1, y: 0 } as const;
    expect(dragged(rectangle, grab, { x: 20, y: 25 }, { x: 60, y: 25 }, picture)).toEqual(
      rectangle,
    );
  });
});

describe('the arrow keys', () => {
  it('move within the picture', () => {
    expect(moved(rectangle, { x: 5, y: -20 }, picture)).toEqual({ ...rectangle, x: 25, y: 0 });
    expect(moved(rectangle, { x: 500, y: 500 }, picture)).toEqual({ ...rectangle, x: 60, y: 50 });
  });

  it('resize down to a pixel and up to the edge of the picture', () => {
    expect(resized(rectangle, { x: -100, y: 4 }, picture)).toEqual({
      ...rectangle,
      width: 1,
      height: 34,
    });
    expect(resized(rectangle, { x: 500, y: 500 }, picture)).toEqual({
      ...rectangle,
      width: 80,
      height: 70,
    });
  });

  it('begin in the middle of what is seen', () => {
    expect(placed({ x: 10, y: 20, width: 50, height: 40 })).toEqual({
      x: 28,
      y: 34,
      width: 15,
      height: 12,
    });
    expect(placed({ x: 3, y: 3, width: 1, height: 1 })).toMatchObject({ width: 1, height: 1 });
  });
});
