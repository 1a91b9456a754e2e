import { lumaPlane } from '../../colour/luma.ts';
import type { Plane } from '../../image/types.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { greatest } from './blocks.ts';
import { power2d } from './fft.ts';
import { referenceOf } from './reference.ts';
import type { Finding, Hint, HintPictures } from './types.ts';

const SIDE = 64;
/** At most this many blocks are looked at, spread evenly. */
const MOST_BLOCKS = 400;
/** Frequencies in cycles over the block's side: slower ones are shapes. */
const [SLOWEST, FASTEST] = [9, 31];
/** A peak this many decibels above the median power is no chance of noise. */
const LEAST_PROMINENCE = 18;
/** Amplitude in levels from which a pattern can be seen. */
const LEAST_AMPLITUDE = 2;
/** Keeps a reference without any pattern from dividing by nothing; relative amplitude. */
const FLOOR = 0.003;

const HANN = Float64Array.from({ length: SIDE }, (_, i) => Math.sin((Math.PI * i) / SIDE) ** 2);
/** What the window leaves of a wave of amplitude 1, in the transform. */
const WAVE = (SIDE / 2) ** 2 / 2;

interface Bin {
  readonly at: number;
  /** Cycles over the side. */
  readonly frequency: number;
}

/** Bins of the band in one half of the plane; the other half mirrors it. */
const BAND: readonly Bin[] = Array.from({ length: SIDE * (SIDE / 2 + 1) }, (_, at) => {
  const column = at % SIDE;
  const across = column > SIDE / 2 ? column - SIDE : column;
  return { at, frequency: Math.hypot(across, Math.floor(at / SIDE)) };
}).filter(({ frequency }) => frequency >= SLOWEST && frequency <= FASTEST);

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Power of a block less its mean under a Hann window, and that mean. */
function spectrumAt({ width, data }: Plane, { x, y }: Corner) {
  const square = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
    return data[(y + Math.floor(i / SIDE)) * width + x + (i % SIDE)] ?? 0;
  });
  const mean = square.reduce((sum, value) => sum + value, 0) / square.length;
  const windowed = square.map(
    (value, i) => (value - mean) * (HANN[i % SIDE] ?? 0) * (HANN[Math.floor(i / SIDE)] ?? 0),
  );
  return { mean, power: power2d(windowed, SIDE) };
}

function cornersOf({ width, height }: Plane): Corner[] {
  const [columns, rows] = [Math.floor(width / SIDE), Math.floor(height / SIDE)];
  const every = Math.max(1, Math.ceil((columns * rows) / MOST_BLOCKS));
  const count = Math.ceil((columns * rows) / every);
  return Array.from({ length: count }, (_, i) => ({
    x: ((i * every) % columns) * SIDE,
    y: Math.floor((i * every) / columns) * SIDE,
  }));
}

/** The bin that stands out most, once the power of natural pictures (1 / f²) is levelled. */
function peakOf(power: Float64Array): { readonly bin: Bin; readonly prominence: number } | null {
  const levelled = BAND.map((bin) => ({
    bin,
    power: (power[bin.at] ?? 0) * bin.frequency ** 2,
  }));
  const peak = greatest(levelled, (one) => one.power);
  if (peak === null) return null;
  const sorted = levelled.map((one) => one.power).sort((a, b) => a - b);
  const median = Math.max(quantileOfSorted(sorted, 0.5), 1e-9);
  return { bin: peak.bin, prominence: 10 * Math.log10(peak.power / median) };
}

/** How much stronger, in decibels, the peak of a block is than in the reference; null: no peak. */
function increaseAt(output: Plane, reference: Plane, corner: Corner) {
  const after = spectrumAt(output, corner);
  const peak = peakOf(after.power);
  if (peak === null || peak.prominence < LEAST_PROMINENCE) return null;
  const { at, frequency } = peak.bin;
  const amplitude = Math.sqrt(after.power[at] ?? 0) / WAVE;
  if (amplitude < LEAST_AMPLITUDE) return null;
  const before = spectrumAt(reference, corner);
  const relative = amplitude / (after.mean + 1);
  const known = Math.sqrt(before.power[at] ?? 0) / WAVE / (before.mean + 1);
  const increase = 20 * Math.log10((relative + FLOOR) / (known + FLOOR));
  return { ...corner, increase, amplitude, period: SIDE / frequency };
}

function measure(pictures: HintPictures): Finding | null {
  const reference = referenceOf(pictures);
  const { width, height } = pictures.output;
  if (reference === null || Math.min(width, height) < SIDE) return null;
  const [output, before] = [lumaPlane(pictures.output), lumaPlane(reference.picture)];
  const found = cornersOf(output).flatMap((corner) => {
    const increase = increaseAt(output, before, corner);
    return increase === null ? [] : [increase];
  });
  const most = greatest(found, ({ increase }) => increase);
  const { against } = reference;
  if (most === null) {
    return { value: 0, against, numbers: [], place: { x: 0, y: 0, width, height } };
  }
  return {
    value: most.increase,
    against,
    numbers: [
      { title: 'Amplitude of the pattern', value: most.amplitude, unit: 'levels' },
      { title: 'Period of the pattern', value: most.period, unit: 'px' },
    ],
    place: { x: most.x, y: most.y, width: SIDE, height: SIDE },
  };
}

export const moire: Hint = {
  id: 'moire',
  title: 'Moiré',
  unit: 'dB',
  digits: 0,
  definition:
    'By how much a periodic pattern is stronger than in the ground truth or the input: in 64-pixel blocks ' +
    '(400 at most) the greatest peak of the luma’s power spectrum times f² with periods of 2 to 7 pixels, ' +
    'Hann window, 18 dB or more above the median and 2 levels or more in amplitude; its amplitude over the ' +
    'block’s mean, against the same frequency there. The block with the greatest increase; 0 without a peak.',
  shown: { when: 'above', threshold: 12 },
  needs: { reference: 'any', mask: false, seams: false },
  measure,
};
