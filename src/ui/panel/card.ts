import type { PictureView } from '../../app/model.ts';
import { type CardLayout, cardLabels, cardLayout, cardName } from './card-layout.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
/** Neutral, so that it flatters neither side. */
const DIVIDER = '#ffffff';
const PLATE = 'rgb(0 0 0 / 55%)';

/**
 * Input and output side by side as a PNG for showing around, in sRGB, from the pictures as they are
 * displayed.
 * @returns null while one of them is not decoded, or where the browser cannot draw
 */
export async function makeCard(input: PictureView, output: PictureView): Promise<File | null> {
  if (!input.bitmap || !output.bitmap) return null;
  const layout = cardLayout(input.bitmap);
  const canvas = new OffscreenCanvas(layout.width, layout.height);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  const [before, after] = cardLabels(input);
  drawHalf(context, input.bitmap, layout.before, before, layout);
  drawHalf(context, output.bitmap, layout.after, after, layout);
  const { x, y, width, height } = layout.divider;
  context.fillStyle = DIVIDER;
  context.fillRect(x, y, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new File([blob], cardName(input.name), { type: 'image/png' });
}

function drawHalf(
  context: OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  { x, y, width, height }: CardLayout['before'],
  label: string,
  { letters }: CardLayout,
): void {
  context.drawImage(bitmap, x, y, width, height);
  context.font = `500 ${letters}px ${FONT}`;
  context.textBaseline = 'middle';
  const pad = Math.round(letters * 0.6);
  const plate = { width: context.measureText(label).width + 2 * pad, height: letters + 2 * pad };
  const left = x + pad;
  const top = y + height - pad - plate.height;
  context.fillStyle = PLATE;
  context.beginPath();
  context.roundRect(left, top, plate.width, plate.height, pad / 2);
  context.fill();
  context.fillStyle = '#ffffff';
  context.fillText(label, left + pad, top + plate.height / 2);
}
