import { describe, expect, it } from 'vitest';
import {
  CLIPPING_RULE,
  clippingOf,
  HIGHLIGHT_MARK,
  SHADOW_MARK,
} from '../../src/core/inspect/clipping.ts';
import {
  displayCurve,
  displayed,
  isNeutral,
  NEUTRAL_DISPLAY,
} from '../../src/core/inspect/displayTransform.ts';
import { histogramOf, lumaLevel } from '../../src/core/inspect/histogram.ts';
import { lineProfile } from '../../src/core/inspect/lineProfile.ts';
import { pixelDifference, pixelFacts } from '../../src/core/inspect/pixelFacts.ts';
import { paradeOf, waveformOf } from '../../src/core/inspect/waveform.ts';
import { measureReference } from '../../src/core/metrics/measure.ts';
import { flat, maskOf, picture } from '../helpers/pictures.ts';

/** Pixels given one after another as [R, G, B]. */
const pixels = (width: number, ...colours: readonly (readonly number[])[]) =>
  picture(width, colours.length / width, (i) => colours[i >> 2]?.[i % 4] ?? 0);

describe('histogram', () => {
  const four = pixels(2, [255, 0, 0], [255, 0, 0], [10, 20, 30], [0, 0, 255]);

  it('counts every level of every channel and of the rounded luma', () => {
    const { red, green, blue, luma, pixels: counted } = histogramOf(four);
    expect(counted).toBe(4);
    expect([red[255], red[10], red[0]]).toEqual([2, 1, 1]);
    expect([green[0], green[20]]).toEqual([3, 1]);
    expect([blue[0], blue[30], blue[255]]).toEqual([2, 1, 1]);
    // .299 · 255 = 76.245, .114 · 255 = 29.07, .299 · 10 + .587 · 20 + .114 · 30 = 18.15
    expect([luma[76], luma[29], luma[18]]).toEqual([2, 1, 1]);
    expect(lumaLevel(255, 255, 255)).toBe(255);
  });

  it('counts a region only', () => {
    const { red, pixels: counted } = histogramOf(four, maskOf(2, 2, [1, 0, 1, 0]));
    expect(counted).toBe(2);
    expect([red[255], red[10], red[0]]).toEqual([1, 1, 0]);
  });
});

