import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { newId } from '../../app/ids.ts';
import type { MethodId } from '../../app/model.ts';
import type { RemarkEdit } from '../../core/inspect/remarkEdits.ts';
import type { Remarks } from '../../core/inspect/tags.ts';
import { frameRect, type Point, type Size, type Viewport } from '../viewer/viewport.ts';

export type Pin = Remarks['pins'][number];

/** A pin as it stands on the pictures. */
export interface PinMark {
  readonly id: string;
  /** From 1, in the order in which they were dropped. */
  readonly number: number;
  readonly pin: Pin;
}

/** Places on the pictures that something is said of. Places are shares of the frame, 0..1. */
export interface PinTool {
  readonly marks: Accessor<readonly PinMark[]>;
  /** Whether the next click drops a pin. */
  readonly placing: Accessor<boolean>;
  readonly setPlacing: (on: boolean) => void;
  /** Where Enter drops it; null while none is being placed. */
  readonly cursor: Accessor<Point | null>;
  /** Moves the cursor by so many CSS pixels. */
  readonly moveCursor: (x: number, y: number) => void;
  readonly drop: (place: Point) => void;
  /** True once for a pin that was just dropped here and has no text yet. */
  readonly takeFresh: (id: string) => boolean;
  readonly selected: Accessor<string | null>;
  readonly select: (id: string | null) => void;
  /** No pin is placed or chosen any more. */
  readonly leave: () => void;
  /** Moves a pin by so many CSS pixels; it is kept when it has come to rest. */
  readonly nudge: (id: string, x: number, y: number) => void;
  /** Shows a pin elsewhere, and keeps it there as soon as `done`. */
  readonly moveTo: (id: string, place: Point, done: boolean) => void;
  /** In CSS pixels from a pane's top left corner. */
  readonly inPane: (place: Point) => Point;
  /** Width of a pane in CSS pixels. */
  readonly paneWidth: Accessor<number>;
  /** The place under a point of a pane in CSS pixels; null beside the picture. */
  readonly placeAt: (point: Point) => Point | null;
}

/** The part of the viewer that pins are seen through. */
export interface PinLens {
  readonly frame: Accessor<Size | null>;
  readonly paneSize: Accessor<Size>;
  readonly viewport: Accessor<Viewport>;
  /** The place that is being inspected: the cursor begins there. */
  readonly inspected: Accessor<Point | null>;
  /** Called when a pin is about to be placed: no other tool may take its click. */
  readonly freePointer: () => void;
}

interface Said {
  readonly caseId: Accessor<string | undefined>;
  readonly pins: Accessor<readonly Pin[]>;
  readonly say: (edit: RemarkEdit) => void;
  readonly about: Accessor<MethodId | null>;
}

/** Held keys are kept once, when they come to rest. */
const REST_MS = 350;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

export function createPins(said: Said, lens: PinLens): PinTool {
  const [selected, select] = createSignal<string | null>(null);
  const [cursor, setCursor] = createSignal<Point | null>(null);
  let fresh: string | null = null;
  const places = createPlaces(lens);
  const drafts = createDrafts(said);
  const leave = () => {
    select(null);
    setCursor(null);
  };
  createEffect(on(said.caseId, leave));
  const middle = (): Point => {
    const { width, height } = lens.paneSize();
    const ratio = window.devicePixelRatio;
    return places.placeAt({ x: width / ratio / 2, y: height / ratio / 2 }) ?? { x: 0.5, y: 0.5 };
  };
  return {
    marks: drafts.marks,
    placing: () => cursor() !== null,
    setPlacing: (next) => {
      if (next) lens.freePointer();
      setCursor(next ? (lens.inspected() ?? middle()) : null);
    },
    cursor,
    moveCursor: (x, y) => setCursor((now) => now && places.moved(now, x, y)),
    drop: ({ x, y }) => {
      const id = newId();
      setCursor(null);
      said.say({ kind: 'pin', id, method: said.about(), x, y, text: '' });
      select(id);
      fresh = id;
    },
    takeFresh: (id) => {
      if (fresh !== id) return false;
      fresh = null;
      return true;
    },
    selected: () => (drafts.marks().some(({ id }) => id === selected()) ? selected() : null),
    select: (id) => select(id),
    leave,
    nudge: (id, x, y) => {
      const mark = drafts.marks().find((own) => own.id === id);
      if (mark) drafts.move(id, places.moved(mark.pin, x, y), REST_MS);
    },
    moveTo: (id, { x, y }, done) =>
      drafts.move(id, { x: clamp(x), y: clamp(y) }, done ? 0 : Number.POSITIVE_INFINITY),
    inPane: places.inPane,
    paneWidth: () => lens.paneSize().width / window.devicePixelRatio,
    placeAt: places.placeAt,
  };
}

/** Between shares of the frame and CSS pixels of a pane. */
function createPlaces(lens: PinLens) {
  const place = () => {
    const frame = lens.frame();
    const ratio = window.devicePixelRatio;
    if (!frame) return { x: 0, y: 0, width: 1, height: 1 };
    const { x, y, width, height } = frameRect(lens.viewport(), frame, lens.paneSize());
    return { x: x / ratio, y: y / ratio, width: width / ratio, height: height / ratio };
  };
  return {
    inPane: (share: Point): Point => {
      const { x, y, width, height } = place();
      return { x: x + share.x * width, y: y + share.y * height };
    },
    placeAt: (point: Point): Point | null => {
      const { x, y, width, height } = place();
      const share = { x: (point.x - x) / width, y: (point.y - y) / height };
      const inside = share.x >= 0 && share.y >= 0 && share.x <= 1 && share.y <= 1;
      return inside ? share : null;
    },
    moved: (share: Point, x: number, y: number): Point => {
      const { width, height } = place();
      return { x: clamp(share.x + x / width), y: clamp(share.y + y / height) };
    },
  };
}

/** What is on screen runs ahead of what is said until it has been said. */
function createDrafts({ pins, say }: Said) {
  const [draft, setDraft] = createSignal<{ readonly id: string; readonly place: Point } | null>(
    null,
  );
  let resting = 0;
  const commit = () => {
    const moved = draft();
    const pin = moved && pins().find(({ id }) => id === moved.id);
    if (moved && pin) say({ ...pin, ...moved.place, kind: 'pin' });
  };
  // Said now, or by another tab: what was shown ahead is no longer needed.
  createEffect(on(pins, () => setDraft(null), { defer: true }));
  return {
    marks: (): readonly PinMark[] => {
      const ahead = draft();
      return pins().map((pin, index) => ({
        id: pin.id,
        number: index + 1,
        pin: pin.id === ahead?.id ? { ...pin, ...ahead.place } : pin,
      }));
    },
    move: (id: string, place: Point, restMs: number) => {
      clearTimeout(resting);
      setDraft({ id, place });
      if (restMs === 0) commit();
      else if (Number.isFinite(restMs)) resting = window.setTimeout(commit, restMs);
    },
  };
}
