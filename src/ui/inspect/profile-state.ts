import { type Accessor, createSignal } from 'solid-js';
import type { DragHandlers } from '../viewer/gesture-tracker.ts';
import { frameRect, type Point, type Rect, type Size } from '../viewer/viewport.ts';
import type { Stand } from './place-state.ts';
import { type Line, lengthOf } from './profile.ts';

export type LineEnd = keyof Line;

/** A line over the pictures whose pixels are plotted. */
export interface ProfileTool {
  readonly profiling: Accessor<boolean>;
  readonly setProfiling: (on: boolean) => void;
  /** In pixels of the frame; null before one is drawn. */
  readonly profileLine: Accessor<Line | null>;
  /** The same in a pane, in CSS pixels. */
  readonly profileInPane: Accessor<Line | null>;
  readonly profileDrag: DragHandlers;
  /** Moves an end by pixels of the frame, or lays a line through the middle where there is none. */
  readonly moveEnd: (end: LineEnd, by: Point) => void;
  /** A part of the line, 0..1, that is pointed at; null: none. */
  readonly profileAt: Accessor<number | null>;
  readonly setProfileAt: (t: number | null) => void;
}

/** How near to an end a press takes hold of it, in CSS pixels. */
const REACH = 14;
/** The part of the frame's width that a line takes which keys lay. */
const LAID = 0.5;

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** A point within the frame. */
export function withinFrame({ x, y }: Point, frame: Size): Point {
  return { x: clamp(x, frame.width), y: clamp(y, frame.height) };
}

/** The end that a press at `point` takes hold of; null: a new line begins. */
export function endAt(line: Line | null, point: Point, reach: number): LineEnd | null {
  if (!line) return null;
  const distance = (end: Point) => Math.hypot(end.x - point.x, end.y - point.y);
  const [from, to] = [distance(line.from), distance(line.to)];
  if (Math.min(from, to) > reach) return null;
  return from < to ? 'from' : 'to';
}

/** A line through the middle of the frame, from left to right. */
export function laidLine({ width, height }: Size): Line {
  const y = height / 2;
  return {
    from: { x: (width * (1 - LAID)) / 2, y },
    to: { x: (width * (1 + LAID)) / 2, y },
  };
}

export function createProfile(stand: Stand): ProfileTool {
  const [profiling, setProfiling] = createSignal(false);
  const [line, setLine] = createSignal<Line | null>(null);
  const [at, setAt] = createSignal<number | null>(null);
  const place = (): Rect | null => {
    const frame = stand.frame();
    return frame && frameRect(stand.viewport(), frame, stand.paneSize());
  };
  const scale = () => (place()?.width ?? 1) / (stand.frame()?.width ?? 1);
  const inPane = ({ x, y }: Point): Point => {
    const [corner, ratio] = [place(), window.devicePixelRatio];
    return {
      x: ((corner?.x ?? 0) + x * scale()) / ratio,
      y: ((corner?.y ?? 0) + y * scale()) / ratio,
    };
  };
  const locate = (point: Point, frame: Size): Point => {
    const corner = place();
    const [x, y] = [point.x - (corner?.x ?? 0), point.y - (corner?.y ?? 0)];
    return withinFrame({ x: x / scale(), y: y / scale() }, frame);
  };
  return {
    profiling,
    setProfiling: (on) => {
      setProfiling(on);
      setAt(null);
    },
    profileLine: line,
    profileInPane: () => {
      const now = line();
      return now && { from: inPane(now.from), to: inPane(now.to) };
    },
    profileDrag: createLineDrag({ profiling, line, setLine, locate, scale, frame: stand.frame }),
    moveEnd: (end, by) => {
      const frame = stand.frame();
      if (!frame) return;
      const now = line();
      if (!now) setLine(laidLine(frame));
      else {
        const { x, y } = now[end];
        setLine({ ...now, [end]: withinFrame({ x: x + by.x, y: y + by.y }, frame) });
      }
    },
    profileAt: at,
    setProfileAt: (t) => setAt(t),
  };
}

interface DragContext {
  readonly profiling: Accessor<boolean>;
  readonly line: Accessor<Line | null>;
  readonly setLine: (line: Line | null) => void;
  readonly frame: Accessor<Size | null>;
  readonly locate: (point: Point, frame: Size) => Point;
  readonly scale: () => number;
}

function createLineDrag(context: DragContext): DragHandlers {
  let held: { readonly before: Line | null; readonly end: LineEnd } | null = null;
  return {
    begin: (point) => {
      const frame = context.frame();
      if (!context.profiling() || !frame) return false;
      const before = context.line();
      const from = context.locate(point, frame);
      const end = endAt(before, from, (REACH * window.devicePixelRatio) / context.scale());
      held = { before, end: end ?? 'to' };
      if (end === null) context.setLine({ from, to: from });
      return true;
    },
    move: (point) => {
      const [frame, line] = [context.frame(), context.line()];
      if (held && frame && line) {
        context.setLine({ ...line, [held.end]: context.locate(point, frame) });
      }
    },
    end: (keep) => {
      const line = context.line();
      // A press without a drag draws no line.
      if (held && (!keep || !line || lengthOf(line) < 1)) context.setLine(held.before);
      held = null;
    },
  };
}