describe('waveform', () => {
  it('counts the levels under each column', () => {
    const { columns, counts } = waveformOf(
      picture(4, 3, (i) => 10 * ((i >> 2) % 4)),
      2,
    );
    expect(columns).toBe(2);
    expect([counts[0], counts[10], counts[256 + 20], counts[256 + 30]]).toEqual([3, 3, 3, 3]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
  });

  it('has no more columns than the picture, and none but whole ones', () => {
    expect(waveformOf(flat(3, 2, 7), 100).columns).toBe(3);
    expect(() => waveformOf(flat(3, 2, 7), 0)).toThrow(RangeError);
  });

  it('parades the channels side by side', () => {
    const parade = paradeOf(pixels(1, [1, 2, 3], [1, 5, 3]), 1);
    expect(parade.red.counts[1]).toBe(2);
    expect([parade.green.counts[2], parade.green.counts[5]]).toEqual([1, 1]);
    expect(parade.blue.counts[3]).toBe(2);
  });
});

describe('line profile', () => {
  const ramp = picture(8, 4, (i) => 10 * ((i >> 2) % 8));

  it('reads a ramp back between pixel centres', () => {
    const profile = lineProfile(ramp, { x: 0.5, y: 2 }, { x: 7.5, y: 2 });
    expect(Array.from(profile.distance)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Array.from(profile.red)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    const [first, second] = lineProfile(ramp, { x: 1, y: 1 }, { x: 1.5, y: 1 }).green;
    expect([first, second]).toEqual([5, 10]);
  });

  it('takes the pixel under the place where asked to', () => {
    const profile = lineProfile(ramp, { x: 0.9, y: 0 }, { x: 3.9, y: 0 }, 'nearest');
    expect(Array.from(profile.blue)).toEqual([0, 10, 20, 30]);
  });

  it('gives L*, and repeats the edge beyond it', () => {
    const profile = lineProfile(flat(2, 2, 255), { x: -5, y: -5 }, { x: 9, y: 9 });
    for (const value of profile.lightness) expect(value).toBeCloseTo(100, 3);
    for (const value of profile.red) expect(value).toBe(255);
  });

  it('has one place twice where the line has no length', () => {
    expect(lineProfile(ramp, { x: 2.5, y: 1 }, { x: 2.5, y: 1 }).red).toEqual(
      Float64Array.of(20, 20),
    );
  });
});

describe('clipping', () => {
  const four = pixels(4, [254, 9, 9], [1, 0, 1], [2, 0, 0], [253, 253, 253]);

  it('marks highlights by any channel and shadows by all', () => {
    const { marks, shadowShare, highlightShare } = clippingOf(four);
    expect(CLIPPING_RULE).toEqual({ shadow: 1, highlight: 254 });
    expect(Array.from(marks)).toEqual([HIGHLIGHT_MARK, SHADOW_MARK, 0, 0]);
    expect([shadowShare, highlightShare]).toEqual([0.25, 0.25]);
  });

  it('keeps to a region and has no share of nothing', () => {
    const { marks, shadowShare } = clippingOf(four, maskOf(4, 1, [0, 1, 1, 0]));
    expect(Array.from(marks)).toEqual([0, SHADOW_MARK, 0, 0]);
    expect(shadowShare).toBe(0.5);
    expect(clippingOf(four, maskOf(4, 1, [0])).highlightShare).toBeNull();
  });
});

describe('display transform', () => {
  it('leaves everything as it is where nothing is set', () => {
    expect(Array.from(displayCurve(0, 1))).toEqual(Array.from({ length: 256 }, (_, i) => i));
    expect(isNeutral(NEUTRAL_DISPLAY)).toBe(true);
    expect(isNeutral({ ...NEUTRAL_DISPLAY, exposure: 0.5 })).toBe(false);
  });

  it('doubles linear light with one EV', () => {
    // sRGB 188 is linear .5029: half of white's light.
    expect(displayCurve(-1, 1)[255]).toBe(188);
    expect(displayCurve(1, 1)[188]).toBe(255);
    expect(displayCurve(20, 1)[1]).toBe(255);
  });

  it('raises code values to 1 / gamma', () => {
    expect(displayCurve(0, 2)[64]).toBe(Math.round(255 * Math.sqrt(64 / 255)));
    expect(() => displayCurve(0, 0)).toThrow(RangeError);
  });

  it('shows one channel as grey, opaque', () => {
    const one = pixels(1, [10, 20, 30]);
    const shown = (channel: 'red' | 'green' | 'blue' | 'luma') =>
      Array.from(displayed(one, { ...NEUTRAL_DISPLAY, channel }).data);
    expect(shown('red')).toEqual([10, 10, 10, 255]);
    expect(shown('green')).toEqual([20, 20, 20, 255]);
    expect(shown('blue')).toEqual([30, 30, 30, 255]);
    expect(shown('luma')).toEqual([18, 18, 18, 255]);
    expect(displayed(one, NEUTRAL_DISPLAY)).toEqual(one);
  });
});

describe('pixel facts', () => {
  it('are what the metrics average', () => {
    const [a, b] = [pixels(1, [200, 150, 120]), pixels(1, [30, 60, 90])];
    const [p, q] = [pixelFacts(a, 0, 0), pixelFacts(b, 0, 0)];
    expect(p?.lab8).toEqual({ L: 169, a: 143, b: 151 });
    if (p === null || q === null) throw new Error('no facts');
    const difference = pixelDifference(p, q);
    const ids = ['deltae', 'deltae76', 'deltae2000'] as const;
    const metrics = measureReference(b, a, null, ids);
    expect(difference.rgb).toEqual([-170, -90, -30]);
    expect(difference.deltaE8).toBeCloseTo(metrics.deltae.global ?? 0, 12);
    expect(difference.deltaE76).toBeCloseTo(metrics.deltae76.global ?? 0, 12);
    expect(difference.deltaE2000).toBeCloseTo(metrics.deltae2000.global ?? 0, 12);
  });

  it('end at the edge', () => {
    expect(pixelFacts(flat(2, 3, 9), 2, 0)).toBeNull();
    expect(pixelFacts(flat(2, 3, 9), 0, -1)).toBeNull();
    expect(pixelFacts(flat(2, 3, 9), 1, 2)?.rgb).toEqual([9, 9, 9]);
  });
});
