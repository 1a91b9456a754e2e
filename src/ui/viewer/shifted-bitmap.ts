import type { Point, Size } from './viewport.ts';

interface Placed {
  readonly key: string;
  readonly bitmap: ImageBitmap;
}

const known = new WeakMap<ImageBitmap, Placed>();

/**
 * A picture as it lies over another one: of that one's size, transparent where it does not reach. Moved
 * as a bitmap, pixels that are compared are drawn, halved and read as those of one place at every zoom.
 * Made once for each picture and place, and at once: waited for, the picture would jump after the rest
 * of what a pane draws.
 * @param corner of the picture in the other one's pixels
 * @returns null where the browser has no canvas to spare
 */
export function placedBitmap(
  bitmap: ImageBitmap,
  corner: Point,
  { width, height }: Size,
  colorSpace: PredefinedColorSpace,
): ImageBitmap | null {
  const key = JSON.stringify([corner.x, corner.y, width, height, colorSpace]);
  const before = known.get(bitmap);
  if (before?.key === key) return before.bitmap;
  const canvas = new OffscreenCanvas(width, height);
  // In main memory, like the pictures themselves.
  const context = canvas.getContext('2d', { colorSpace, willReadFrequently: true });
  if (!context) return null;
  context.drawImage(bitmap, corner.x, corner.y);
  const placed = { key, bitmap: canvas.transferToImageBitmap() };
  known.set(bitmap, placed);
  return placed.bitmap;
}
