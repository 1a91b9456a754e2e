import { describe, expect, it } from 'vitest';
import { createGestureTracker, type GestureTracker } from '../../src/ui/viewer/gesture-tracker.ts';
import {
  frameRect,
  type Point,
  panBy,
  type Size,
  toggleFit,
  type Viewport,
  zoomBy,
} from '../../src/ui/viewer/viewport.ts';

const FRAME: Size = { width: 4000, height: 3000 };
const PANE: Size = { width: 400, height: 300 };
const START: Viewport = { fit: false, scale: 0.5, x: 0.5, y: 0.5 };

/** Fingers on a real viewport, at two device pixels per CSS pixel, and what a tool heard of them. */
function hand({ tool = false } = {}) {
  let view = START;
  const heard: string[] = [];
  const tracker = createGestureTracker(
    {
      pan: (by) => {
        view = panBy(view, FRAME, PANE, by);
      },
      zoom: (factor, anchor) => {
        view = zoomBy(view, FRAME, PANE, factor, anchor);
      },
      doubleTap: (anchor) => {
        view = toggleFit(view, FRAME, PANE, anchor);
      },
      drag: {
        begin: ({ x, y }, pressure) => {
          heard.push(`begin ${x} ${y} ${pressure}`);
          return tool;
        },
        move: ({ x, y }, pressure) => heard.push(`move ${x} ${y} ${pressure}`),
        end: (keep) => heard.push(`end ${keep}`),
      },
    },
    () => 2,
  );
  return {
    ...fingers(tracker),
    view: () => view,
    heard,
    /** What of the picture lies under a point of the pane, in its pixels. */
    under: (point: Point): Point => {
      const place = frameRect(view, FRAME, PANE);
      const scale = place.width / FRAME.width;
      return { x: (point.x - place.x) / scale, y: (point.y - place.y) / scale };
    },
  };
}

function fingers(tracker: GestureTracker) {
  const touch = (x: number, y: number, pressure = 1) => ({ point: { x, y }, pressure });
  return {
    press: (id: number, x: number, y: number, tool = true) => tracker.down(id, touch(x, y), tool),
    move: (id: number, ...places: readonly (readonly [number, number, number?])[]) =>
      tracker.move(
        id,
        places.map(([x, y, pressure]) => touch(x, y, pressure)),
      ),
    lift: (id: number, at = 0) => tracker.up(id, true, at),
    lose: (id: number) => tracker.up(id, false, 0),
    tap: (x: number, y: number, at: number) => {
      tracker.down(1, touch(x, y), true);
      tracker.up(1, true, at);
    },
  };
}

const near = (a: Point, b: Point) => {
  // The picture stands on whole device pixels, which are two of its own at half size.
  expect(Math.abs(a.x - b.x)).toBeLessThanOrEqual(2);
  expect(Math.abs(a.y - b.y)).toBeLessThanOrEqual(2);
};

describe('one pointer', () => {
  it('moves the picture with it', () => {
    const { press, move, under } = hand();
    const grabbed = under({ x: 100, y: 100 });
    press(1, 100, 100);
    move(1, [130, 80]);
    near(under({ x: 130, y: 80 }), grabbed);
    move(1, [131, 81]);
    near(under({ x: 131, y: 81 }), grabbed);
  });

  it('does not move it while it only trembles', () => {
    const { press, move, view } = hand();
    press(1, 100, 100);
    move(1, [104, 103]);
    expect(view()).toEqual(START);
  });

  it('moves nothing that it did not press', () => {
    const { move, view } = hand();
    move(1, [50, 50]);
    expect(view()).toEqual(START);
  });
});

