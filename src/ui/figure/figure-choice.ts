import type { CaseView, FigurePicture, MethodId } from '../../app/model.ts';
import type { ColourMapId } from '../../core/colour/colourMaps.ts';
import type { ColourBar, FigureCase, FigurePlan, FigureSource } from '../../core/inspect/figure.ts';
import { MAPS, type MapId } from '../../core/metrics/maps.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import { colourBarTicks } from '../viewer/colour-bar.ts';
import type { Rect, Size } from '../viewer/viewport.ts';

/** What a column of a figure shows, in every case. */
export type ColumnKey = 'input' | 'gt' | `output:${MethodId}` | `map:${MethodId}`;

/** Something that is in the figure or not, and what it is called there. */
export interface Chosen<Id extends string> {
  readonly id: Id;
  readonly on: boolean;
  readonly label: string;
}

/** Everything that the user chose; all pictures of the figure follow from it. */
export interface FigureChoice {
  readonly cases: readonly Chosen<string>[];
  readonly columns: readonly Chosen<ColumnKey>[];
  /** Which picture is shown whole. */
  readonly overview: ColumnKey;
  /** Shares of width and height, 0..1: the same part of every case. */
  readonly boxes: readonly Rect[];
  readonly map: MapId;
  readonly cropWidth: number;
  readonly pixelated: boolean;
}

/** What a figure needs to know of a case. */
type Pictured = Pick<CaseView, 'id' | 'input' | 'gt' | 'methods'>;

const titleOfMethod = (item: Pictured, id: MethodId): string | undefined =>
  item.methods.find(({ methodId }) => methodId === id)?.title;

/** The columns that some case can fill: input, methods, ground truth, then an error map each. */
export function columnsOf(cases: readonly Pictured[]): Chosen<ColumnKey>[] {
  const methods = [
    ...new Set(cases.flatMap((item) => item.methods.map(({ methodId }) => methodId))),
  ];
  const title = (id: MethodId) =>
    cases.map((item) => titleOfMethod(item, id)).find((own) => own !== undefined) ?? id;
  const hasGt = cases.some(({ gt }) => gt !== null);
  return [
    { id: 'input', on: true, label: 'Input' },
    ...methods.map((id): Chosen<ColumnKey> => ({ id: `output:${id}`, on: true, label: title(id) })),
    ...(hasGt ? [{ id: 'gt', on: true, label: 'Ground truth' } as const] : []),
    ...(hasGt ? methods : []).map(
      (id): Chosen<ColumnKey> => ({ id: `map:${id}`, on: false, label: `${title(id)}, error` }),
    ),
  ];
}

/** The picture that a column takes from a case. */
export function pictureFor(key: ColumnKey, map: MapId): FigurePicture {
  if (key === 'input' || key === 'gt') return { kind: key };
  const method = key.slice(key.indexOf(':') + 1);
  return key.startsWith('map:') ? { kind: 'map', method, map } : { kind: 'output', method };
}

function sizeIn(item: Pictured, key: ColumnKey): Size | null {
  if (key === 'input' || key === 'gt') return item[key];
  const method = key.slice(key.indexOf(':') + 1);
  const own = item.methods.find(({ methodId }) => methodId === method);
  if (own === undefined || (key.startsWith('map:') && item.gt === null)) return null;
  // Under a shift it is drawn over the ground truth.
  return own.shift && item.gt ? item.gt : own.output.picture;
}

/** A share of a picture as whole pixels: one at least, within the picture. */
export function pixelBox(share: Rect, { width, height }: Size): Rectangle {
  const span = (from: number, length: number, most: number): [number, number] => {
    const start = Math.min(most - 1, Math.max(0, Math.round(from * most)));
    return [start, Math.max(1, Math.min(most - start, Math.round(length * most)))];
  };
  const [x, w] = span(share.x, share.width, width);
  const [y, h] = span(share.y, share.height, height);
  return { x, y, width: w, height: h };
}

/** A source's name, and what it is of. */
export const sourceId = (caseId: string, key: ColumnKey): string => JSON.stringify([caseId, key]);
export const sourceOf = (id: string): readonly [caseId: string, key: ColumnKey] => JSON.parse(id);

function figureCase(item: Pictured, label: string, choice: FigureChoice): FigureCase | null {
  const { columns, overview, boxes } = choice;
  const keys = columns.filter(({ on }) => on).map(({ id }) => id);
  const there = [overview, ...keys, ...columns.map(({ id }) => id)].find(
    (key) => !key.startsWith('map:') && sizeIn(item, key) !== null,
  );
  const size = there === undefined ? null : sizeIn(item, there);
  if (there === undefined || size === null) return null;
  const source = (key: ColumnKey): FigureSource => ({
    id: sourceId(item.id, key),
    width: size.width,
    height: size.height,
  });
  return {
    label,
    overview: source(there),
    pictures: keys.map((key) => {
      const own = sizeIn(item, key);
      return own?.width === size.width && own.height === size.height ? source(key) : null;
    }),
    boxes: boxes.map((box) => pixelBox(box, size)),
  };
}

/** The scale beneath, where some column is an error map. */
function colourBarOf({ columns, map }: FigureChoice, colours: ColourMapId): ColourBar | null {
  if (!columns.some(({ id, on }) => on && id.startsWith('map:'))) return null;
  const { title, unit, kind, lowIsBad, range } = MAPS[map];
  const ticks = colourBarTicks(range, kind === 'diverging');
  return {
    map: kind === 'diverging' ? 'diverging' : colours,
    turned: lowIsBad,
    low: ticks[0] ?? '',
    high: ticks.at(-1) ?? '',
    title: unit === '' ? title : `${title}, ${unit}`,
  };
}

/**
 * The figure that was chosen; null while no case, column or box is.
 * @param colours of sequential error maps
 */
export function planOf(
  choice: FigureChoice,
  cases: readonly Pictured[],
  colours: ColourMapId,
): FigurePlan | null {
  const rows = choice.cases.flatMap(({ id, on, label }) => {
    const item = on ? cases.find((own) => own.id === id) : undefined;
    return (item && figureCase(item, label, choice)) ?? [];
  });
  const columns = choice.columns.filter(({ on }) => on).map(({ label }) => label);
  if (rows.length === 0 || columns.length === 0 || choice.boxes.length === 0) return null;
  const labels = rows.map(({ label }) => label).filter((label) => label !== '');
  return {
    title: labels.length > 0 ? `Comparison: ${labels.join(', ')}` : 'Comparison',
    overviewLabel: choice.columns.find(({ id }) => id === choice.overview)?.label ?? '',
    columns,
    cases: rows,
    colourBar: colourBarOf(choice, colours),
    cropWidth: choice.cropWidth,
    pixelated: choice.pixelated,
  };
}
