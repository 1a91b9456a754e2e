/*
 * Copies of a picture at half its size, half of that and so on: shown small, a large picture is drawn
 * from the copy that is nearest in size, so that a frame costs as much as there are pixels on the
 * screen, not in the picture.
 */

/** The copies of one bitmap in one colour space, largest first; made as they are needed. */
type Levels = ImageBitmap[];

const known = new WeakMap<ImageBitmap, Map<PredefinedColorSpace, Levels>>();

/** How often a picture is halved to be drawn `width` pixels wide: never below that width. */
function halvings(pictureWidth: number, width: number): number {
  return Math.max(0, Math.floor(Math.log2(pictureWidth / Math.max(1, width)) + 1e-6));
}

/**
 * What to draw for a picture that is shown `width` device pixels wide: itself, or the smallest halved
 * copy that is no narrower. The same one whenever the size is the same, so that nothing flickers.
 */
export function reducedSource(
  bitmap: ImageBitmap,
  width: number,
  colorSpace: PredefinedColorSpace,
): ImageBitmap {
  const wanted = halvings(bitmap.width, width);
  if (wanted === 0) return bitmap;
  const levels = levelsOf(bitmap, colorSpace);
  while (levels.length < wanted) {
    const half = halved(levels.at(-1) ?? bitmap, colorSpace);
    if (!half) break;
    levels.push(half);
  }
  return levels[Math.min(wanted, levels.length) - 1] ?? bitmap;
}

function levelsOf(bitmap: ImageBitmap, colorSpace: PredefinedColorSpace): Levels {
  let spaces = known.get(bitmap);
  if (!spaces) {
    spaces = new Map();
    known.set(bitmap, spaces);
  }
  let levels = spaces.get(colorSpace);
  if (!levels) {
    levels = [];
    spaces.set(colorSpace, levels);
  }
  return levels;
}

/** In main memory: sheets whose pixels are read draw from it too, and a screen keeps its own copy. */
function halved(source: ImageBitmap, colorSpace: PredefinedColorSpace): ImageBitmap | null {
  const width = Math.max(1, Math.round(source.width / 2));
  const height = Math.max(1, Math.round(source.height / 2));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace, willReadFrequently: true });
  if (!context) return null;
  // Between two pixels of each axis this is their mean.
  context.imageSmoothingQuality = 'low';
  context.drawImage(source, 0, 0, width, height);
  return canvas.transferToImageBitmap();
}
