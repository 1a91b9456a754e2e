import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { AppModel, CaseView } from '../../app/model.ts';
import { type Figure, layOutFigure } from '../../core/inspect/figure.ts';
import { shiftText } from '../../core/inspect/shiftWords.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { frameRect, type Rect, visiblePart } from '../viewer/viewport.ts';
import {
  type ColumnKey,
  columnsOf,
  type FigureChoice,
  pictureFor,
  planOf,
  sourceOf,
} from './figure-choice.ts';
import { type FigureCrops, makeFigurePictures } from './figure-pictures.ts';

/** Where nothing is drawn or zoomed: the middle, where a portrait's face tends to be. */
const MIDDLE: Rect = { x: 0.35, y: 0.2, width: 0.3, height: 0.3 };
const CROP_WIDTH = 200;
/** Changes that come faster than this are drawn once. In ms. */
const REST_MS = 120;

/** A figure with its pictures. */
export interface Drawn {
  readonly figure: Figure;
  readonly crops: FigureCrops;
}

export interface FigureTool {
  readonly choice: FigureChoice;
  readonly change: (change: Partial<FigureChoice>) => void;
  readonly setCase: (id: string, change: { on?: boolean; label?: string }) => void;
  readonly setColumn: (id: ColumnKey, change: { on?: boolean; label?: string }) => void;
  /** What the viewer shows of the case, as a box; null while all of it is in sight. */
  readonly seen: Accessor<Rect | null>;
  /** The rectangle that was drawn to measure in. */
  readonly rectangle: Accessor<Rect | null>;
  /** Null while nothing is chosen. */
  readonly figure: Accessor<Figure | null>;
  /** The newest that was drawn; older than `figure` while pictures are fetched. */
  readonly drawn: Accessor<Drawn | null>;
  readonly busy: Accessor<boolean>;
}

/** The case's rectangle, and what of the pictures is in sight, as shares of the frame. */
function boxesOf(viewer: Viewer, item: CaseView) {
  const frame = viewer.frame();
  const share = (box: Rect | null): Rect | null =>
    box &&
    frame && {
      x: box.x / frame.width,
      y: box.y / frame.height,
      width: box.width / frame.width,
      height: box.height / frame.height,
    };
  const part = () => {
    if (!frame || viewer.viewport().fit) return null;
    const place = frameRect(viewer.viewport(), frame, viewer.paneSize());
    return visiblePart(place, frame, viewer.paneSize());
  };
  return { rectangle: share(item.rectangle), seen: share(part()) };
}

/** A case's name, and under which shift its error maps were measured. */
function labelOf({ title, shift }: CaseView): string {
  return shift ? `${title}, output shifted by ${shiftText(shift)}` : title;
}

/** Cases, outputs and ground truths may arrive while the figure is made: they can be chosen, too. */
function takeArrivals(
  { state }: AppModel,
  choice: FigureChoice,
  change: (change: Partial<FigureChoice>) => void,
): void {
  const ids = createMemo(() =>
    [...state.cases, ...columnsOf(state.cases)].map(({ id }) => id).join('\n'),
  );
  const arrive = () => {
    const fresh = state.cases.filter(({ id }) => choice.cases.every((own) => own.id !== id));
    const known = new Map(choice.columns.map((column) => [column.id, column]));
    change({
      // What is opened while the figure is made is opened for it.
      cases: [
        ...choice.cases,
        ...fresh.map((one) => ({ id: one.id, on: true, label: labelOf(one) })),
      ],
      columns: columnsOf(state.cases).map((column) => known.get(column.id) ?? column),
    });
  };
  createEffect(on(ids, arrive, { defer: true }));
}

/** A figure that begins with the case on screen: all its pictures, and what is looked at of them. */
export function createFigure(model: AppModel, viewer: Viewer, item: CaseView): FigureTool {
  const { rectangle, seen } = boxesOf(viewer, item);
  const columns = columnsOf(model.state.cases);
  const has = (id: ColumnKey) => columns.some((column) => column.id === id);
  const first = [rectangle, seen].filter((box) => box !== null);
  const [choice, setChoice] = createStore<{ -readonly [K in keyof FigureChoice]: FigureChoice[K] }>(
    {
      cases: model.state.cases.map((one) => ({
        id: one.id,
        on: one.id === item.id,
        label: labelOf(one),
      })),
      columns: columns.map((column) => ({ ...column, on: column.on && isOf(column.id, item) })),
      overview: has('gt') && item.gt ? 'gt' : 'input',
      boxes: first.length > 0 ? first : [MIDDLE],
      map: model.state.view.errorMap ?? 'deltae',
      cropWidth: CROP_WIDTH,
      pixelated: true,
    },
  );
  takeArrivals(model, choice, setChoice);
  const colours = () => model.state.view.errorMapColours;
  const figure = createMemo(() => {
    const plan = planOf(choice, model.state.cases, colours());
    return plan && layOutFigure(plan);
  });
  const pictures = createPictures(model, choice);
  return {
    choice,
    change: (change) => setChoice(change),
    setCase: (id, change) =>
      setChoice('cases', (list) =>
        list.map((own) => (own.id === id ? { ...own, ...change } : own)),
      ),
    setColumn: (id, change) =>
      setChoice('columns', (list) =>
        list.map((own) => (own.id === id ? { ...own, ...change } : own)),
      ),
    seen: () => seen,
    rectangle: () => rectangle,
    figure,
    ...createDrawing(figure, pictures),
  };
}

/** Whether a case has what a column shows: others begin left out. */
function isOf(key: ColumnKey, item: CaseView): boolean {
  if (key === 'input' || key === 'gt') return item[key] !== null;
  return item.methods.some(({ methodId }) => key.endsWith(`:${methodId}`));
}

/** Pictures by source; maps are drawn anew when another one is chosen. */
function createPictures(model: AppModel, choice: FigureChoice) {
  const make = () =>
    makeFigurePictures((source) => {
      const [caseId, key] = sourceOf(source);
      return model.commands.figurePicture(caseId, pictureFor(key, choice.map));
    });
  let pictures = make();
  createEffect(
    on([() => choice.map, () => model.state.view.errorMapColours], () => {
      pictures.close();
      pictures = make();
    }),
  );
  onCleanup(() => pictures.close());
  return () => pictures;
}

/** Fetches and cuts the pictures of the newest figure; what is overtaken is not waited for. */
function createDrawing(
  figure: Accessor<Figure | null>,
  pictures: () => ReturnType<typeof makeFigurePictures>,
) {
  const [drawn, setDrawn] = createSignal<Drawn | null>(null);
  const [busy, setBusy] = createSignal(false);
  let newest = 0;
  let rest = 0;
  const draw = async (next: Figure, turn: number) => {
    const crops = await pictures().cut(next, 2, () => turn !== newest);
    if (turn !== newest) return;
    if (crops) setDrawn({ figure: next, crops });
    setBusy(false);
  };
  createEffect(
    on(figure, (next) => {
      newest += 1;
      const turn = newest;
      clearTimeout(rest);
      setBusy(next !== null);
      if (next) rest = window.setTimeout(() => void draw(next, turn), REST_MS);
      else setDrawn(null);
    }),
  );
  onCleanup(() => {
    newest += 1;
    clearTimeout(rest);
  });
  return { drawn, busy };
}
