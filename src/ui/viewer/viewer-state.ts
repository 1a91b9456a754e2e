import { type Accessor, createEffect, createMemo, on } from 'solid-js';
import type { AppModel, CaseView, PictureView } from '../../app/model.ts';
import { createDisplay, type DisplayTool } from '../inspect/display-state.ts';
import { createInspector, type InspectorTool } from '../inspect/inspector-state.ts';
import { createProfile, type ProfileTool } from '../inspect/profile-state.ts';
import { createReview, type ReviewTool } from '../inspect/review-state.ts';
import { createMaskTool, type MaskTool } from '../mask/mask-state.ts';
import { createMedia } from '../media.ts';
import { createSay, type SayTool } from '../remarks/say-state.ts';
import { firstOf } from './gestures.ts';
import { createLens, type Lens } from './lens.ts';
import { createLighting, type LightingTool } from './lighting-state.ts';
import { createLooks, type Looks } from './looks.ts';
import { createErrorMapTool, type ErrorMapTool } from './map-state.ts';
import { type PaneKey, paneTitle, pictureIn, type Seen, type Shown, seenIn } from './panes.ts';
import { createRectangleTool, type RectangleTool } from './rectangle-state.ts';
import type { Size } from './viewport.ts';

/** How the current case is looked at: shared by the panes, the toolbar, the keys and the panel. */
export interface Viewer
  extends Lens,
    Looks,
    ErrorMapTool,
    RectangleTool,
    LightingTool,
    DisplayTool,
    InspectorTool,
    ReviewTool,
    ProfileTool {
  readonly case: Accessor<CaseView | null>;
  readonly mask: MaskTool;
  /** Tags, notes, pins and rating of the case. */
  readonly say: SayTool;
  /** The picture of a pane; of the error map, the output it was made of. */
  readonly picture: (pane: Shown) => PictureView | null;
  /** The pixels that a pane shows at the moment. */
  readonly seen: (pane: PaneKey) => Seen | null;
  readonly title: (pane: Shown) => string;
  /** Whether the screen shows more colours than sRGB has. */
  readonly wideScreen: Accessor<boolean>;
}

/** The viewer's state for `model`; what is remembered goes through its commands. */
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
  const mask = createMaskTool(model, current, lens);
  const rectangle = createRectangleTool(model, current, lens);
  const seen = (pane: PaneKey) => seenIn(current(), pane);
  const profile = createProfile(lens);
  const inspector = createInspector({ ...lens, panes: looks.everyPane, seen });
  return {
    case: current,
    picture: (pane) => pictureIn(current(), pane),
    seen,
    title: (pane) => paneTitle(current(), pane),
    wideScreen: createMedia('(color-gamut: p3)'),
    ...looks,
    ...lens,
    ...createErrorMapTool(model, current, {
      ...looks,
      hasPlace: () =>
        looks.look() === 'single' ? looks.single() === 'output' : looks.look() !== 'difference',
    }),
    ...rectangle,
    ...createLighting(model, current),
    ...createReview(model, current, lens),
    ...createDisplay(),
    ...inspector,
    ...profile,
    ...togetherOf(mask, rectangle, inspector, profile),
    say: createSay(model, current, {
      ...lens,
      inspected: inspector.inspected,
      freePointer: () => freePointer(mask, rectangle, profile),
    }),
  };
}

function freePointer(mask: MaskTool, rectangle: RectangleTool, profile: ProfileTool): void {
  mask.paint(null);
  rectangle.setDrawing(false);
  profile.setProfiling(false);
}

/** The tools of one pointer: one of them paints or draws, and all know where it is. */
function togetherOf(
  mask: MaskTool,
  rectangle: RectangleTool,
  inspector: InspectorTool,
  profile: ProfileTool,
): Pick<Viewer, 'mask' | 'drag' | 'setDrawing' | 'setProfiling' | 'pointAt'> {
  const paint: MaskTool['paint'] = (target) => {
    if (target !== null) {
      rectangle.setDrawing(false);
      profile.setProfiling(false);
    }
    mask.paint(target);
  };
  return {
    mask: { ...mask, paint },
    drag: firstOf([mask.stroke.drag, profile.profileDrag, rectangle.drag]),
    setDrawing: (on) => {
      if (on) {
        mask.paint(null);
        profile.setProfiling(false);
      }
      rectangle.setDrawing(on);
    },
    setProfiling: (on) => {
      if (on) {
        mask.paint(null);
        rectangle.setDrawing(false);
      }
      profile.setProfiling(on);
    },
    pointAt: (point) => {
      inspector.pointAt(point);
      mask.stroke.hover(point);
    },
  };
}
