import { describe, expect, it } from 'vitest';
import { makePace } from '../../src/ui/viewer/pace.ts';

/** A pace on a clock of its own; every drawing takes `cost` ms where all of it is drawn. */
function paced(cost: number) {
  const own = { cost, steps: [] as number[] };
  let clock = 0;
  const pace = makePace(() => clock);
  const draw = (step: number) => {
    own.steps.push(step);
    clock += own.cost / step ** 2;
  };
  return {
    /** Draws on these canvases one after another; how finely. */
    frame: (canvases: readonly object[], moving: boolean): readonly number[] => {
      own.steps = [];
      for (const canvas of canvases) pace(canvas, moving, draw);
      return own.steps;
    },
    setCost: (next: number) => {
      own.cost = next;
    },
  };
}

describe('the pace of a drawing', () => {
  it('is coarse only while a hand moves and only where all of it costs too much', () => {
    const { frame, setCost } = paced(3);
    const canvas = {};
    const steps = (moves: readonly boolean[]) => moves.flatMap((moving) => frame([canvas], moving));
    expect(steps([false, true])).toEqual([1, 1]);
    setCost(20);
    expect(steps([true, true, false, true])).toEqual([1, 2, 1, 2]);
    setCost(3);
    expect(steps([false, true])).toEqual([1, 1]);
  });
});

describe('canvases that move together', () => {
  it('share the time of a frame', () => {
    const { frame } = paced(7);
    const [alone, ...others] = [{}, {}, {}, {}, {}, {}];
    const all = [alone, ...others];
    frame(all, false);
    expect(frame([alone], true)).toEqual([1]);
    frame(all, true);
    expect(frame(all, true)).toEqual([2, 2, 2, 2, 2, 2]);
    // The others are gone: after a frame, the one that is left has all of the time.
    frame([alone], true);
    expect(frame([alone], true)).toEqual([1]);
  });

  it('are not made finer by one of them that costs little, a lens for example', () => {
    const { frame, setCost } = paced(20);
    const [pane, lens] = [{}, {}];
    frame([pane], false);
    setCost(1);
    frame([lens], false);
    frame([pane, lens], true);
    expect(frame([pane, lens], true)).toEqual([2, 2]);
  });
});
