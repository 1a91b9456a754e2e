import {
  type CaseView,
  type MethodId,
  MOST_PANES,
  type PaneKey,
  type PictureView,
} from '../../app/model.ts';
import type { Shift } from '../../core/inspect/alignment.ts';
import { shiftText } from '../../core/inspect/shiftWords.ts';
import { placedBitmap } from './shifted-bitmap.ts';
import type { Point } from './viewport.ts';

export type { PaneKey } from '../../app/model.ts';

/** What a pane may show: one of the case's pictures, or the error map of its output. */
export type Shown = PaneKey | 'map';

type Pictures = Pick<CaseView, 'input' | 'gt' | 'output' | 'methods' | 'shownMethod'>;

export function methodPane(id: MethodId): PaneKey {
  return `method:${id}`;
}

/** The pane of a method's output in this case: `output` for the shown one. */
export function paneOf(item: Pictures, id: MethodId): PaneKey {
  return id === item.shownMethod ? 'output' : methodPane(id);
}

/** The method a pane shows; null for input, ground truth, and an output that does not exist yet. */
export function methodIn(item: Pictures, pane: Shown): MethodId | null {
  if (pane === 'output' || pane === 'map') return item.shownMethod;
  return pane.startsWith('method:') ? pane.slice('method:'.length) : null;
}

/** Whether a pane shows what some method made. */
export function isOutput(pane: Shown): boolean {
  return pane !== 'input' && pane !== 'gt';
}

/**
 * Input, the methods in the order they came, ground truth. An output pane is there as soon as there
 * is an input that it can be made from.
 */
export function allPanes(item: Pictures | null): readonly PaneKey[] {
  if (!item) return [];
  const outputs = item.methods.map(({ methodId }) => paneOf(item, methodId));
  const toCome = outputs.length === 0 && (item.input || item.output);
  return [
    ...(item.input ? (['input'] as const) : []),
    ...(toCome ? (['output'] as const) : outputs),
    ...(item.gt ? (['gt'] as const) : []),
  ];
}

/**
 * The panes that stand side by side, {@link MOST_PANES} at most: the shown method always, then those
 * the user asked for, then the first ones that nobody hid. Where fewer than two would be left, what
 * was hidden comes back.
 * @param wishes true for panes the user wants to see, false for those not; by their lasting names
 */
export function panesInView(
  item: Pictures | null,
  wishes: Readonly<Partial<Record<PaneKey, boolean>>>,
): readonly PaneKey[] {
  const every = allPanes(item);
  if (!item) return every;
  const rank = (pane: PaneKey): number => {
    if (pane === 'output') return 0;
    const wish = wishes[lasting(item, pane)];
    if (wish === false) return 3;
    return wish === true || pane === 'input' || pane === 'gt' ? 1 : 2;
  };
  const ranked = every.toSorted((a, b) => rank(a) - rank(b));
  const wanted = ranked.filter((pane) => rank(pane) < 3).length;
  const taken = new Set(ranked.slice(0, Math.min(MOST_PANES, Math.max(2, wanted))));
  return every.filter((pane) => taken.has(pane));
}

/** The pane behind a number key: 1 input, 2 first method, 3 ground truth, 4 and on further methods. */
export function paneByNumber(item: Pictures, number: number): PaneKey | null {
  if (number === 1) return item.input ? 'input' : null;
  if (number === 3) return item.gt ? 'gt' : null;
  const method = item.methods[number === 2 ? 0 : number - 3];
  if (method) return paneOf(item, method.methodId);
  return number === 2 && item.input ? 'output' : null;
}

/** The number key of the method at this place in the list; null where keys end. */
export function numberOf(index: number): number | null {
  const number = index === 0 ? 2 : index + 3;
  return number <= 9 ? number : null;
}

/** A name that a method's pane keeps, whichever method is shown. */
export function lasting(item: Pictures | null, pane: PaneKey): PaneKey {
  const method = item && methodIn(item, pane);
  return method === null ? pane : methodPane(method);
}

/** A pane that was named while another method was shown, under the name it has now. */
export function settled(item: Pictures | null, pane: PaneKey): PaneKey {
  const method = item && methodIn(item, pane);
  return item && method !== null ? paneOf(item, method) : pane;
}

/** The picture of a pane; of the error map, the output it was made of. */
export function pictureIn(item: Pictures | null, pane: Shown): PictureView | null {
  if (!item) return null;
  if (pane === 'input' || pane === 'gt') return item[pane];
  if (pane === 'output' || pane === 'map') return item.output?.picture ?? null;
  const id = methodIn(item, pane);
  return item.methods.find(({ methodId }) => methodId === id)?.output.picture ?? null;
}

/** What stands in a pane at the moment. */
export interface Seen {
  /** As it is drawn: an output that is compared under a shift lies over the ground truth. */
  readonly bitmap: ImageBitmap;
  /** The picture's own pixels, and where in them the corner of `bitmap` lies. */
  readonly source: ImageBitmap;
  readonly offset: Point;
  /** A reduced picture, stretched over the frame, in the place of the one to come. */
  readonly preview: boolean;
}

/** A picture as it is. */
export function standing(bitmap: ImageBitmap, preview = false): Seen {
  return { bitmap, source: bitmap, offset: { x: 0, y: 0 }, preview };
}

type Looked = Pictures & Pick<CaseView, 'preview'>;

/** The shift that a pane's picture is compared under, and thus shown; null: it stands as it is. */
function shiftIn(item: Pictures | null, pane: Shown): Shift | null {
  const id = item?.gt ? methodIn(item, pane) : null;
  return item?.methods.find(({ methodId }) => methodId === id)?.shift ?? null;
}

/** The pixels that a pane shows: a picture's own, or for the output its preview while there is one. */
export function seenIn(item: Looked | null, pane: PaneKey): Seen | null {
  const picture = pictureIn(item, pane);
  const preview = pane === 'output' ? item?.preview : null;
  const source = preview ?? picture?.bitmap;
  if (!source) return null;
  const [shift, truth] = [shiftIn(item, pane), item?.gt];
  const plain = standing(source, source === preview);
  if (!shift || !truth || !picture) return plain;
  // A preview is as much smaller than the picture as the shift in it.
  const scale = source.width / picture.width;
  const offset = { x: shift.dx * scale, y: shift.dy * scale };
  const size = preview ? { width: preview.width, height: preview.height } : truth;
  const corner = { x: -offset.x, y: -offset.y };
  const colorSpace = picture.profileName === null ? 'srgb' : 'display-p3';
  const bitmap = placedBitmap(source, corner, size, colorSpace);
  return bitmap ? { ...plain, bitmap, offset } : plain;
}

/**
 * What a pane is called: outputs by their method as soon as there are several, with their strength
 * where they are mixed with the input, and with the shift they are shown under: "Output, 70 %".
 */
export function paneTitle(item: Pictures | null, pane: Shown): string {
  if (pane === 'input') return 'Input';
  if (pane === 'gt') return 'Ground truth';
  const shift = shiftIn(item, pane);
  const under = shift ? `, shifted ${shiftText(shift)}` : '';
  if (pane === 'map') return `Error map${under}`;
  const id = item && methodIn(item, pane);
  const method = item?.methods.find(({ methodId }) => methodId === id);
  const name = method && item && item.methods.length > 1 ? method.title : 'Output';
  const strength = method && method.strength < 100 ? `, ${method.strength} %` : '';
  return `${name}${strength}${under}`;
}
