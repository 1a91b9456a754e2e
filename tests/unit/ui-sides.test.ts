import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaneKey } from '../../src/app/model.ts';
import type { Shown } from '../../src/ui/viewer/panes.ts';
import { placesOf } from '../../src/ui/viewer/shared-places.ts';
import {
  linesFor,
  movedLine,
  rotated,
  sidesOf,
  toggledSide,
  waitingSide,
  withSide,
} from '../../src/ui/viewer/sides.ts';

const every: readonly PaneKey[] = ['input', 'method:a', 'output', 'method:c', 'gt'];

describe('the side that something is said over', () => {
  const sides = ['input', 'output', 'gt'] as const;
  const there =
    (...panes: readonly Shown[]) =>
    (pane: Shown) =>
      panes.includes(pane);

  it('is the first whose picture is not there yet', () => {
    expect(waitingSide(sides, there('input'), false)).toBe(1);
    expect(waitingSide(sides, there('input', 'output'), false)).toBe(2);
    expect(waitingSide(sides, there(...sides), false)).toBe(-1);
  });

  it('is the output though it is there, while a preview stands in its place', () => {
    expect(waitingSide(sides, there(...sides), true)).toBe(1);
    expect(waitingSide(['input', 'gt'], there(...sides), true)).toBe(-1);
  });
});

describe('the pictures of a split', () => {
  it('are the wanted ones, in the wanted order', () => {
    expect(sidesOf(['gt', 'input', 'method:c'], every)).toEqual(['gt', 'input', 'method:c']);
  });

  it('are replaced by outputs first where they are missing, and never shown twice', () => {
    expect(sidesOf(['method:gone', 'gt'], every)).toEqual(['method:a', 'gt']);
    expect(sidesOf(['output', 'output'], every)).toEqual(['output', 'method:a']);
    expect(sidesOf(['input', 'method:gone'], ['input', 'gt'])).toEqual(['input', 'gt']);
  });

  it('are as many as there are', () => {
    expect(sidesOf(['input', 'output', 'gt'], ['input', 'output'])).toEqual(['input', 'output']);
    expect(sidesOf(['input', 'output'], [])).toEqual([]);
  });

  it('change places with a picture that is there already', () => {
    expect(withSide(['input', 'output', 'gt'], 0, 'gt')).toEqual(['gt', 'output', 'input']);
    expect(withSide(['input', 'output'], 1, 'gt')).toEqual(['input', 'gt']);
    expect(withSide(['input', 'output'], 5, 'gt')).toEqual(['input', 'output']);
  });

  it('move on by one; two change places', () => {
    expect(rotated(['input', 'output'])).toEqual(['output', 'input']);
    expect(rotated(['input', 'output', 'gt'])).toEqual(['output', 'gt', 'input']);
  });

  it('are two to six', () => {
    expect(toggledSide(['input', 'output'], 'gt')).toEqual(['input', 'output', 'gt']);
    expect(toggledSide(['input', 'output', 'gt'], 'output')).toEqual(['input', 'gt']);
    expect(toggledSide(['input', 'output'], 'output')).toEqual(['input', 'output']);
    const six: readonly PaneKey[] = [...every, 'method:d'];
    expect(toggledSide(six, 'method:e')).toEqual(six);
  });
});

describe('the lines of a split', () => {
  it('are those that were set, or at equal distances', () => {
    expect(linesFor([0.2, 0.9], 3)).toEqual([0.2, 0.9]);
    expect(linesFor([0.2], 4)).toEqual([0.25, 0.5, 0.75]);
    expect(linesFor([0.2], 1)).toEqual([]);
  });

  it('push each other along', () => {
    expect(movedLine([0.2, 0.5, 0.8], 0, 0.6)).toEqual([0.6, 0.6, 0.8]);
    expect(movedLine([0.2, 0.5, 0.8], 2, 0.1)).toEqual([0.1, 0.1, 0.1]);
    expect(movedLine([0.5], 0, 7)).toEqual([1]);
  });

  it('stay in order and in the pane whatever is dragged', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fc.double({ min: -2, max: 3, noNaN: true }),
        (lines, at, to) => {
          const moved = movedLine(
            lines.toSorted((a, b) => a - b),
            at % lines.length,
            to,
          );
          expect(moved).toEqual(moved.toSorted((a, b) => a - b));
          expect(Math.min(...moved)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...moved)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the places of pictures in one pane', () => {
  it('are named as they lie', () => {
    expect(placesOf('split', 2, 'columns')).toEqual(['on the left', 'on the right']);
    expect(placesOf('split', 4, 'rows')).toEqual([
      'at the top',
      '2nd from the top',
      '3rd from the top',
      'at the bottom',
    ]);
    expect(placesOf('onion', 2, 'columns')).toEqual(['beneath', 'on top']);
  });
});
