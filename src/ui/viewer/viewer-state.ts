import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { AppModel, CaseView, LookMode, MethodId, PictureView } from '../../app/model.ts';
import { createDisplay, type DisplayTool } from '../inspect/display-state.ts';
import { createInspector, type InspectorTool } from '../inspect/inspector-state.ts';
import { createMedia } from '../media.ts';
import { createLooks } from './looks.ts';
import { createErrorMapTool, type ErrorMapTool } from './map-state.ts';
import { type PaneKey, paneTitle, pictureIn, type Shown } from './panes.ts';
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

/** A way of looking: the two that are remembered, two pictures in one place, or one alone. */
export type Look = LookMode | OverlaidLook | 'single';

/** Ways in which two pictures share each pixel of the screen. */
export type OverlaidLook = 'onion' | 'difference';

/** How the current case is looked at: shared by the panes, the toolbar, the keys and the panel. */
export interface Viewer extends ErrorMapTool, RectangleTool, DisplayTool, InspectorTool {
  readonly case: Accessor<CaseView | null>;
  /** The panes that stand side by side, in their fixed order. */
  readonly panes: Accessor<readonly PaneKey[]>;
  /** Those, and the methods that are not in view. */
  readonly everyPane: Accessor<readonly PaneKey[]>;
  /** The picture of a pane; of the error map, the output it was made of. */
  readonly picture: (pane: Shown) => PictureView | null;
  readonly title: (pane: Shown) => string;
  /** Whether the screen shows more colours than sRGB has. */
  readonly wideScreen: Accessor<boolean>;
  readonly look: Accessor<Look>;
  /** The pane that is shown alone. */
  readonly single: Accessor<PaneKey>;
  /** Left and right of the split, replaced where the case has no such picture. */
  readonly split: Accessor<readonly [PaneKey, PaneKey]>;
  readonly peeking: Accessor<boolean>;
  readonly setPeeking: (on: boolean) => void;
  readonly setLook: (look: Look) => void;
  readonly nextLook: () => void;
  readonly show: (pane: PaneKey) => void;
  /** Shows what stands behind a number key. */
  readonly showNumber: (number: number) => void;
  readonly showNext: (step: 1 | -1) => void;
  readonly swap: () => void;
  readonly setSide: (side: 0 | 1, pane: PaneKey) => void;
  /** The two pictures whose difference is looked at. */
  readonly compared: Accessor<readonly [PaneKey, PaneKey]>;
  readonly setCompared: (side: 0 | 1, pane: PaneKey) => void;
  /** Whether a method has a pane of its own where panes stand side by side. */
  readonly inView: (id: MethodId) => boolean;
  readonly setInView: (id: MethodId, on: boolean) => void;

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

/** The viewer's state for `model`; only what the contract remembers goes through its commands. */
export function createViewer(model: AppModel): Viewer {
  const current = createMemo(
    () => model.state.cases.find((item) => item.id === model.state.currentCaseId) ?? null,
  );
  const looks = createLooks(model, current);
  const lens = createLens(current);
  return {
    case: current,
    picture: (pane) => pictureIn(current(), pane),
    title: (pane) => paneTitle(current(), pane),
    wideScreen: createMedia('(color-gamut: p3)'),
    ...looks,
    ...lens,
    ...createErrorMapTool(model, current, {
      ...looks,
      hasPlace: () =>
        looks.look() === 'single' ? looks.single() === 'output' : looks.look() !== 'difference',
    }),
    ...createRectangleTool(model, current, lens),
    ...createDisplay(),
    ...createInspector({
      ...lens,
      panes: looks.everyPane,
      picture: (pane) => pictureIn(current(), pane),
    }),
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
