import { describe, expect, it } from 'vitest';
import { COLOUR_MAP_IDS, COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import { type Lab, labFromRgb } from '../../src/core/colour/lab.ts';

type Colour = readonly [number, number, number];

/**
 * Colours of the published tables (Smith and van der Walt, 2015, CC0) halfway between those that the
 * maps are made from.
 */
const PUBLISHED: Readonly<Record<'viridis' | 'magma', ReadonlyArray<readonly [number, Colour]>>> = {
  viridis: [
    [7, [0.276022, 0.044167, 0.370164]],
    [22, [0.283187, 0.125848, 0.44496]],
    [64, [0.229739, 0.322361, 0.545706]],
    [128, [0.127568, 0.566949, 0.550556]],
    [142, [0.119699, 0.61849, 0.536347]],
    [157, [0.146616, 0.67305, 0.508936]],
    [172, [0.220124, 0.725509, 0.466226]],
    [192, [0.369214, 0.788888, 0.382914]],
    [218, [0.616293, 0.852709, 0.230052]],
    [248, [0.926106, 0.89733, 0.104071]],
  ],
  magma: [
    [7, [0.011465, 0.009828, 0.06075]],
    [22, [0.06533, 0.047318, 0.184892]],
    [38, [0.146785, 0.068738, 0.334011]],
    [52, [0.238826, 0.059517, 0.443256]],
    [64, [0.316654, 0.07169, 0.48538]],
    [128, [0.716387, 0.214982, 0.47529]],
    [157, [0.889731, 0.305079, 0.397002]],
    [172, [0.95021, 0.39082, 0.362468]],
    [192, [0.9867, 0.535582, 0.38221]],
    [217, [0.997351, 0.719089, 0.493755]],
    [248, [0.989434, 0.94147, 0.697519]],
  ],
};

function colourAt(id: (typeof COLOUR_MAP_IDS)[number], step: number): Colour {
  const { table } = COLOUR_MAPS[id];
  return [table[step * 3] ?? 0, table[step * 3 + 1] ?? 0, table[step * 3 + 2] ?? 0];
}

const labsOf = (id: (typeof COLOUR_MAP_IDS)[number]): Lab[] =>
  Array.from({ length: 256 }, (_, step) => labFromRgb(...colourAt(id, step)));

const distance = (p: Lab, q: Lab) => Math.hypot(p.L - q.L, p.a - q.a, p.b - q.b);

describe('colour maps', () => {
  it.each(COLOUR_MAP_IDS)('%s has 256 colours', (id) => {
    expect(COLOUR_MAPS[id].table).toHaveLength(768);
    expect(COLOUR_MAPS[id].source).not.toBe('');
  });

  it.each(['viridis', 'magma'] as const)('%s is the published one', (id) => {
    for (const [step, colour] of PUBLISHED[id]) {
      colourAt(id, step).forEach((level, channel) => {
        const off = Math.abs(level - (colour[channel] ?? 0) * 255);
        expect(off, `${id} ${step} channel ${channel}`).toBeLessThanOrEqual(3);
      });
    }
  });

  it.each(['viridis', 'magma'] as const)('%s grows lighter with every eighth step', (id) => {
    const labs = labsOf(id).filter((_, step) => step % 8 === 0);
    labs.slice(1).forEach((lab, i) => {
      expect(lab.L).toBeGreaterThan(labs[i]?.L ?? 100);
    });
  });

  it('the diverging one is dark in the middle and equally light on both sides', () => {
    const labs = labsOf('diverging');
    labs.forEach((lab, step) => {
      const other = labs[255 - step];
      expect(Math.abs(lab.L - (other?.L ?? 0)), `step ${step}`).toBeLessThan(0.6);
    });
    expect(labs[127]?.L).toBeCloseTo(16, 0);
    expect(labs[0]?.L).toBeCloseTo(70, 0);
    // Blue below zero, orange above.
    expect(labs[0]?.b).toBeLessThan(-40);
    expect(labs[255]?.b).toBeGreaterThan(25);
  });

  it('the diverging one takes equal steps on either side', () => {
    const labs = labsOf('diverging');
    const step = (from: number, to: number) =>
      distance(labs[from] ?? { L: 0, a: 0, b: 0 }, labs[to] ?? { L: 0, a: 0, b: 0 });
    const mean = step(128, 255) / 127;
    for (let i = 128; i + 16 < 256; i += 16) {
      expect(step(i, i + 16) / 16).toBeCloseTo(mean, 1);
      expect(step(255 - i, 255 - i - 16) / 16).toBeCloseTo(mean, 1);
    }
  });
});
