import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';
import type { Rectangle } from '../../core/metrics/regionRule.ts';
import type { DragHandlers } from './gesture-tracker.ts';
import { dragged, type Grab, grabAt, moved, placed, resized } from './rectangle.ts';
import {
  frameRect,
  type Point,
  type Rect,
  type Size,
  type Viewport,
  visiblePart,
} from './viewport.ts';

/** The rectangle of the current case while it is drawn, moved and resized. */
export interface RectangleTool {
  /** Whether there is a picture to draw on. */
  readonly canDraw: Accessor<boolean>;
  readonly drawing: Accessor<boolean>;
  readonly setDrawing: (on: boolean) => void;
  readonly rectangle: Accessor<Rectangle | null>;
  /** Its place in a pane, in CSS pixels. */
  readonly box: Accessor<Rect | null>;
  /** For the panes' pointers, in device pixels from a pane's top left corner. */
  readonly drag: DragHandlers;
  /** Moves or resizes by so many steps of the keyboard, or places one where there is none. */
  readonly step: (x: number, y: number, resize: boolean) => void;
  readonly clear: () => void;
  /** Makes what keys have moved the case's own at once, so that undo takes back this and no more. */
  readonly settleRectangle: () => void;
  /** True from when the rectangle should have the focus until it has it. */
  readonly focusWanted: Accessor<boolean>;
  readonly focusTaken: () => void;
}

/** The part of the viewer's state that the tool is laid over. */
interface Lens {
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly viewport: Accessor<Viewport>;
}

/** How near to an edge a press takes hold of it, and how far a key moves it, in CSS pixels. */
const REACH = 10;
const STEP = 4;
/** Held keys are measured once, when they come to rest. */
const REST_MS = 350;

/** The tool for `current`, drawing through `lens`; what is drawn goes to the model's command. */
export function createRectangleTool(
  model: AppModel,
  current: Accessor<CaseView | null>,
  lens: Lens,
): RectangleTool {
  const [wanted, setWanted] = createSignal(false);
  const [focusWanted, setFocusWanted] = createSignal(false);
  const draft = createDraft(model, current);
  const canDraw = () => lens.frame() !== null;
  const place = createMemo(() => {
    const frame = lens.frame();
    return frame && frameRect(lens.viewport(), frame, lens.paneSize());
  });
  const scale = () => (place()?.width ?? 1) / (lens.frame()?.width ?? 1);
  const inPicture = (css: number) => (css * window.devicePixelRatio) / scale();
  const askForFocus = () => setFocusWanted(true);

  return {
    canDraw,
    drawing: () => wanted() && canDraw(),
    setDrawing: (next) => {
      setWanted(next);
      if (next) askForFocus();
    },
    rectangle: draft.rectangle,
    box: () => boxOf(draft.rectangle(), place(), scale()),
    drag: createDrag(draft, {
      locate: (point) => inPlace(point, place(), scale()),
      frame: lens.frame,
      reach: () => inPicture(REACH),
      isOn: () => wanted() && canDraw(),
      done: askForFocus,
    }),
    step: (x, y, resize) => {
      const frame = lens.frame();
      const at = place();
      if (!frame || !at) return;
      const seen = visiblePart(at, frame, lens.paneSize());
      const length = Math.max(1, Math.round(inPicture(STEP)));
      const by = { x: x * length, y: y * length };
      const next = stepped(draft.rectangle(), by, resize, frame, seen);
      if (next) draft.change(next, REST_MS);
    },
    clear: () => draft.change(null, 0),
    settleRectangle: draft.settle,
    focusWanted,
    focusTaken: () => setFocusWanted(false),
  };
}

/** What a key makes of the rectangle; where there is none, one in the middle of what is seen. */
function stepped(
  rectangle: Rectangle | null,
  by: Point,
  resize: boolean,
  frame: Size,
  seen: Rect | null,
): Rectangle | null {
  if (rectangle) return (resize ? resized : moved)(rectangle, by, frame);
  return seen && placed(seen);
}

function inPlace(point: Point, place: Rect | null, scale: number): Point {
  return { x: (point.x - (place?.x ?? 0)) / scale, y: (point.y - (place?.y ?? 0)) / scale };
}

function boxOf(rectangle: Rectangle | null, place: Rect | null, scale: number): Rect | null {
  if (!rectangle || !place) return null;
  const ratio = window.devicePixelRatio;
  return {
    x: (place.x + rectangle.x * scale) / ratio,
    y: (place.y + rectangle.y * scale) / ratio,
    width: (rectangle.width * scale) / ratio,
    height: (rectangle.height * scale) / ratio,
  };
}

interface Draft {
  readonly rectangle: Accessor<Rectangle | null>;
  /** Shows a rectangle that is not the case's yet, or again what the case has. */
  readonly show: (next: Rectangle | undefined) => void;
  /** Shows it and makes it the case's, after so many milliseconds without another change. */
  readonly change: (next: Rectangle | null, restMs: number) => void;
  /** Ends the rest of a change that waits. */
  readonly settle: () => void;
}

/** A change that is not the case's yet: more keys may follow. */
interface Resting {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly next: Rectangle | null;
}

/** What is on screen runs ahead of the case's own rectangle until the command has taken it over. */
function createDraft(model: AppModel, current: Accessor<CaseView | null>): Draft {
  const [shown, show] = createSignal<Rectangle | null | undefined>();
  let resting: Resting | null = null;
  const wake = () => {
    if (resting) clearTimeout(resting.timer);
    resting = null;
  };
  const forget = () => {
    wake();
    show(undefined);
  };
  createEffect(
    on(
      () => current()?.id,
      () => forget(),
    ),
  );
  onCleanup(wake);
  const commit = async (next: Rectangle | null) => {
    wake();
    await model.commands.setRectangle(next);
    // A later change is still on its way: it must not fall back to this one.
    if (shown() === next) show(undefined);
  };
  return {
    rectangle: () => {
      const ahead = shown();
      return ahead === undefined ? (current()?.rectangle ?? null) : ahead;
    },
    show: (next) => show(() => next),
    change: (next, restMs) => {
      wake();
      show(() => next);
      resting = { timer: setTimeout(() => void commit(next), restMs), next };
    },
    settle: () => {
      if (resting) void commit(resting.next);
    },
  };
}

interface DragContext {
  readonly locate: (point: Point) => Point;
  readonly frame: Accessor<Size | null>;
  readonly reach: () => number;
  readonly isOn: () => boolean;
  readonly done: () => void;
}

function createDrag(draft: Draft, context: DragContext): DragHandlers {
  let start: { rectangle: Rectangle | null; grab: Grab; from: Point } | null = null;
  return {
    begin: (point) => {
      if (!context.isOn()) return false;
      const from = context.locate(point);
      const rectangle = draft.rectangle();
      start = { rectangle, grab: grabAt(rectangle, from, context.reach()), from };
      return true;
    },
    move: (point) => {
      const frame = context.frame();
      if (!start || !frame) return;
      const { rectangle, grab, from } = start;
      const next = dragged(rectangle, grab, from, context.locate(point), frame);
      draft.show(next ?? undefined);
    },
    end: (keep) => {
      const before = start?.rectangle ?? null;
      start = null;
      const next = draft.rectangle();
      if (keep && next && next !== before) draft.change(next, 0);
      else draft.show(undefined);
      context.done();
    },
  };
}
