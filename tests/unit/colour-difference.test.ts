import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ciede2000 } from '../../src/core/colour/ciede2000.ts';
import { type Lab, labFromRgb, rgbFromLab } from '../../src/core/colour/lab.ts';
import { lumaPlane, lumaThousandths } from '../../src/core/colour/luma.ts';
import { picture } from '../helpers/pictures.ts';

/**
 * L1 a1 b1, L2 a2 b2, ΔE00: table 1 of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula:
 * Implementation notes, supplementary test data, and mathematical observations", Color Research and
 * Application 30(1), 2005.
 */
const SHARMA = `
50.0000 2.6772 -79.7751 50.0000 0.0000 -82.7485 2.0425
50.0000 3.1571 -77.2803 50.0000 0.0000 -82.7485 2.8615
50.0000 2.8361 -74.0200 50.0000 0.0000 -82.7485 3.4412
50.0000 -1.3802 -84.2814 50.0000 0.0000 -82.7485 1.0000
50.0000 -1.1848 -84.8006 50.0000 0.0000 -82.7485 1.0000
50.0000 -0.9009 -85.5211 50.0000 0.0000 -82.7485 1.0000
50.0000 0.0000 0.0000 50.0000 -1.0000 2.0000 2.3669
50.0000 -1.0000 2.0000 50.0000 0.0000 0.0000 2.3669
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0009 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0010 7.1792
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0011 7.2195
50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0012 7.2195
50.0000 -0.0010 2.4900 50.0000 0.0009 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0010 -2.4900 4.8045
50.0000 -0.0010 2.4900 50.0000 0.0011 -2.4900 4.7461
50.0000 2.5000 0.0000 50.0000 0.0000 -2.5000 4.3065
50.0000 2.5000 0.0000 73.0000 25.0000 -18.0000 27.1492
50.0000 2.5000 0.0000 61.0000 -5.0000 29.0000 22.8977
50.0000 2.5000 0.0000 56.0000 -27.0000 -3.0000 31.9030
50.0000 2.5000 0.0000 58.0000 24.0000 15.0000 19.4535
50.0000 2.5000 0.0000 50.0000 3.1736 0.5854 1.0000
50.0000 2.5000 0.0000 50.0000 3.2972 0.0000 1.0000
50.0000 2.5000 0.0000 50.0000 1.8634 0.5757 1.0000
50.0000 2.5000 0.0000 50.0000 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082`;

const PAIRS = SHARMA.trim()
  .split('\n')
  .map((line, i) => {
    const [L1 = 0, a1 = 0, b1 = 0, L2 = 0, a2 = 0, b2 = 0, deltaE = 0] = line
      .split(' ')
      .map(Number);
    const [first, second] = [
      { L: L1, a: a1, b: b1 },
      { L: L2, a: a2, b: b2 },
    ];
    return { pair: i + 1, first, second, deltaE };
  });

const levels = fc.integer({ min: 0, max: 255 });
const colours = fc.tuple(levels, levels, levels);
const labs = colours.map(([red, green, blue]): Lab => labFromRgb(red, green, blue));

describe('CIEDE2000', () => {
  it('is tested on 34 pairs', () => {
    expect(PAIRS).toHaveLength(34);
  });

  it.each(PAIRS)('of pair $pair is $deltaE', ({ first, second, deltaE }) => {
    expect(Math.abs(ciede2000(first, second) - deltaE)).toBeLessThan(1e-4);
    expect(Math.abs(ciede2000(second, first) - deltaE)).toBeLessThan(1e-4);
  });

  it('is zero for equal colours, positive for others, and the same both ways', () => {
    fc.assert(
      fc.property(labs, labs, (p, q) => {
        expect(ciede2000(p, p)).toBe(0);
        const difference = ciede2000(p, q);
        expect(difference > 0).toBe(p.L !== q.L || p.a !== q.a || p.b !== q.b);
        expect(ciede2000(q, p)).toBeCloseTo(difference, 9);
      }),
    );
  });
});

describe('CIE L*a*b*', () => {
  it('of white and black is the ends of the lightness axis', () => {
    const white = labFromRgb(255, 255, 255);
    expect(white.L).toBeCloseTo(100, 4);
    // The published matrix and white point differ in the sixth digit.
    expect(Math.abs(white.a)).toBeLessThan(0.01);
    expect(Math.abs(white.b)).toBeLessThan(0.02);
    expect(labFromRgb(0, 0, 0)).toEqual({ L: 0, a: 0, b: 0 });
  });

  it('of the primaries is what the CIE formulas give', () => {
    const red = labFromRgb(255, 0, 0);
    expect(red.L).toBeCloseTo(53.24, 2);
    expect(red.a).toBeCloseTo(80.09, 1);
    expect(red.b).toBeCloseTo(67.2, 1);
    const blue = labFromRgb(0, 0, 255);
    expect(blue.L).toBeCloseTo(32.3, 2);
    expect(blue.a).toBeCloseTo(79.19, 1);
    expect(blue.b).toBeCloseTo(-107.86, 1);
  });

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(colours, ([red, green, blue]) => {
        const back = rgbFromLab(labFromRgb(red, green, blue));
        [red, green, blue].forEach((level, channel) => {
          expect(Math.abs((back[channel] ?? 0) * 255 - level)).toBeLessThan(1e-4);
        });
      }),
    );
  });
});

describe('luma', () => {
  it('is a whole number of thousandths, white being 255', () => {
    expect(lumaThousandths(255, 255, 255)).toBe(255000);
    expect([lumaThousandths(1, 0, 0), lumaThousandths(0, 1, 0), lumaThousandths(0, 0, 1)]).toEqual([
      299, 587, 114,
    ]);
  });

  it('of a picture is not rounded', () => {
    const { width, height, data } = lumaPlane(
      picture(2, 1, (i) => [10, 20, 30, 0, 1, 2, 3][i] ?? 0),
    );
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([18.15, 1.815]);
  });
});
