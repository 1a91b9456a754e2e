import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { AppModel, CaseView, LookMode, PaneId, PictureView } from '../../app/model.ts';
import { createErrorMapTool, type ErrorMapTool, type Shown } from './map-state.ts';
import { createRectangleTool, type RectangleTool } from './rectangle-state.ts';
import {
  FIT,
  frameRect,
  type Point,
  panBy,
  resolveViewport,
  type Size,
  steppedScale,
  toggleFit,
  type Viewport,
  zoomBy,
  zoomTo,
} from './viewport.ts';

/** A way of looking: the two that are remembered, or one picture alone. */
export type Look = LookMode | 'single';

export const PANE_TITLES: Readonly<Record<Shown, string>> = {
  input: 'Input',
  output: 'Output',
  gt: 'Ground truth',
  map: 'Error map',
};

/** How the current case is looked at: shared by the panes, the toolbar, the keys and the panel. */
export interface Viewer extends ErrorMapTool, RectangleTool {
  readonly case: Accessor<CaseView | null>;
  /** The panes there are for the case, in their fixed order. */
  readonly panes: Accessor<readonly PaneId[]>;
  /** The picture of a pane; of the error map, the output it was made of. */
  readonly picture: (pane: Shown) => PictureView | null;
  readonly look: Accessor<Look>;
  /** The pane that is shown alone. */
  readonly single: Accessor<PaneId>;
  /** Left and right of the split, replaced where the case has no such picture. */
  readonly split: Accessor<readonly [PaneId, PaneId]>;
  readonly peeking: Accessor<boolean>;
  readonly setPeeking: (on: boolean) => void;
  readonly setLook: (look: Look) => void;
  readonly nextLook: () => void;
  readonly show: (pane: PaneId) => void;
  readonly showNext: (step: 1 | -1) => void;
  readonly swap: () => void;
  readonly setSide: (side: 0 | 1, pane: PaneId) => void;

  /** The reference size all panes are laid out by; null before anything is decoded. */
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly setPaneSize: (size: Size) => void;
  readonly viewport: Accessor<Viewport>;
  /** Free room around the pictures in CSS pixels: captions keep to the picture's edge. */
  readonly margin: Accessor<Point>;
  readonly fit: () => void;
  readonly actualSize: (anchor?: Point) => void;
  readonly toggleFit: (anchor: Point) => void;
  readonly zoomBy: (factor: number, anchor: Point) => void;
  readonly zoomStep: (direction: 1 | -1) => void;
  readonly panBy: (by: Point) => void;
}

const LOOKS: readonly Look[] = ['side-by-side', 'split', 'single'];

/** The viewer's state for `model`; only what the contract remembers goes through its commands. */
export function createViewer(model: AppModel): Viewer {
  const current = createMemo(
    () => model.state.cases.find((item) => item.id === model.state.currentCaseId) ?? null,
  );
  const looks = createLooks(model, current);
  const lens = createLens(current);
  return {
    case: current,
    ...looks,
    ...lens,
    ...createErrorMapTool(model, current, {
      ...looks,
      alone: () => (looks.look() === 'single' ? looks.single() : null),
    }),
    ...createRectangleTool(model, current, lens),
  };
}

function pictureOf(item: CaseView | null, pane: Shown): PictureView | null {
  if (!item) return null;
  if (pane === 'input') return item.input;
  return pane === 'gt' ? item.gt : (item.output?.picture ?? null);
}

/** An output pane is there as soon as there is an input that it can be made from. */
function panesOf(item: CaseView | null): readonly PaneId[] {
  if (!item) return [];
  const panes: PaneId[] = [];
  if (item.input) panes.push('input');
  if (item.input || item.output) panes.push('output');
  if (item.gt) panes.push('gt');
  return panes;
}

/** The pane that is wanted where there is such a one and it is not taken, else the first that is. */
function among(panes: readonly PaneId[], wanted: PaneId, taken: PaneId | null): PaneId {
  if (panes.includes(wanted) && wanted !== taken) return wanted;
  return panes.find((pane) => pane !== taken) ?? wanted;
}

