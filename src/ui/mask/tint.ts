import { MASK_THRESHOLD } from '../../core/image/mask.ts';
import type { Gray8 } from '../../core/image/types.ts';
import { joined } from '../../core/inspect/maskHistory.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { OVERLAY_RGB } from '../viewer/overlay.ts';
import type { Rect } from '../viewer/viewport.ts';

/** Larger masks are shown at half their size or less: the picture beneath is reduced even then. */
const MOST_PIXELS = 32e6;

/** What lies below the threshold is not measured as inside: its tint is no more than a hint of this. */
const FAINT = 0.4;

/**
 * A mask as a picture of its own, for panes that are drawn anew as a whole. It lags behind strokes: a
 * canvas of many megapixels that is written and read in each frame would be copied in each.
 */
export interface MaskTint {
  readonly canvas: OffscreenCanvas;
  /** Pixels of the mask for one of the canvas, on each axis. */
  readonly step: number;
  /** Notes that a part of the mask changed. */
  soil(part: Rectangle): void;
  /** Catches up with the mask. */
  freshen(): void;
}

const [RED, GREEN, BLUE] = OVERLAY_RGB;
/** In the order in which bytes lie in memory. */
const COLOUR = RED | (GREEN << 8) | (BLUE << 16);

const ALPHAS = Uint8ClampedArray.from({ length: 256 }, (_, level) =>
  level >= MASK_THRESHOLD ? level : FAINT * level,
);

/**
 * Colour and opacity of a rectangle of a mask, every `step`th pixel from its top left corner.
 * @returns RGBA bytes; opacity is the level, levels below the threshold being fainter
 */
function tintOf(
  { width, data }: Gray8,
  { x, y, width: columns, height: rows }: Rectangle,
  step: number,
): ImageData {
  const image = new ImageData(Math.ceil(columns / step), Math.ceil(rows / step));
  // One write a pixel: a large mask has millions of them.
  const pixels = new Uint32Array(image.data.buffer);
  let at = 0;
  for (let row = y; row < y + rows; row += step) {
    for (let column = x; column < x + columns; column += step) {
      const alpha = ALPHAS[data[row * width + column] ?? 0] ?? 0;
      pixels[at] = COLOUR | (alpha << 24);
      at += 1;
    }
  }
  return image;
}

/**
 * What a pane shows of a part of a mask, straight from its levels: a stroke changes few of a pane's
 * pixels, however large the mask is.
 * @param place of the whole mask in the pane, in device pixels
 * @param part in whole device pixels of the pane
 */
export function paneTint({ width, height, data }: Gray8, place: Rect, part: Rect): ImageData {
  const image = new ImageData(part.width, part.height);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = place.width / width;
  // Where the mask is reduced a pixel of the pane is the mean of four places.
  const offsets = scale < 1 ? [0.25, 0.75] : [0.5];
  const share = 1 / offsets.length ** 2;
  const along = (start: number, most: number) => (at: number) => {
    const pixel = Math.floor((at - start) / scale);
    return pixel >= 0 && pixel < most ? pixel : -1;
  };
  const [columnAt, rowAt] = [along(place.x, width), along(place.y, height)];
  const columns = offsets.map((offset) =>
    Int32Array.from({ length: part.width }, (_, x) => columnAt(part.x + x + offset)),
  );
  for (let y = 0; y < part.height; y += 1) {
    const rows = offsets.map((offset) => rowAt(part.y + y + offset));
    for (let x = 0; x < part.width; x += 1) {
      let alpha = 0;
      for (const row of rows) {
        for (const line of columns) {
          const column = line[x] ?? -1;
          if (row >= 0 && column >= 0) alpha += ALPHAS[data[row * width + column] ?? 0] ?? 0;
        }
      }
      pixels[y * part.width + x] = COLOUR | ((alpha * share) << 24);
    }
  }
  return image;
}

/** The rectangle around `part` whose corners lie on whole pixels of the canvas. */
function aligned({ x, y, width, height }: Rectangle, step: number, mask: Gray8): Rectangle {
  const left = Math.floor(x / step) * step;
  const top = Math.floor(y / step) * step;
  const right = Math.min(mask.width, Math.ceil((x + width) / step) * step);
  const bottom = Math.min(mask.height, Math.ceil((y + height) / step) * step);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Rows that are written at once: a whole mask of 12 megapixels would need 48 MB beside its canvas. */
const BAND = 512;

/** @returns null where this browser gives no canvas of that size */
export function makeMaskTint(mask: Gray8): MaskTint | null {
  const step = Math.ceil(Math.sqrt((mask.width * mask.height) / MOST_PIXELS));
  const canvas = new OffscreenCanvas(Math.ceil(mask.width / step), Math.ceil(mask.height / step));
  const context = canvas.getContext('2d');
  if (!context) return null;
  let soiled: Rectangle | null = null;
  const update = (part: Rectangle) => {
    const whole = aligned(part, step, mask);
    for (let y = whole.y; y < whole.y + whole.height; y += BAND * step) {
      const height = Math.min(BAND * step, whole.y + whole.height - y);
      const band = tintOf(mask, { ...whole, y, height }, step);
      context.putImageData(band, whole.x / step, y / step);
    }
  };
  update({ x: 0, y: 0, width: mask.width, height: mask.height });
  return {
    canvas,
    step,
    soil: (part) => {
      soiled = joined(soiled, part);
    },
    freshen: () => {
      if (soiled !== null) update(soiled);
      soiled = null;
    },
  };
}
