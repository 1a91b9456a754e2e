import type { ColourMapId } from '../colour/colourMaps.ts';
import type { Rectangle } from '../metrics/regionRule.ts';
import { fittedText, textWidth } from './figureText.ts';

/*
 * A crop comparison for a paper, as rectangles and texts: the SVG writer and the page's canvas draw the
 * same description.
 */

/** A picture that a figure shows; the page knows where its pixels are. */
export interface FigureSource {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface FigureCase {
  readonly label: string;
  /** Shown whole at the left, with the boxes marked. */
  readonly overview: FigureSource;
  /** A picture for each column; null: this method has none. All of one size with the overview. */
  readonly pictures: readonly (FigureSource | null)[];
  /** Parts that are shown enlarged, in pixels of the pictures; one or more. */
  readonly boxes: readonly Rectangle[];
}

export interface ColourBar {
  readonly map: ColourMapId;
  /** Whether the scale runs from the map's last colour to its first. */
  readonly turned: boolean;
  readonly low: string;
  readonly high: string;
  readonly title: string;
}

export interface FigurePlan {
  readonly title: string;
  readonly overviewLabel: string;
  /** The methods' labels. */
  readonly columns: readonly string[];
  readonly cases: readonly FigureCase[];
  /** Below the cases; null: none of the columns is an error map. */
  readonly colourBar: ColourBar | null;
  /** Width of a crop in the figure's units (CSS pixels). */
  readonly cropWidth: number;
  /** Whether enlarged pixels stay sharp squares. */
  readonly pixelated: boolean;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type FigureItem =
  /** `crop` of a source drawn into the place. */
  | (Placed & {
      readonly kind: 'image';
      readonly source: string;
      readonly crop: Rectangle;
      readonly pixelated: boolean;
    })
  /** An outline, drawn on the place's edge. */
  | (Placed & { readonly kind: 'frame'; readonly colour: string; readonly stroke: number })
  /** `x` is the anchor, `y` the baseline. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly content: string;
    }
  /** A colour map from left to right. */
  | (Placed & { readonly kind: 'bar'; readonly map: ColourMapId; readonly turned: boolean });

export interface Figure {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly FigureItem[];
}

/** Outlines of the boxes: told apart by colour-blind eyes, and light enough for dark pictures. */
const BOX_COLOURS = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#cc79a7', '#d55e00'] as const;

const GAP = 4;
const MARGIN = 8;
const TEXT = 12;
const LINE = 18;
const BAR_HEIGHT = 10;
const BAR_WIDTH = 180;
const STROKE = 2;

/** The outline of a case's box by its place, from 0. */
export const boxColour = (index: number): string =>
  BOX_COLOURS[index % BOX_COLOURS.length] ?? '#ffffff';

function requireSound({ columns, cases, cropWidth }: FigurePlan): void {
  if (cases.length === 0 || !(cropWidth > 0)) {
    throw new RangeError('A figure shows one case or more, in crops wider than nothing.');
  }
  for (const { label, overview, pictures, boxes } of cases) {
    const inside = boxes.every(
      ({ x, y, width, height }) =>
        Math.min(x, y) >= 0 &&
        Math.min(width, height) > 0 &&
        x + width <= overview.width &&
        y + height <= overview.height,
    );
    if (boxes.length === 0 || !inside) {
      throw new RangeError(`${label}: a box must lie within the picture.`);
    }
    if (pictures.length !== columns.length) {
      throw new RangeError(`${label}: a picture, or none, is needed for each column.`);
    }
    for (const picture of pictures) {
      if (picture && (picture.width !== overview.width || picture.height !== overview.height)) {
        throw new RangeError(`${label}: pictures of different sizes cannot share boxes.`);
      }
    }
  }
}

/** "4×", "0.5×": figure units for a pixel of the picture. */
function scaleLabel(scale: number): string {
  return `${Number(scale.toPrecision(2))}×`;
}

interface Row {
  readonly items: readonly FigureItem[];
  readonly height: number;
}

/** Heights of a case's crops, all as wide as the plan says. */
const cropHeights = ({ boxes }: FigureCase, cropWidth: number): number[] =>
  boxes.map(({ width, height }) => (cropWidth * height) / width);

const stackHeight = (heights: readonly number[]): number =>
  heights.reduce((sum, height) => sum + height, 0) + GAP * (heights.length - 1);

/** Width of the widest overview: each is as high as its case's crops. */
function overviewWidth({ cases, cropWidth }: FigurePlan): number {
  return Math.max(
    ...cases.map((one) => {
      const { width, height } = one.overview;
      return (stackHeight(cropHeights(one, cropWidth)) * width) / height;
    }),
  );
}

/** The whole picture with its boxes, and the case's name below it. */
function overviewItems(one: FigureCase, top: number, height: number): FigureItem[] {
  const { overview, boxes, label } = one;
  const scale = height / overview.height;
  const width = overview.width * scale;
  const whole = { x: 0, y: 0, width: overview.width, height: overview.height };
  return [
    {
      kind: 'image',
      source: overview.id,
      crop: whole,
      pixelated: false,
      ...{ x: MARGIN, y: top, width, height },
    },
    ...boxes.map((box, i): FigureItem => {
      const place = { x: MARGIN + box.x * scale, y: top + box.y * scale };
      const size = { width: box.width * scale, height: box.height * scale };
      return { kind: 'frame', ...place, ...size, colour: boxColour(i), stroke: STROKE };
    }),
    text(MARGIN + width / 2, top + height + TEXT + 2, fittedText(label, TEXT, width)),
  ];
}

function text(
  x: number,
  y: number,
  content: string,
  anchor: 'start' | 'middle' | 'end' = 'middle',
): FigureItem {
  return { kind: 'text', x, y, size: TEXT, anchor, content };
}

/** One column of a case: its crops below each other in the colours of their boxes. */
function cropItems(
  { boxes }: FigureCase,
  source: FigureSource | null,
  [x, top, width]: readonly [number, number, number],
  pixelated: boolean,
): FigureItem[] {
  if (source === null) return [text(x + width / 2, top + TEXT * 2, '–')];
  let y = top;
  return boxes.flatMap((crop, i): FigureItem[] => {
    const place = { x, y, width, height: (width * crop.height) / crop.width };
    y += place.height + GAP;
    return [
      { kind: 'image', source: source.id, crop, pixelated, ...place },
      { kind: 'frame', ...place, colour: boxColour(i), stroke: STROKE },
    ];
  });
}

function caseRow(plan: FigurePlan, one: FigureCase, top: number, left: number): Row {
  const { cropWidth, pixelated } = plan;
  const height = stackHeight(cropHeights(one, cropWidth));
  const columns = one.pictures.flatMap((source, k) =>
    cropItems(one, source, [left + k * (cropWidth + GAP), top, cropWidth], pixelated),
  );
  const scales = [...new Set(one.boxes.map(({ width }) => scaleLabel(cropWidth / width)))];
  const scaleText = text(left, top + height + TEXT + 2, `Crops ${scales.join(', ')}`, 'start');
  const items = [...overviewItems(one, top, height), ...columns, scaleText];
  return { items, height: height + LINE + GAP };
}

function barItems({ map, turned, low, high, title }: ColourBar, top: number): FigureItem[] {
  const y = top + BAR_HEIGHT + TEXT + 2;
  return [
    { kind: 'bar', x: MARGIN, y: top, width: BAR_WIDTH, height: BAR_HEIGHT, map, turned },
    text(MARGIN, y, low, 'start'),
    text(MARGIN + BAR_WIDTH, y, high, 'end'),
    text(MARGIN + BAR_WIDTH + 2 * GAP, top + BAR_HEIGHT, title, 'start'),
  ];
}

/**
 * Lays a figure out: a row a case, at its left the whole picture with the boxes marked, then the boxes
 * of every column enlarged to one width, labels above, case and scale below.
 * @throws RangeError where there is no case, a box lies outside, or sizes differ within a case
 */
export function layOutFigure(plan: FigurePlan): Figure {
  requireSound(plan);
  const { columns, cropWidth, colourBar } = plan;
  const widest = overviewWidth(plan);
  const left = MARGIN + widest + 2 * GAP;
  const overviewLabel = fittedText(plan.overviewLabel, TEXT, widest);
  const items: FigureItem[] = [text(MARGIN + widest / 2, MARGIN + TEXT, overviewLabel)];
  columns.forEach((label, k) => {
    const own = fittedText(label, TEXT, cropWidth);
    items.push(text(left + k * (cropWidth + GAP) + cropWidth / 2, MARGIN + TEXT, own));
  });
  let y = MARGIN + LINE;
  for (const one of plan.cases) {
    const row = caseRow(plan, one, y, left);
    items.push(...row.items);
    y += row.height;
  }
  if (colourBar !== null) {
    items.push(...barItems(colourBar, y));
    y += BAR_HEIGHT + LINE;
  }
  const width = Math.max(
    left + Math.max(columns.length * (cropWidth + GAP) - GAP, 0) + MARGIN,
    colourBar === null
      ? 0
      : MARGIN + BAR_WIDTH + 2 * GAP + textWidth(colourBar.title, TEXT) + MARGIN,
  );
  return { title: plan.title, width: Math.ceil(width), height: Math.ceil(y + MARGIN), items };
}
