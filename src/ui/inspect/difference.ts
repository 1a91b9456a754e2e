import type { DifferenceGain } from '../../app/model.ts';
import type { Size } from '../viewer/viewport.ts';
import { type Sheet, screenSheetOf } from './sheet.ts';

export interface DifferenceSettings {
  readonly gain: DifferenceGain;
  /** Second minus first about mid-grey; else how far apart the two are, from black up. */
  readonly signed: boolean;
}

/** The level that stands for no difference where its sign is shown. */
const MIDDLE = 'rgb(128 128 128)';

type Blend = readonly [GlobalCompositeOperation, OffscreenCanvas];

/**
 * Difference of two pictures of a screen for the eye, code value by code value: `gain × |b − a|`, or
 * signed `128 + gain × (b − a)`, clamped to 0..255. Opaque where both pictures are, else transparent.
 * It is made of the canvas's own blending, which on opaque 8-bit pixels is exact for these modes and
 * as fast as the screen needs it: lighten is the larger of two, lighter a sum that ends at 255.
 */
export function blendDifference(
  first: Sheet,
  second: Sheet,
  size: Size,
  { gain, signed }: DifferenceSettings,
): Sheet | null {
  const [a, b] = [first.canvas, second.canvas];
  const both: readonly Blend[] = [
    ['destination-in', a],
    ['destination-in', b],
  ];
  if (!signed) {
    const apart = blended(
      'difference',
      size,
      [
        ['copy', a],
        ['difference', b],
      ],
      gain,
    );
    return apart && blend(apart, both);
  }
  // What lies above the first, and what lies below: max(a, b) − a and max(a, b) − b.
  const rise = blended(
    'rise',
    size,
    [
      ['copy', a],
      ['lighten', b],
      ['difference', a],
    ],
    gain,
  );
  const fall = blended(
    'fall',
    size,
    [
      ['copy', a],
      ['lighten', b],
      ['difference', b],
    ],
    gain,
  );
  const sum = screenSheetOf('difference', size);
  if (!rise || !fall || !sum) return null;
  sum.fillStyle = MIDDLE;
  sum.fillRect(0, 0, size.width, size.height);
  // Either is 0 at every place. max(128, fall) − fall ends at 0, as it should.
  blend(sum, [
    ['lighter', rise.canvas],
    ['lighten', fall.canvas],
    ['difference', fall.canvas],
  ]);
  return blend(sum, both);
}

/** A sheet on which canvases are blended one after another, and the result amplified. */
function blended(
  name: string,
  size: Size,
  blends: readonly Blend[],
  gain: DifferenceGain,
): Sheet | null {
  const sheet = screenSheetOf(name, size);
  if (!sheet) return null;
  blend(sheet, blends);
  // Added to itself, a picture is doubled.
  for (let times = 1; times < gain; times *= 2) blend(sheet, [['lighter', sheet.canvas]]);
  return sheet;
}

function blend(sheet: Sheet, blends: readonly Blend[]): Sheet {
  for (const [mode, canvas] of blends) {
    sheet.globalCompositeOperation = mode;
    sheet.drawImage(canvas, 0, 0);
  }
  sheet.globalCompositeOperation = 'source-over';
  return sheet;
}
