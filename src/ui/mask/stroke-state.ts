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

/** The brush on the mask: down from the first dab of a stroke to its end. */
function createPen({ brush, session }: Surroundings) {
  /** Where the last piece ended; null while the brush is up. */
  let last: Point | null = null;
  const to = (at: Point, pressure: number) => {
    const now = session();
    if (!now || !last) return;
    now.piece(brushEdit(now.mask, last, at, brush.shape(pressure), brush.side()));
    last = at;
  };
  return {
    isDown: () => last !== null,
    /** Nothing happens while the brush is up. */
    to,
    down: (at: Point, pressure: number) => {
      const now = session();
      if (!now || now.busy()) return;
      now.begin();
      last = at;
      to(at, pressure);
    },
    up: (keep: boolean) => {
      if (last) session()?.end(keep);
      last = null;
    },
  };
}

/** A lasso that is being drawn. */
function createLasso({ brush, session }: Surroundings) {
  const [corners, setCorners] = createSignal<readonly Point[]>([]);
  return {
    corners,
    begin: (at: Point) => setCorners([at]),
    add: (at: Point) => setCorners([...corners(), at]),
    drop: () => setCorners([]),
    close: () => {
      const now = session();
      // The corners wait, too.
      if (now?.busy()) return;
      const edit = now && lassoEdit(now.mask, corners(), brush.side());
      if (edit) now.change(edit);
      setCorners([]);
    },
  };
}

/** What pointers and keys share. */
interface Hand {
  readonly pen: ReturnType<typeof createPen>;
  readonly lasso: ReturnType<typeof createLasso>;
  readonly cursor: Accessor<Point | null>;
  readonly setCursor: (at: Point) => void;
}

function createDrag(
  { brush, session }: Surroundings,
  { pen, lasso, setCursor }: Hand,
  locate: (point: Point) => Point,
  done: () => void,
): DragHandlers {
  return {
    begin: (point, pressure = 1) => {
      // What cannot change the mask does not look as if it did.
      if (session()?.busy() !== false) return false;
      const at = locate(point);
      setCursor(at);
      if (brush.tool() === 'lasso') lasso.begin(at);
      else pen.down(at, pressure);
      return true;
    },
    move: (point, pressure = 1) => {
      const at = locate(point);
      setCursor(at);
      if (pen.isDown()) pen.to(at, pressure);
      else lasso.add(at);
    },
    end: (keep) => {
      if (pen.isDown()) pen.up(keep);
      else if (keep) lasso.close();
      else lasso.drop();
      done();
    },
  };
}

/** A lasso's cursor moves by this much, in device pixels. */
const LASSO_STEP = 4;

function createKeys(
  { brush, session, frame }: Surroundings,
  { pen, lasso, cursor, setCursor }: Hand,
  scale: Accessor<number>,
): Pick<MaskStroke, 'step' | 'press' | 'spoken'> & { readonly hush: () => void } {
  const [spoken, setSpoken] = createSignal('');
  const isLasso = () => brush.tool() === 'lasso';
  const from = (): Point =>
    cursor() ?? { x: (frame()?.width ?? 0) / 2, y: (frame()?.height ?? 0) / 2 };
  const arrive = (at: Point) => {
    setCursor(at);
    setSpoken(describe(session(), at));
  };
  return {
    spoken,
    hush: () => setSpoken(''),
    step: (x, y) => {
      const [size, at] = [frame(), from()];
      if (!size) return;
      const length = Math.max(1, Math.round(isLasso() ? LASSO_STEP / scale() : brush.size() / 4));
      const to = {
        x: clamp(at.x + x * length, size.width),
        y: clamp(at.y + y * length, size.height),
      };
      pen.to(to, 1);
      arrive(to);
    },
    press: () => {
      const at = from();
      if (isLasso()) lasso.add(at);
      else pen.down(at, 1);
      arrive(at);
    },
  };
}

/** Strokes on the session's mask. */
export function createStroke(around: Surroundings): MaskStroke {
  const { session, place, frame } = around;
  const [cursor, setCursor] = createSignal<Point | null>(null);
  const [focusWanted, setFocusWanted] = createSignal(false);
  const scale = createMemo(() => (place()?.width ?? 1) / (frame()?.width ?? 1));
  const locate = (point: Point): Point => ({
    x: (point.x - (place()?.x ?? 0)) / scale(),
    y: (point.y - (place()?.y ?? 0)) / scale(),
  });
  const [pen, lasso] = [createPen(around), createLasso(around)];
  const hand: Hand = { pen, lasso, cursor, setCursor: (at) => setCursor(at) };
  const { hush, ...keys } = createKeys(around, hand, scale);
  return {
    ...keys,
    drag: createDrag(around, hand, locate, () => setFocusWanted(true)),
    cursor,
    hover: (point) => {
      if (session()) setCursor(point && locate(point));
    },
    corners: lasso.corners,
    lift: () => pen.up(true),
    finish: lasso.close,
    drop: () => {
      pen.up(true);
      lasso.drop();
      setCursor(null);
      hush();
    },
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