describe('two fingers', () => {
  it('zoom by how they part, and what is under them stays there', () => {
    const { press, move, under, view } = hand();
    press(1, 150, 150);
    press(2, 250, 150);
    const [left, right] = [under({ x: 150, y: 150 }), under({ x: 250, y: 150 })];
    for (let step = 1; step <= 10; step += 1) {
      move(1, [150 - 5 * step, 150]);
      move(2, [250 + 5 * step, 150]);
    }
    expect(view().scale).toBeCloseTo(1, 6);
    near(under({ x: 100, y: 150 }), left);
    near(under({ x: 300, y: 150 }), right);
  });

  it('zoom about the finger that rests', () => {
    const { press, move, under } = hand();
    press(1, 80, 60);
    press(2, 180, 120);
    const rested = under({ x: 80, y: 60 });
    for (let step = 1; step <= 20; step += 1) move(2, [180 + 5 * step, 120 + 3 * step]);
    near(under({ x: 80, y: 60 }), rested);
  });

  it('move the picture together without zooming it', () => {
    const { press, move, under, view } = hand();
    press(1, 150, 150);
    press(2, 250, 150);
    const grabbed = under({ x: 200, y: 150 });
    for (let step = 1; step <= 20; step += 1) {
      move(1, [150 + 2 * step, 150 - step]);
      move(2, [250 + 2 * step, 150 - step]);
    }
    expect(view().scale).toBeCloseTo(0.5, 6);
    near(under({ x: 240, y: 130 }), grabbed);
  });

  it('pass on to one without a jump when the other is lifted', () => {
    const { press, move, lift, under } = hand();
    press(1, 150, 150);
    press(2, 250, 150);
    move(2, [260, 150]);
    lift(1);
    const grabbed = under({ x: 260, y: 150 });
    move(2, [280, 160]);
    near(under({ x: 280, y: 160 }), grabbed);
  });

  it('end in fit when they close in as far as it goes', () => {
    const { press, move, view } = hand();
    press(1, 0, 150);
    press(2, 400, 150);
    move(2, [2, 150]);
    expect(view().fit).toBe(true);
  });

  it('at one place do not zoom', () => {
    const { press, move, view } = hand();
    press(1, 150, 150);
    press(2, 150, 150);
    move(2, [170, 150]);
    expect(view().scale).toBe(0.5);
  });
});

describe('two taps', () => {
  it('at one place go to fit and back to 1:1 there', () => {
    const { tap, view } = hand();
    tap(120, 90, 1000);
    tap(124, 92, 1200);
    expect(view().fit).toBe(true);
    tap(120, 90, 2000);
    tap(120, 90, 2100);
    expect(view()).toMatchObject({ fit: false, scale: 1 });
  });

  it.each([
    ['too late after each other', [120, 90, 1000], [120, 90, 1400]],
    ['too far from each other', [120, 90, 1000], [220, 90, 1100]],
  ] as const)('%s are two single ones', (_, [x1, y1, at1], [x2, y2, at2]) => {
    const { tap, view } = hand();
    tap(x1, y1, at1);
    tap(x2, y2, at2);
    expect(view()).toEqual(START);
  });

  it('of which one was a drag or a pinch are none', () => {
    const { tap, press, move, lift, view } = hand();
    tap(120, 90, 1000);
    press(1, 120, 90);
    press(2, 130, 90);
    lift(2, 1100);
    lift(1, 1100);
    expect(view()).toEqual(START);
    press(1, 120, 90);
    move(1, [140, 90], [120, 90]);
    lift(1, 1150);
    expect(view().fit).toBe(false);
  });
});

describe('a tool', () => {
  it('has a drag to itself, with every place it came through', () => {
    const { press, move, lift, heard, view } = hand({ tool: true });
    press(1, 10, 20);
    move(1, [15, 20, 0.5], [30, 20, 0.7]);
    lift(1);
    expect(heard).toEqual(['begin 10 20 1', 'move 15 20 0.5', 'move 30 20 0.7', 'end true']);
    expect(view()).toEqual(START);
  });

  it('loses it to a second finger, which zooms', () => {
    const { press, move, heard, view } = hand({ tool: true });
    press(1, 150, 150);
    move(1, [160, 150]);
    press(2, 260, 150);
    move(2, [360, 150]);
    expect(heard.at(-1)).toBe('end false');
    expect(view().scale).toBeCloseTo(1, 6);
  });

  it('loses it when the browser takes the pointer away', () => {
    const { press, lose, heard } = hand({ tool: true });
    press(1, 150, 150);
    lose(1);
    expect(heard.at(-1)).toBe('end false');
  });

  it('is not asked where the drag is not for tools', () => {
    const { press, move, heard, view } = hand({ tool: true });
    press(1, 100, 100, false);
    move(1, [150, 100]);
    expect(heard).toEqual([]);
    expect(view()).not.toEqual(START);
  });
});
