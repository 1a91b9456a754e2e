import { COLOUR_MAPS, type ColourMapId } from '../colour/colourMaps.ts';
import { escapeHtml } from '../export/html.ts';
import type { Figure, FigureItem } from './figure.ts';

type ImageItem = Extract<FigureItem, { kind: 'image' }>;

const STOPS = 32;
const PNG_DATA_URL = /^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/;

/** Up to three decimals, without trailing zeros. */
const num = (value: number): string => String(Number(value.toFixed(3)));

/** XML has no place for control characters and halves of surrogate pairs, which file names may hold. */
const xmlText = (text: string): string =>
  escapeHtml(text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD'));

const placed = ({ x, y, width, height }: Record<'x' | 'y' | 'width' | 'height', number>): string =>
  `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;

const gradientId = (map: ColourMapId, turned: boolean): string =>
  `scale-${map}${turned ? '-turned' : ''}`;

function gradient(map: ColourMapId, turned: boolean): string {
  const { table } = COLOUR_MAPS[map];
  const stops = Array.from({ length: STOPS + 1 }, (_, i) => {
    const entry = Math.round(((turned ? STOPS - i : i) / STOPS) * 255) * 3;
    const colour = [table[entry], table[entry + 1], table[entry + 2]].join(',');
    return `<stop offset="${num(i / STOPS)}" stop-color="rgb(${colour})"/>`;
  });
  const id = gradientId(map, turned);
  return `<linearGradient id="${id}">${stops.join('')}</linearGradient>`;
}

function itemSvg(item: FigureItem, pngOf: (image: ImageItem) => string): string {
  switch (item.kind) {
    case 'image': {
      const url = pngOf(item);
      if (!PNG_DATA_URL.test(url)) throw new RangeError('A figure embeds PNG data URLs only.');
      const rendering = item.pixelated ? ' image-rendering="pixelated"' : '';
      return `<image ${placed(item)} preserveAspectRatio="none"${rendering} href="${url}"/>`;
    }
    case 'frame':
      return `<rect ${placed(item)} fill="none" stroke="${escapeHtml(item.colour)}" stroke-width="${num(item.stroke)}"/>`;
    case 'text':
      return `<text x="${num(item.x)}" y="${num(item.y)}" font-size="${num(item.size)}" text-anchor="${item.anchor}">${xmlText(item.content)}</text>`;
    case 'bar':
      return `<rect ${placed(item)} fill="url(#${gradientId(item.map, item.turned)})"/>`;
  }
}

/**
 * A figure as one SVG file that needs nothing else.
 * @param pngOf the crop of an image item's source, not enlarged, as a PNG data URL
 * @throws RangeError where it is not one
 */
export function figureSvg(
  { title, width, height, items }: Figure,
  pngOf: (image: ImageItem) => string,
): string {
  const gradients = items.flatMap((item) =>
    item.kind === 'bar' ? [gradient(item.map, item.turned)] : [],
  );
  const defs = gradients.length === 0 ? '' : `<defs>${gradients.join('')}</defs>`;
  const body = items.map((item) => itemSvg(item, pngOf)).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" role="img" font-family="sans-serif"><title>${xmlText(title)}</title>` +
    `${defs}<rect width="${width}" height="${height}" fill="#ffffff"/>${body}</svg>\n`
  );
}
