import type { MapRange } from '../../core/metrics/maps.ts';

const PARTS = 4;

/** Digits that tell neighbouring numbers of the bar apart. */
function digitsFor(step: number): number {
  if (step >= 10) return 0;
  return Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(step))));
}

/**
 * The numbers along a colour bar, five from end to end.
 * @param signed whether values above zero carry their sign
 */
export function colourBarTicks({ min, max }: MapRange, signed: boolean): string[] {
  const step = (max - min) / PARTS;
  const digits = digitsFor(step);
  return Array.from({ length: PARTS + 1 }, (_, part) => {
    const value = Number((min + part * step).toFixed(digits));
    const text = String(Math.abs(value));
    if (value < 0) return `−${text}`;
    return signed && value > 0 ? `+${text}` : text;
  });
}

/** The colours of a bar as the pixels of a picture one row high. @param colours R, G, B bytes */
export function barPixels(colours: Uint8Array): ImageData {
  const width = Math.floor(colours.length / 3);
  const row = new ImageData(width, 1);
  for (let i = 0; i < width; i++) {
    row.data.set(colours.subarray(i * 3, i * 3 + 3), i * 4);
    row.data[i * 4 + 3] = 255;
  }
  return row;
}
