import type { Rgba8 } from '../core/image/types.ts';
import type { Feeds } from '../models/session.ts';
import { strides } from '../models/tensor.ts';
import type { ModelContract } from '../protocol/models.ts';
import { givesImage, type ImageContract } from './imageContract.ts';

/** How far outside [0, 1] a value may lie before it counts as outside. */
const SLACK = 0.02;

/** How much the output of a network, read by a contract, looks like the picture that went in. */
export interface Look {
  /** Values that are not numbers. */
  readonly notANumber: number;
  /** Share of the values that lie outside [0, 1], 0 to 1. */
  readonly outside: number;
  /** Correlation with the input less the share outside, -2 to 1; 1 is the picture itself. */
  readonly score: number;
}

interface Moments {
  n: number;
  a: number;
  b: number;
  aa: number;
  bb: number;
  ab: number;
}

function correlation({ n, a, b, aa, bb, ab }: Moments): number {
  const covariance = ab / n - (a / n) * (b / n);
  const variance = (aa / n - (a / n) ** 2) * (bb / n - (b / n) ** 2);
  return variance > 1e-12 ? covariance / Math.sqrt(variance) : 0;
}

function imageLook(
  { output }: ImageContract,
  values: Float32Array,
  feeds: Feeds,
  picture: Rgba8,
): Look {
  const { scale, channels, normalisation } = output;
  const { mean, std } = normalisation;
  const [width, height] = [feeds.width * scale, feeds.height * scale];
  const step = strides(output, 3, width * height);
  const moments: Moments = { n: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  let [notANumber, outside] = [0, 0];
  // Only what is not padding is compared.
  const [right, bottom] = [
    Math.min(width, picture.width * scale),
    Math.min(height, picture.height * scale),
  ];
  for (let y = 0; y < bottom; y += 1) {
    for (let x = 0; x < right; x += 1) {
      const from = (Math.floor(y / scale) * picture.width + Math.floor(x / scale)) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        const place = (channels === 'BGR' ? 2 - channel : channel) * step.channel;
        const raw = values[place + (y * width + x) * step.pixel] ?? Number.NaN;
        const value = raw * (std[channel] ?? 1) + (mean[channel] ?? 0);
        if (Number.isNaN(value)) {
          notANumber += 1;
          continue;
        }
        if (value < -SLACK || value > 1 + SLACK) outside += 1;
        const shown = Math.min(1, Math.max(0, value));
        const given = (picture.data[from + channel] ?? 0) / 255;
        moments.n += 1;
        moments.a += shown;
        moments.b += given;
        moments.aa += shown * shown;
        moments.bb += given * given;
        moments.ab += shown * given;
      }
    }
  }
  const share = moments.n === 0 ? 1 : outside / moments.n;
  const likeness = moments.n === 0 ? -1 : correlation(moments);
  return { notANumber, outside: share, score: likeness - share };
}

/** The look of one run; a table or a grid is only asked for numbers. */
export function lookOf(
  contract: ModelContract,
  { values, feeds }: { readonly values: Float32Array; readonly feeds: Feeds },
  picture: Rgba8,
): Look {
  if (givesImage(contract)) return imageLook(contract, values, feeds, picture);
  const notANumber = values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  return { notANumber, outside: 0, score: 0 };
}
