import { type Accessor, createMemo, createSignal } from 'solid-js';
import { MASK_THRESHOLD } from '../../core/image/mask.ts';
import { brushEdit, lassoEdit } from '../../core/inspect/maskEdit.ts';
import type { DragHandlers } from '../viewer/gesture-tracker.ts';
import type { Point, Rect, Size } from '../viewer/viewport.ts';
import type { MaskBrush } from './brush-state.ts';
import type { MaskSession } from './session.ts';

/** The stroke that is being made, by a pointer or by keys, and where it would go on. */
export interface MaskStroke {
  readonly drag: DragHandlers;
  /** Where the brush is, in pixels of the mask; null while no pointer is over the pictures. */
  readonly cursor: Accessor<Point | null>;
  /** Told by the panes, in device pixels. */
  readonly hover: (point: Point | null) => void;
  /** The lasso so far, in pixels of the mask. */
  readonly corners: Accessor<readonly Point[]>;
  /** Moves the cursor by so many steps of the keyboard; a pressed brush paints on. */
  readonly step: (x: number, y: number) => void;
  /** The key of the brush goes down: it paints, or the lasso gets a corner. */
  readonly press: () => void;
  readonly lift: () => void;
  /** Closes a lasso of keys. */
  readonly finish: () => void;
  /** What is being made is forgotten. */
  readonly drop: () => void;
  /** The cursor after a key, for those who do not see it. */
  readonly spoken: Accessor<string>;
  /** True from when the painted surface should have the focus until it has it. */
  readonly focusWanted: Accessor<boolean>;
  readonly takeFocus: () => void;
  readonly focusTaken: () => void;
  /** A place of the mask in a pane, in device pixels, and how large a pixel of it is there. */
  readonly place: Accessor<Rect | null>;
  readonly scale: Accessor<number>;
}

interface Surroundings {
  readonly brush: MaskBrush;
  readonly session: Accessor<MaskSession | null>;
  readonly place: Accessor<Rect | null>;
  readonly frame: Accessor<Size | null>;
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** Strokes on the session's mask. */
export function createStroke({ brush, session, place, frame }: Surroundings): MaskStroke {
  const [cursor, setCursor] = createSignal<Point | null>(null);
  const [corners, setCorners] = createSignal<readonly Point[]>([]);
  const [spoken, setSpoken] = createSignal('');
  const [focusWanted, setFocusWanted] = createSignal(false);
  const scale = createMemo(() => (place()?.width ?? 1) / (frame()?.width ?? 1));
  /** Where the last piece of a brush's stroke ended; null while the brush is up. */
  let last: Point | null = null;

  const locate = (point: Point): Point => ({
    x: (point.x - (place()?.x ?? 0)) / scale(),
    y: (point.y - (place()?.y ?? 0)) / scale(),
  });
  const dab = (to: Point, pressure: number) => {
    const now = session();
    if (!now || !last) return;
    now.piece(brushEdit(now.mask, last, to, brush.shape(pressure), brush.side()));
    last = to;
  };
  const start = (at: Point, pressure: number) => {
    session()?.begin();
    last = at;
    dab(at, pressure);
  };
  const stop = (keep: boolean) => {
    if (last) session()?.end(keep);
    last = null;
  };
  const finish = () => {
    const now = session();
    const edit = now && lassoEdit(now.mask, corners(), brush.side());
    if (edit) now.change(edit);
    setCorners([]);
  };
  const isLasso = () => brush.tool() === 'lasso';
  const centre = (): Point => ({ x: (frame()?.width ?? 0) / 2, y: (frame()?.height ?? 0) / 2 });
  const say = (at: Point) => setSpoken(describe(session(), at));

  const drag: DragHandlers = {
    begin: (point, pressure = 1) => {
      if (!session()) return false;
      const at = locate(point);
      setCursor(at);
      if (isLasso()) setCorners([at]);
      else start(at, pressure);
      return true;
    },
    move: (point, pressure = 1) => {
      const at = locate(point);
      setCursor(at);
      if (last) dab(at, pressure);
      else setCorners([...corners(), at]);
    },
    end: (keep) => {
      if (last) stop(keep);
      else if (keep) finish();
      else setCorners([]);
      setFocusWanted(true);
    },
  };
  return {
    drag,
    cursor,
    hover: (point) => {
      if (session()) setCursor(point && locate(point));
    },
    corners,
    step: (x, y) => {
      const [size, from] = [frame(), cursor() ?? centre()];
      if (!size) return;
      const length = Math.max(1, Math.round(isLasso() ? 4 / scale() : brush.size() / 4));
      const to = {
        x: clamp(from.x + x * length, size.width),
        y: clamp(from.y + y * length, size.height),
      };
      setCursor(to);
      dab(to, 1);
      say(to);
    },
    press: () => {
      const at = cursor() ?? centre();
      setCursor(at);
      if (isLasso()) setCorners([...corners(), at]);
      else start(at, 1);
      say(at);
    },
    lift: () => stop(true),
    finish,
    drop: () => {
      stop(true);
      setCorners([]);
      setCursor(null);
      setSpoken('');
    },
    spoken,
    focusWanted,
    takeFocus: () => setFocusWanted(true),
    focusTaken: () => setFocusWanted(false),
    place,
    scale,
  };
}

/** E.g. "412, 233: inside" */
function describe(session: MaskSession | null, { x, y }: Point): string {
  if (!session) return '';
  const { width, height, data } = session.mask;
  const column = clamp(Math.floor(x), width - 1);
  const row = clamp(Math.floor(y), height - 1);
  const inside = (data[row * width + column] ?? 0) >= MASK_THRESHOLD;
  return `${column}, ${row}: ${inside ? 'inside' : 'outside'}`;
}
