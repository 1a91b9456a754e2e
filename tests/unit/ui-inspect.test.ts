import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { NEUTRAL_DISPLAY } from '../../src/core/inspect/displayTransform.ts';
import { differenceInPlace } from '../../src/ui/inspect/difference.ts';
import {
  createDisplay,
  type DisplayTool,
  steppedExposure,
  steppedGamma,
} from '../../src/ui/inspect/display-state.ts';
import { isPlain, showAs } from '../../src/ui/inspect/showAs.ts';
import { intersectionOf, seenPart } from '../../src/ui/viewer/viewport.ts';

function picture(...pixels: readonly (readonly number[])[]): Rgba8 {
  const data = new Uint8ClampedArray(pixels.flatMap((pixel) => [...pixel, 255]));
  return { width: pixels.length, height: 1, data };
}

const colours = ({ data }: Rgba8) =>
  Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(i * 4, i * 4 + 3)]);

const PLAIN = { ...NEUTRAL_DISPLAY, clipping: false };

describe('the difference of two pictures', () => {
  const first = () => picture([10, 100, 250], [50, 50, 50]);
  const second = () => picture([20, 90, 250], [50, 53, 47]);
  const seen = (a: Rgba8, b: Rgba8, gain: 1 | 4 | 8 | 16, signed: boolean) => {
    differenceInPlace(a, b, { gain, signed });
    return b;
  };

  it('is absolute and amplified', () => {
    expect(colours(seen(first(), second(), 4, false))).toEqual([
      [40, 40, 0],
      [0, 12, 12],
    ]);
  });

  it('shows its sign about mid-grey, second minus first, and is clamped', () => {
    expect(colours(seen(first(), second(), 8, true))).toEqual([
      [208, 48, 128],
      [128, 152, 104],
    ]);
    expect(colours(seen(picture([0, 255, 9]), picture([255, 0, 10]), 16, true))).toEqual([
      [255, 0, 144],
    ]);
  });

  it('is transparent where one of the two is, and needs one size', () => {
    const hole = picture([0, 0, 0], [0, 0, 0]);
    hole.data[3] = 0;
    const { data } = seen(first(), hole, 1, false);
    expect([data[3], data[7]]).toEqual([0, 255]);
    expect(() => seen(first(), picture([0, 0, 0]), 1, false)).toThrow(RangeError);
  });
});

describe('a picture as it is shown', () => {
  it('is untouched while nothing is set, and never changed itself', () => {
    expect(isPlain(PLAIN)).toBe(true);
    const drawn = picture([10, 20, 30]);
    expect(colours(showAs(drawn, { ...PLAIN, exposure: 1 }))[0]?.[0]).toBeGreaterThan(10);
    expect(colours(drawn)).toEqual([[10, 20, 30]]);
  });

  it('doubles linear light with one stop', () => {
    // sRGB 0.5 linear is level 188; 0.25 is 137.
    expect(colours(showAs(picture([137, 137, 137]), { ...PLAIN, exposure: 1 }))).toEqual([
      [188, 188, 188],
    ]);
  });

  it('marks clipped pixels as they were before exposure, and transparent ones never', () => {
    const drawn = picture([0, 0, 0], [255, 90, 90], [120, 120, 120], [0, 0, 0]);
    drawn.data[15] = 0;
    const shown = showAs(drawn, { ...PLAIN, exposure: 6, clipping: true });
    const [shadow, highlight, middle] = colours(shown);
    expect(shadow?.[2]).toBe(255);
    expect(highlight?.[0]).toBe(255);
    expect(highlight?.[2]).toBeLessThan(100);
    expect(middle).toEqual([255, 255, 255]);
    expect(shown.data[15]).toBe(0);
  });
});

describe('the display settings', () => {
  it('step by half a stop and by a tenth, within their ranges', () => {
    expect(steppedExposure(0, 1)).toBe(0.5);
    expect(steppedExposure(6, 1)).toBe(6);
    expect(steppedExposure(-6, -1)).toBe(-6);
    expect(steppedGamma(1, 1)).toBe(1.1);
    expect(steppedGamma(1.2, 1)).toBe(1.3);
    expect(steppedGamma(0.2, -1)).toBe(0.2);
    expect(steppedGamma(5, 1)).toBe(5);
  });

  const tool = (use: (display: DisplayTool) => void) =>
    createRoot((dispose) => {
      use(createDisplay());
      dispose();
    });

  it('show their bar as long as pictures are not shown as they are', () => {
    tool((display) => {
      expect(display.displayOpen()).toBe(false);
      display.stepExposure(1);
      expect(display.displayOpen()).toBe(true);
      display.resetDisplay();
      expect(display.displayOpen()).toBe(false);
      display.toggleDisplay();
      expect(display.displayOpen()).toBe(true);
      display.toggleClipping();
      display.toggleDisplay();
      expect(display.displayOpen()).toBe(false);
      expect(isPlain(display.shownAs())).toBe(true);
    });
  });

  it('go round the channels', () => {
    tool((display) => {
      const seen = Array.from({ length: 5 }, () => {
        display.nextChannel();
        return display.shownAs().channel;
      });
      expect(seen).toEqual(['red', 'green', 'blue', 'luma', 'rgb']);
    });
  });
});

describe('the part of a pane that is drawn', () => {
  const pane = { width: 100, height: 80 };
  it('is the whole pixels that the picture touches', () => {
    expect(seenPart({ x: 10, y: -30, width: 40.4, height: 200 }, pane)).toEqual({
      x: 10,
      y: 0,
      width: 41,
      height: 80,
    });
    expect(seenPart({ x: 120, y: 0, width: 10, height: 10 }, pane)).toBeNull();
  });

  it('is what it has in common with the part of a split', () => {
    const strip = { x: 30, y: 0, width: 20, height: 80 };
    const seen = { x: 10, y: 5, width: 30, height: 100 };
    expect(intersectionOf(seen, strip)).toEqual({ x: 30, y: 5, width: 10, height: 75 });
    expect(intersectionOf({ ...seen, width: 20 }, strip)).toBeNull();
    expect(intersectionOf(null, strip)).toBeNull();
  });
});
