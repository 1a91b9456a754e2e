/** A picture's reduced copy for the size at which it was last shown. */
interface Reduced {
  readonly width: number;
  readonly height: number;
  readonly colorSpace: PredefinedColorSpace;
  /** Null until the size is asked for a second time: while zooming every size is a new one. */
  canvas: OffscreenCanvas | null;
}

/** Copies are for whole pictures on a screen; near 1:1 a copy would cost more than it saves. */
const MOST_PIXELS = 8_000_000;

const reducedCopies = new WeakMap<ImageBitmap, Reduced>();

/**
 * What to draw for a picture that is shown at `width` × `height` device pixels, smaller than it is:
 * itself, or a copy of just that size once it is shown so repeatedly. A split line is then dragged over
 * two small pictures instead of reducing tens of megapixels in every frame.
 */
export function reducedSource(
  bitmap: ImageBitmap,
  width: number,
  height: number,
  colorSpace: PredefinedColorSpace,
): ImageBitmap | OffscreenCanvas {
  if (width * height > MOST_PIXELS) return bitmap;
  const known = reducedCopies.get(bitmap);
  if (
    !known ||
    known.width !== width ||
    known.height !== height ||
    known.colorSpace !== colorSpace
  ) {
    reducedCopies.set(bitmap, { width, height, colorSpace, canvas: null });
    return bitmap;
  }
  known.canvas ??= reduce(bitmap, known);
  return known.canvas ?? bitmap;
}

function reduce(
  bitmap: ImageBitmap,
  { width, height, colorSpace }: Omit<Reduced, 'canvas'>,
): OffscreenCanvas | null {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}
