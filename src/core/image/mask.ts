import type { BinaryMask, Gray8, Rgba8 } from './types.ts';

/**
 * Grey of a colour picture with the fixed-point BT.601 weights OpenCV gets from libpng when it reads
 * a colour PNG as grey: `(9797 R + 19234 G + 3737 B) >> 15`. Alpha is ignored; R = G = B stays as it is.
 */
export function greyFromRgba(picture: Rgba8): Gray8 {
  const { width, height, data } = picture;
  const grey = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < grey.length; i += 1, j += 4) {
    const red = data[j] ?? 0;
    const green = data[j + 1] ?? 0;
    const blue = data[j + 2] ?? 0;
    grey[i] = (9797 * red + 19234 * green + 3737 * blue) >> 15;
  }
  return { width, height, data: grey };
}

/**
 * Source index of every destination pixel along one axis, as OpenCV's `INTER_NEAREST` picks it:
 * `min(floor(x * (1 / (to / from))), from - 1)`, with that very order of roundings.
 */
function nearestIndices(from: number, to: number): Uint32Array {
  const scale = 1 / (to / from);
  return Uint32Array.from({ length: to }, (_, x) => Math.min(Math.floor(x * scale), from - 1));
}

/** Nearest-neighbour resize, pixel for pixel what `cv2.resize(..., INTER_NEAREST)` gives. */
export function resizeNearest(grey: Gray8, width: number, height: number): Gray8 {
  if (grey.width === width && grey.height === height) return grey;
  const columns = nearestIndices(grey.width, width);
  const rows = nearestIndices(grey.height, height);
  const data = new Uint8Array(width * height);
  let i = 0;
  for (const row of rows) {
    const start = row * grey.width;
    for (const column of columns) {
      data[i] = grey.data[start + column] ?? 0;
      i += 1;
    }
  }
  return { width, height, data };
}

/** Grey levels from this one on are inside the person (RAIM 2026 scoring program). */
export const MASK_THRESHOLD = 128;

/**
 * The hard mask for a picture of `width` x `height`: resized by nearest neighbour first, then 1
 * where grey >= 128, else 0.
 */
export function binariseMask(grey: Gray8, width: number, height: number): BinaryMask {
  const resized = resizeNearest(grey, width, height);
  const data = resized.data.map((level) => (level >= MASK_THRESHOLD ? 1 : 0));
  return { width, height, data };
}
