import { type Accessor, createEffect, createMemo, on } from 'solid-js';
import type { AppModel, CaseView, LookMode, MethodId, PictureView } from '../../app/model.ts';
import { createDisplay, type DisplayTool } from '../inspect/display-state.ts';
import { createInspector, type InspectorTool } from '../inspect/inspector-state.ts';
import { createMedia } from '../media.ts';
import { createLens, type Lens } from './lens.ts';
import { createLooks } from './looks.ts';
import { createErrorMapTool, type ErrorMapTool } from './map-state.ts';
import { type PaneKey, paneTitle, pictureIn, type Shown } from './panes.ts';
import { createRectangleTool, type RectangleTool } from './rectangle-state.ts';
import type { Size } from './viewport.ts';

/** A way of looking: the two that are remembered, two pictures in one place, or one alone. */
export type Look = LookMode | OverlaidLook | 'single';

/** Ways in which two pictures share each pixel of the screen. */
export type OverlaidLook = 'onion' | 'difference';

/** How the current case is looked at: shared by the panes, the toolbar, the keys and the panel. */
export interface Viewer extends Lens, ErrorMapTool, RectangleTool, DisplayTool, InspectorTool {
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
}

/** The viewer's state for `model`; only what the contract remembers goes through its commands. */
export function createViewer(model: AppModel): Viewer {
  const current = createMemo(
    () => model.state.cases.find((item) => item.id === model.state.currentCaseId) ?? null,
  );
  const looks = createLooks(model, current);
  const frame = createMemo<Size | null>(
    () => {
      const item = current();
      const picture = item?.input ?? item?.output?.picture ?? item?.gt ?? null;
      return picture && { width: picture.width, height: picture.height };
    },
    null,
    { equals: (a, b) => a?.width === b?.width && a?.height === b?.height },
  );
  const lens = createLens(frame);
  createEffect(on(current, (item) => item ?? lens.fit()));
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
