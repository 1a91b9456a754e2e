import { COLOUR_MAPS, type ColourMapId } from '../../core/colour/colourMaps.ts';
import type { Figure, FigureItem } from '../../core/inspect/figure.ts';

export type ImageItem = Extract<FigureItem, { kind: 'image' }>;

/** Draws a figure as its SVG shows it, `scale` device pixels for each of its units. */
export function paintFigure(
  context: CanvasRenderingContext2D,
  { width, height, items }: Figure,
  scale: number,
  cropOf: (item: ImageItem) => HTMLCanvasElement | null,
): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  for (const item of items) paintItem(context, item, scale, cropOf);
}

function paintItem(
  context: CanvasRenderingContext2D,
  item: FigureItem,
  scale: number,
  cropOf: (item: ImageItem) => HTMLCanvasElement | null,
): void {
  const { x, y } = item;
  switch (item.kind) {
    case 'image': {
      const crop = cropOf(item);
      if (crop === null) return;
      context.imageSmoothingEnabled = !(item.pixelated && item.width * scale >= crop.width);
      context.imageSmoothingQuality = 'high';
      context.drawImage(crop, x, y, item.width, item.height);
      return;
    }
    case 'frame':
      context.strokeStyle = item.colour;
      context.lineWidth = item.stroke;
      context.strokeRect(x, y, item.width, item.height);
      return;
    case 'text':
      context.fillStyle = '#000000';
      context.font = `${item.size}px sans-serif`;
      context.textAlign = item.anchor === 'middle' ? 'center' : item.anchor;
      context.fillText(item.content, x, y);
      return;
    case 'bar':
      context.fillStyle = gradient(context, item);
      context.fillRect(x, y, item.width, item.height);
  }
}

function gradient(
  context: CanvasRenderingContext2D,
  { x, width, map, turned }: Extract<FigureItem, { kind: 'bar' }>,
): CanvasGradient {
  const colours = context.createLinearGradient(x, 0, x + width, 0);
  const last = 255;
  for (let i = 0; i <= last; i += 5) {
    colours.addColorStop(i / last, colourAt(map, turned ? last - i : i));
  }
  return colours;
}

function colourAt(map: ColourMapId, step: number): string {
  const [red, green, blue] = COLOUR_MAPS[map].table.subarray(step * 3, step * 3 + 3);
  return `rgb(${red} ${green} ${blue})`;
}