function createLooks(model: AppModel, current: Accessor<CaseView | null>) {
  const [alone, setAlone] = createSignal<PaneId | null>(null);
  const [peeking, setPeeking] = createSignal(false);
  const panes = createMemo(() => panesOf(current()));
  const split = createMemo<readonly [PaneId, PaneId]>(() => {
    const left = among(panes(), model.state.view.split[0], null);
    return [left, among(panes(), model.state.view.split[1], left)];
  });
  const preferred = (): PaneId => (panes().includes('output') ? 'output' : 'input');
  const look = (): Look => (alone() ? 'single' : model.state.view.mode);
  const single = (): PaneId => among(panes(), alone() ?? preferred(), null);
  const setLook = (next: Look) => {
    setAlone(next === 'single' ? single() : null);
    if (next !== 'single') model.commands.setView({ mode: next });
  };

  return {
    panes,
    picture: (pane: Shown) => pictureOf(current(), pane),
    look,
    single,
    split,
    peeking,
    setPeeking: (on: boolean) => setPeeking(on),
    setLook,
    nextLook: () => setLook(LOOKS[(LOOKS.indexOf(look()) + 1) % LOOKS.length] ?? 'side-by-side'),
    show: (pane: PaneId) => {
      if (panes().includes(pane)) setAlone(pane);
    },
    showNext: (step: 1 | -1) => {
      const list = panes();
      const from = look() === 'single' ? list.indexOf(single()) : -1;
      const next = from === -1 ? 0 : (from + step + list.length) % list.length;
      setAlone(list[next] ?? null);
    },
    swap: () => {
      const [left, right] = split();
      model.commands.setView({ split: [right, left] });
    },
    setSide: (side: 0 | 1, pane: PaneId) => {
      const other = split()[side === 0 ? 1 : 0];
      const replaced = other === pane ? split()[side] : other;
      model.commands.setView({ split: side === 0 ? [pane, replaced] : [replaced, pane] });
    },
  };
}

function createLens(current: Accessor<CaseView | null>) {
  const [wanted, setWanted] = createSignal<Viewport>(FIT);
  const [paneSize, setPaneSize] = createSignal<Size>(
    { width: 0, height: 0 },
    { equals: (a, b) => a.width === b.width && a.height === b.height },
  );
  const frame = createMemo<Size | null>(
    () => {
      const item = current();
      const picture = item?.input ?? item?.output?.picture ?? item?.gt ?? null;
      return picture && { width: picture.width, height: picture.height };
    },
    null,
    { equals: (a, b) => a?.width === b?.width && a?.height === b?.height },
  );
  const centre = (): Point => ({ x: paneSize().width / 2, y: paneSize().height / 2 });
  const change = (next: (view: Viewport, frame: Size, pane: Size) => Viewport) => {
    const size = frame();
    if (size && paneSize().width > 0) setWanted(next(wanted(), size, paneSize()));
  };
  const viewport = createMemo(() => {
    const size = frame();
    return size ? resolveViewport(wanted(), size, paneSize()) : FIT;
  });
  createEffect(on(current, (item) => item ?? setWanted(FIT)));

  return {
    frame,
    paneSize,
    setPaneSize: (size: Size) => setPaneSize(size),
    viewport,
    margin: () => {
      const size = frame();
      if (!size) return { x: 0, y: 0 };
      const place = frameRect(viewport(), size, paneSize());
      const ratio = window.devicePixelRatio;
      return { x: Math.max(0, place.x / ratio), y: Math.max(0, place.y / ratio) };
    },
    fit: () => setWanted(FIT),
    actualSize: (anchor?: Point) => change((v, f, p) => zoomTo(v, f, p, 1, anchor ?? centre())),
    toggleFit: (anchor: Point) => change((v, f, p) => toggleFit(v, f, p, anchor)),
    zoomBy: (factor: number, anchor: Point) => change((v, f, p) => zoomBy(v, f, p, factor, anchor)),
    zoomStep: (direction: 1 | -1) =>
      change((v, f, p) => {
        const { scale } = resolveViewport(v, f, p);
        return zoomTo(v, f, p, steppedScale(scale, direction), centre());
      }),
    panBy: (by: Point) => change((v, f, p) => panBy(v, f, p, by)),
  };
}
