import type { Figure } from '../../core/inspect/figure.ts';
import { figureSvg } from '../../core/inspect/figureSvg.ts';
import { paintFigure } from './figure-canvas.ts';
import type { FigureCrops } from './figure-pictures.ts';

/** Device pixels of a PNG for each unit of the figure. */
export const PNG_SCALE = 2;

/** Browsers draw no larger canvas on every device. */
const LARGEST_SIDE = 16_384;

/** Whether a PNG of the figure can be drawn. */
export function fitsPng({ width, height }: Figure): boolean {
  return Math.max(width, height) * PNG_SCALE <= LARGEST_SIDE;
}

/** The figure as a PNG at twice its size; null where the browser cannot draw it. */
export async function figurePng(figure: Figure, crops: FigureCrops): Promise<File | null> {
  const canvas = document.createElement('canvas');
  canvas.width = figure.width * PNG_SCALE;
  canvas.height = figure.height * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (!context) return null;
  paintFigure(context, figure, PNG_SCALE, crops.of);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob && new File([blob], 'figure.png', { type: 'image/png' });
}

/** One transparent pixel, in the place of a picture that could not be read. */
function nothing(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  return canvas;
}

/** The figure as an SVG that needs nothing else: its pictures lie in it. */
export function figureSvgFile(figure: Figure, crops: FigureCrops): File {
  const svg = figureSvg(figure, (item) => (crops.of(item) ?? nothing()).toDataURL('image/png'));
  return new File([svg], 'figure.svg', { type: 'image/svg+xml' });
}
