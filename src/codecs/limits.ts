import { DecodeError, damagedFile } from './decodeError.ts';

/** Longest side of a picture in pixels: what canvases and GPU textures hold on most machines. */
export const MAX_SIDE = 16_384;
/** Most pixels of a picture. */
export const MAX_PIXELS = 100_000_000;

/**
 * Refuses a picture by the size in its header, before anything of that size is allocated.
 * @throws DecodeError when a side is 0, or a limit is exceeded.
 */
export function requireWithinLimits(name: string, width: number, height: number): void {
  if (width < 1 || height < 1) throw damagedFile(name, `its size is ${width}×${height} pixels`);
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  const side = MAX_SIDE.toLocaleString('en-GB');
  throw new DecodeError(
    'too-large',
    `“${name}” is ${width}×${height} pixels. The limit is ${side} pixels a side and ` +
      `${MAX_PIXELS / 1e6} megapixels: scale or crop the picture and add it again.`,
  );
}
