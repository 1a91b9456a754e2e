import { describe, expect, it } from 'vitest';
import { pixelAt, placeInFrame } from '../../src/ui/inspect/inspector-state.ts';
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

describe('numbers in pixels', () => {
  it('come as soon as they can be read', () => {
    expect(numbersIn(8)).toBe('none');
    expect(numbersIn(24)).toBe('luma');
    expect(numbersIn(40)).toBe('rgb');
  });
});
