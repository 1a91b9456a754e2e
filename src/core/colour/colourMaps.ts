import { rgbFromLab } from './lab.ts';

export const COLOUR_MAP_IDS = ['viridis', 'magma', 'diverging'] as const;
export type ColourMapId = (typeof COLOUR_MAP_IDS)[number];

export interface ColourMap {
  readonly title: string;
  /** For which scales: from little to much, or from one side of zero to the other. */
  readonly kind: 'sequential' | 'diverging';
  /** 256 sRGB colours, R G B each, from the least value to the greatest: 768 bytes. */
  readonly table: Uint8Array<ArrayBuffer>;
  readonly source: string;
}

const STEPS = 256;

/*
 * viridis and magma by Nathaniel Smith and Stéfan van der Walt (BIDS, 2015), released under CC0: their
 * colours 0, 15, 30 … 255 of 256. A Catmull-Rom spline through these comes within one level of the
 * published tables (three in the blue of viridis' last ten colours).
 */
const CONTROL_STEP = 15;
const VIRIDIS =
  '440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e ' +
  '1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f d8e219 fde725';
const MAGMA =
  '000004 090720 1a1042 311165 4a1079 621980 792282 912b81 aa337d ' +
  'c23b75 d9466b ec5860 f7725c fc8e64 feaa74 fec68a fde2a3 fcfdbf';

/** A table from the colour of every step, channels 0..255; rounded, and clamped to a byte. */
function tableOf(colourAt: (step: number) => readonly number[]): Uint8Array<ArrayBuffer> {
  const steps = Array.from({ length: STEPS }, (_, step) => colourAt(step));
  return new Uint8Array(Uint8ClampedArray.from(steps.flat()));
}

/** Uniform Catmull-Rom spline between p1 and p2, `t` in [0, 1]. */
function catmullRom(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const cubic = 3 * (p1 - p2) + p3 - p0;
  const quadratic = 2 * p0 - 5 * p1 + 4 * p2 - p3;
  return p1 + 0.5 * t * (p2 - p0 + t * (quadratic + t * cubic));
}

/** The table through control colours; beyond the ends they go on in a straight line. */
function splineTable(controls: string): Uint8Array<ArrayBuffer> {
  const colours = controls.split(' ').map((hex) => Number.parseInt(hex, 16));
  const at = (i: number, channel: number): number =>
    ((colours[i] ?? 0) >> (16 - 8 * channel)) & 0xff;
  const last = colours.length - 1;
  const beyond = (i: number, channel: number): number => {
    if (i < 0) return 2 * at(0, channel) - at(1, channel);
    return i > last ? 2 * at(last, channel) - at(last - 1, channel) : at(i, channel);
  };
  return tableOf((step) => {
    const i = Math.min(Math.floor(step / CONTROL_STEP), last - 1);
    const t = step / CONTROL_STEP - i;
    return [0, 1, 2].map((channel) => {
      const [p0 = 0, p1 = 0, p2 = 0, p3 = 0] = [i - 1, i, i + 1, i + 2].map((k) =>
        beyond(k, channel),
      );
      return catmullRom(p0, p1, p2, p3, t);
    });
  });
}

/** A diverging map's ends have this lightness and chroma, its middle is a neutral dark grey. */
const MIDDLE_LIGHTNESS = 16;
const END_LIGHTNESS = 70;
const END_CHROMA = 46;
/** Hue angles in degrees: blue below zero, orange above. */
const NEGATIVE_HUE = 260;
const POSITIVE_HUE = 45;

/**
 * Two straight lines in CIE L*a*b* that meet in dark grey: equal steps of the value are equal CIE 1976
 * colour differences, and both signs are equally light. Dark where nothing is wrong, as magma is.
 */
function divergingTable(): Uint8Array<ArrayBuffer> {
  const middle = (STEPS - 1) / 2;
  return tableOf((step) => {
    const signed = (step - middle) / middle;
    const share = Math.abs(signed);
    const hue = ((signed < 0 ? NEGATIVE_HUE : POSITIVE_HUE) * Math.PI) / 180;
    const colour = rgbFromLab({
      L: MIDDLE_LIGHTNESS + share * (END_LIGHTNESS - MIDDLE_LIGHTNESS),
      a: share * END_CHROMA * Math.cos(hue),
      b: share * END_CHROMA * Math.sin(hue),
    });
    return colour.map((value) => value * 255);
  });
}

/** Perceptually uniform colour maps: what a map's numbers look like on screen and in exports. */
export const COLOUR_MAPS: Readonly<Record<ColourMapId, ColourMap>> = {
  viridis: {
    title: 'viridis',
    kind: 'sequential',
    table: splineTable(VIRIDIS),
    source: 'Smith and van der Walt, 2015; CC0',
  },
  magma: {
    title: 'magma',
    kind: 'sequential',
    table: splineTable(MAGMA),
    source: 'Smith and van der Walt, 2015; CC0',
  },
  diverging: {
    title: 'blue – grey – orange',
    kind: 'diverging',
    table: divergingTable(),
    source: 'Straight lines in CIE L*a*b*',
  },
};
