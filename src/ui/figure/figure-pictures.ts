import type { Figure } from '../../core/inspect/figure.ts';
import type { ImageItem } from './figure-canvas.ts';

/** Decoded pictures that are held for the next change of a box, together. */
const MOST_PIXELS = 64e6;

/** Crops of a figure's pictures, by the item that shows them. */
export interface FigureCrops {
  readonly of: (item: ImageItem) => HTMLCanvasElement | null;
}

const keyOf = ({ source, crop, width }: ImageItem): string =>
  JSON.stringify([source, crop.x, crop.y, crop.width, crop.height, Math.ceil(width)]);

/** Loads what figures show, and holds it while one figure after another is tried. */
export interface FigurePictures {
  /** All crops of a figure; null where `isStale` said that nobody waits for them any more. */
  cut(figure: Figure, scale: number, isStale: () => boolean): Promise<FigureCrops | null>;
  close(): void;
}

/** @param load a source's picture, null where there is none */
export function makeFigurePictures(
  load: (source: string) => Promise<ImageBitmap | null>,
): FigurePictures {
  const held = new Map<string, ImageBitmap | null>();
  const pixels = () =>
    [...held.values()].reduce((sum, own) => sum + (own ? own.width * own.height : 0), 0);
  async function bitmapOf(source: string): Promise<ImageBitmap | null> {
    const known = held.get(source);
    if (known !== undefined) return known;
    const bitmap = await load(source);
    held.set(source, bitmap);
    for (const [oldest, own] of held) {
      if (oldest === source || pixels() <= MOST_PIXELS) break;
      own?.close();
      held.delete(oldest);
    }
    return bitmap;
  }
  return {
    async cut({ items }, scale, isStale) {
      const crops = new Map<string, HTMLCanvasElement>();
      const images = items.filter((item): item is ImageItem => item.kind === 'image');
      // Source by source: what does not fit into memory is decoded once for a figure.
      for (const source of new Set(images.map((item) => item.source))) {
        const bitmap = await bitmapOf(source);
        if (isStale()) return null;
        for (const item of images) {
          if (bitmap && item.source === source) crops.set(keyOf(item), cropOf(bitmap, item, scale));
        }
      }
      return { of: (item) => crops.get(keyOf(item)) ?? null };
    },
    close() {
      for (const bitmap of held.values()) bitmap?.close();
      held.clear();
    },
  };
}

/** The pixels as they are; reduced where the figure would show less of them anyway. */
function cropOf(bitmap: ImageBitmap, { crop, width }: ImageItem, scale: number): HTMLCanvasElement {
  const reduction = Math.min(1, (width * scale) / crop.width);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(crop.width * reduction));
  canvas.height = Math.max(1, Math.round(crop.height * reduction));
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    const { x, y, width: w, height: h } = crop;
    context.drawImage(bitmap, x, y, w, h, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}
