import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';
import type { Shift } from '../../core/inspect/alignment.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import type { Lens } from '../viewer/lens.ts';
import {
  FIT,
  fitScale,
  frameRect,
  type Rect,
  type Size,
  type Viewport,
} from '../viewer/viewport.ts';
import { standIn } from './place-state.ts';

/** Looking over an output: its alignment, its hints, and the place that one of them speaks of. */
export interface ReviewTool {
  readonly aligning: Accessor<boolean>;
  /** Opens or closes the bar; opened, the alignment is looked at. */
  readonly setAligning: (on: boolean) => void;
  readonly toggleHints: () => void;
  /** Zooms to a part of the shown output and marks it; null: no mark. */
  readonly showSpot: (part: Rectangle | null) => void;
  /** The marked part in a pane, in CSS pixels; null where nothing is marked. */
  readonly spot: Accessor<Rect | null>;
}

/** A part takes up this much of the pane, unless that zooms in further than so many pixels for one. */
const PART = 1 / 3;
const CLOSEST = 8;

/** The view in which a part of the frame stands in the pane's middle with room around it. */
export function viewOn(part: Rect, frame: Size, pane: Size): Viewport {
  const scale = Math.min(CLOSEST, PART * fitScale(part, pane));
  if (scale <= fitScale(frame, pane)) return FIT;
  const x = (part.x + part.width / 2) / frame.width;
  const y = (part.y + part.height / 2) / frame.height;
  return { fit: false, scale, x, y };
}

/** A part of a picture in pixels of the frame, which shows the same scene at another size. */
export function inFrame(part: Rectangle, picture: Size, frame: Size): Rect {
  const scale = frame.width / picture.width;
  const { x, y, width, height } = part;
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

/**
 * A part of an output that is shown over the ground truth, where it then stands in the frame.
 * @param shift that the output is compared under
 */
export function shiftedInFrame(part: Rectangle, { dx, dy }: Shift, truth: Size, frame: Size): Rect {
  const own = standIn(frame, truth, false);
  const there = inFrame({ ...part, x: part.x - dx, y: part.y - dy }, truth, own);
  return { ...there, x: own.x + there.x, y: own.y + there.y };
}

type Marked = Pick<CaseView, 'output' | 'gt' | 'shift'>;

/**
 * Where a part of the shown output stands in the frame: under a shift, where it lies over the ground
 * truth. Null without an output.
 */
export function outputPart(part: Rectangle, item: Marked | null, frame: Size): Rect | null {
  if (!item?.output) return null;
  const { output, gt, shift } = item;
  return shift && gt
    ? shiftedInFrame(part, shift, gt, frame)
    : inFrame(part, output.picture, frame);
}

export function createReview(
  model: AppModel,
  current: Accessor<CaseView | null>,
  lens: Pick<Lens, 'frame' | 'paneSize' | 'viewport' | 'setViewport'>,
): ReviewTool {
  const [aligning, setAligning] = createSignal(false);
  /** In pixels of the output: a shift that is accepted or taken back moves both. */
  const [marked, setMarked] = createSignal<Rectangle | null>(null);
  // What was marked was measured on this output.
  createEffect(
    on(
      () => current()?.output?.picture.sha256,
      () => setMarked(null),
    ),
  );
  // An open bar speaks of whatever comes on screen.
  createEffect(() => {
    if (aligning() && current()?.alignment.status === 'unknown') {
      void model.commands.checkAlignment();
    }
  });
  return {
    aligning,
    setAligning: (on) => setAligning(on),
    toggleHints: () => {
      const hints = !model.state.view.hints;
      model.commands.setView(hints ? { hints, panels: true } : { hints });
    },
    showSpot: (part) => {
      setMarked(part);
      const frame = lens.frame();
      const place = part && frame && outputPart(part, current(), frame);
      if (place) lens.setViewport(viewOn(place, frame, lens.paneSize()));
    },
    spot: () => {
      const [part, frame] = [marked(), lens.frame()];
      const place = part && frame && outputPart(part, current(), frame);
      return place && inPane(place, frame, lens);
    },
  };
}

/** A part of the frame where it stands in a pane, in CSS pixels. */
function inPane(part: Rect, frame: Size, lens: Pick<Lens, 'paneSize' | 'viewport'>): Rect {
  const stand = frameRect(lens.viewport(), frame, lens.paneSize());
  const scale = stand.width / frame.width;
  const ratio = window.devicePixelRatio;
  return {
    x: (stand.x + part.x * scale) / ratio,
    y: (stand.y + part.y * scale) / ratio,
    width: (part.width * scale) / ratio,
    height: (part.height * scale) / ratio,
  };
}
